"""What a text denies: negations by grammar, by a verb and by a prefix, and words that gave way to opposites.

They are weighed against each other: `did not win` may become `failed to win`, `not honest` `dishonest`,
`never loses` `always keeps`, `nobody had done it before` `for the first time`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.gates.ledger import converse, lexicon
from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.lexicon import alike, antonyms, synonyms
from service.gates.ledger.operators import (
    PREFIXES,
    is_negation,
    negates_inside,
    restricting,
    target,
    twice_denied,
)
from service.gates.ledger.reading import Reading
from service.gates.ledger.tokens import Word
from service.gates.ledger.words import classes, is_function, opposites, sames, stem

PRONOUNS = frozenset({"nobody", "nothing", "none", "nowhere"})  # they deny the verb, wherever they stand
FIRST = "#1"
COMPLEMENTS = frozenset({"that", "to", "of", "by", "with", "in"})
SCOPE = 3  # content words
BEFORE_NOW = frozenset(
    map(stem, ["before", "ever", "years", "yet", "since", "decades", "previously", "months"])
)


def entries(readings: Sequence[Reading], kind: EntryKind) -> list[tuple[int, Entry]]:
    """Return the entries of a kind, each with the index of its sentence."""
    return [(i, e) for i, r in enumerate(readings) for e in r.of(kind)]


def negations(
    readings: Sequence[Reading], empty: frozenset[str], stems: Counter[str]
) -> list[tuple[int, Entry]]:
    """Return the negations but those in a cliché that is gone."""
    return [
        (i, e)
        for i, e in entries(readings, EntryKind.NEGATION)
        if not (e.target in empty and e.target not in stems)
    ]


def lost(
    before: Sequence[Reading], after: Sequence[Reading], stems: Counter[str], empty: frozenset[str]
) -> list[str]:
    """Return the first negation that the text after no longer has in any form."""
    if undenied := _cancelled(before) & _uncancelled(after):
        return [f"{min(undenied)!r} is no longer denied"]
    if affirmed := _neither(before) & _affirmed(after):
        return [f"{min(affirmed)!r} is no longer denied"]
    old, new = negations(before, empty, stems), entries(after, EntryKind.NEGATION)
    gone, inside = len(old) - len(new) - softly(after), lexical(after) - lexical(before)
    gone -= _only_until(after, before) + _first(after, before) - _first(before, after)
    if gone > 0 and inside < gone:
        kept = [e for i, e in old if _stands_plain(e, new, stems) and not _reversed(e, before[i], after)]
        told = [
            e
            for i, e in old
            if not alike(e.target, stems)
            and not gone_with(e, before, stems)
            and not _reversed(e, before[i], after)
        ]
        left = kept or ([] if reduced(before, after) else told)
        return [f"the negation {e.text!r} is lost" for e in left[:1]]
    undone = _denying(before, after) if gone > inside else ""
    return [f"{undone!r}, which denies what follows it, is lost"] if undone else []


def invented(
    before: Sequence[Reading], after: Sequence[Reading], stems: Counter[str], empty: frozenset[str]
) -> list[str]:
    """Return the first negation of the text after that the text before had in no form."""
    old, new = negations(before, empty, stems), entries(after, EntryKind.NEGATION)
    gone, inside = len(old) - len(new) + softly(before), lexical(after) - lexical(before)
    gone += _only_until(before, after) + _first(before, after) - _first(after, before)
    if fresh_cancelled := _cancelled(after) - _cancelled(before):
        return [f"{min(fresh_cancelled)!r} is denied now and was not before"]
    if _doubled(after) > _doubled(before):
        return ["it denies twice"]
    if gone < 0 and -inside < -gone:
        fresh = [e for i, e in new if not _reversed(e, after[i], before)]
        return [f"the negation {e.text!r} is new" for e in fresh[-1:]]
    if gone < inside and (denying := _denying(after, before)):
        return [f"{denying!r}, which denies what follows it, is new"]
    if gone == 0:
        plain = {w.stem for r in before for w in r.words} - {e.target for _, e in old}
        targets = {o.target for _, o in old}
        turned = [e for _, e in new if e.target in plain and e.target not in targets]
        turned = [e for e in turned if not any(e.target in _denied(before[i], o) for i, o in old)]
        scopes = {s for i, o in old for s in _scope(before[i], o)}
        turned = [
            e for e in turned if not scopes & {s for i, o in new if o is e for s in _scope(after[i], e)}
        ]
        if turned and [e for _, e in old if _stands_plain(e, new, stems)]:
            return [f"the negation {turned[0].text!r} now bears upon another word"]
    return []


def _only_until(one: Sequence[Reading], other: Sequence[Reading]) -> bool:
    """Tell whether one text says `only then` where the other says `not until then`."""
    only = any(e.key == "only" for r in one for e in r.of(EntryKind.QUANTIFIER))
    return only and any(w.fold in {"until", "unless"} for r in other for w in r.words)


def _neither(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the stems that `neither … nor` denies one by one."""
    found: set[str] = set()
    for r in readings:
        folds = [w.fold for w in r.words]
        if "neither" in folds and "nor" in folds[folds.index("neither") :]:
            found |= {target(r.words, i) for i, fold in enumerate(folds) if fold in {"neither", "nor"}}
    return frozenset(found)


def _affirmed(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the stems of texts with a negation that none of their negations is said of."""
    denied: set[str] = set()
    for r in readings:
        denied |= {e.target for e in r.of(EntryKind.NEGATION)} | {
            target(r.words, i) for i, w in enumerate(r.words) if w.fold in {"nor", "or"}
        }
    any_denied = any(r.of(EntryKind.NEGATION) for r in readings)
    return (
        frozenset(w.stem for r in readings for w in r.words if w.stem not in denied)
        if any_denied
        else frozenset()
    )


def _cancelled(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the stems of negating words that a negation before them cancels, as in `not impossible`."""
    return frozenset(w.stem for r in readings for i, w in enumerate(r.words) if twice_denied(r.words, i))


def _uncancelled(readings: Sequence[Reading]) -> frozenset[str]:
    return frozenset(w.stem for r in readings for i, w in enumerate(r.words) if not twice_denied(r.words, i))


def _doubled(readings: Sequence[Reading]) -> int:
    """Return how often one negation follows another with nothing but grammar between them."""
    return sum(
        is_negation(one.fold) and is_negation(other.fold)
        for r in readings
        for one, other in pairwise([w for w in r.words if is_negation(w.fold) or not is_function(w.fold)])
    )


def softly(readings: Sequence[Reading]) -> int:
    """Return how many further negations are said without one: by `nor` behind `neither`, by `not all`."""
    nor = sum(
        w.fold == "nor" and any(is_negation(v.fold) for v in r.words[:i])
        for r in readings
        for i, w in enumerate(r.words)
    )
    return nor + sum(e.key == "not all" for r in readings for e in r.of(EntryKind.QUANTIFIER))


def _scope(reading: Reading, entry: Entry) -> frozenset[str]:
    """Return the stems of the words that a negation may deny: the next ones behind it."""
    return frozenset(w.stem for w in _behind(reading, entry)[:SCOPE])


def _stands_plain(entry: Entry, new: Sequence[tuple[int, Entry]], stems: Counter[str]) -> bool:
    return alike(entry.target, stems) and entry.target not in {e.target for _, e in new}


def _first(now: Sequence[Reading], then: Sequence[Reading]) -> bool:
    """Tell whether `now` says `for the first time` where `then` says `never before`."""
    first = [any(e.key == FIRST for r in rs for e in r.entries) for rs in (now, then)]
    return first == [True, False] and bool(BEFORE_NOW & {w.stem for r in then for w in r.words})


def _reversed(entry: Entry, reading: Reading, other: Sequence[Reading]) -> bool:
    """Tell whether the other text has the opposite of what is denied: `never loses`, `keeps`; no word of the
    two may be in both texts.
    """
    said = {w.stem for r in other for w in r.words}
    idle = {w.stem for r in other for w in r.words if w.start in r.idle}
    denied = _cancelled(other) | {e.target for _, e in entries(other, EntryKind.NEGATION)}
    fresh = said - idle - denied - {x.stem for x in reading.words}
    return any(
        not converse.turned_round(w.fold, opposite, (reading,), other)
        for w in _behind(reading, entry)[:2]
        if w.stem not in said
        for opposite in (antonyms(w.fold) | opposites().get(w.fold, frozenset())) & fresh
    )


def _behind(reading: Reading, entry: Entry) -> list[Word]:
    return [w for w in reading.words if w.start >= entry.end and not is_function(w.fold)]


def _denies(words: Sequence[Word], i: int) -> bool:
    """Tell whether word `i` denies what follows it: `fails to`, `unaware that`."""
    if classes("negations.txt").get(words[i].fold) == "lexical":
        return True
    complement = words[i + 1].fold if i + 1 < len(words) else ""
    return negates_inside(words[i].fold) and complement in COMPLEMENTS


def _denying(one: Sequence[Reading], other: Sequence[Reading]) -> str:
    """Return a word that denies by its meaning, as in `refuses to sell`, and that the other text has not,
    though it has what is denied.
    """
    now = {w.stem for r in other for w in r.words}
    same = {s for r in other for w in r.words for s in synonyms(w.fold)}
    meaning = lexicon.groups(other)
    for r in one:
        for i, w in enumerate(r.words):
            if not _denies(r.words, i) or w.stem in now or w.stem in same or twice_denied(r.words, i):
                continue
            if sames().get(w.stem) in meaning:
                continue
            if alike(target(r.words, i), now):
                return w.text
    return ""


def _denied(reading: Reading, entry: Entry) -> frozenset[str]:
    """Return the stems that a negation denies besides its target: those set against what `but` names, as in
    `not about war but about debt`; of `nobody` the verb.
    """
    at = next((i for i, w in enumerate(reading.words) if w.start == entry.start), 0)
    behind = [w for w in reading.words[at + 1 :] if not is_function(w.fold)]
    if reading.words[at].fold in PRONOUNS:
        return frozenset({target(reading.words, at, back=True), *(w.stem for w in behind[:2])})
    but = next((w.start for w in reading.words[at:] if w.fold == "but"), -1)
    return frozenset(w.stem for w in behind if w.start < but)


def gone_with(entry: Entry, before: Sequence[Reading], stems: Counter[str]) -> bool:
    """Tell whether the words before and after the entry are gone as well: its whole clause."""
    for r in before:
        at = next((i for i, w in enumerate(r.words) if entry.start == w.start), None)
        if at is not None and r.text[entry.start :].startswith(r.words[at].text) and entry in r.entries:
            around = {target(r.words, at, back=True), entry.target}
            return len(around) > 1 and not any(alike(s, stems) for s in around)
    return False


def lexical(readings: Sequence[Reading]) -> int:
    """Return how many words negate by their meaning or their prefix."""
    return sum(
        negates_inside(w.fold) and not twice_denied(r.words, i)
        for r in readings
        for i, w in enumerate(r.words)
    )


def reduced(before: Sequence[Reading], after: Sequence[Reading]) -> bool:
    """Tell whether the text after only leaves words out."""
    old = {w.stem for r in before for w in r.words}
    return all(w.stem in old or is_function(w.fold) for r in after for w in r.words)


def turned(before: Sequence[Reading], after: Sequence[Reading]) -> frozenset[str]:
    """Return the stems by which a prefix says what a negation said, or the other way round: `not honest`
    and `dishonest`, as many negations fewer as prefixes more.
    """
    old, new = _negated(before), _negated(after)
    if abs(len(old) - len(new)) != abs(lexical(after) - lexical(before)) or len(old) == len(new):
        return frozenset()
    fewer, words = (old, after) if len(old) > len(new) else (new, before)
    found = set()
    for w in (w for r in words for w in r.words if negates_inside(w.fold)):
        bases = _bases(w.fold)
        found |= {s for base in bases & set(fewer) for s in (base, w.stem)}
    return frozenset(found)


def _bases(word: str) -> frozenset[str]:
    """Return the stems of what a prefix or `-less` turns round in a folded word."""
    bases = {stem(word.removeprefix(p)) for p in PREFIXES if word.startswith(p)}
    return frozenset(bases | ({stem(word[:-4])} if word.endswith("less") else set()))


def _negated(readings: Sequence[Reading]) -> list[str]:
    return [e.target for _, e in entries(readings, EntryKind.NEGATION)]


def opposed(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return where a word gave way to its opposite. `Does not remember` may be `has forgotten`: the negation
    of the word went as well; `A sold it to B` may be `B bought it from A`.
    """
    same = turned(before, after)
    was, now = _negated(before), _negated(after)
    lifted = set(was) - set(now) if len(was) - len(now) == 1 else set()
    risen = set(now) - set(was) if len(now) - len(was) == 1 else set()
    old, new = forms(before), forms(after)
    came = new - old
    told = {_adjective(c): c for c in came} | {c: c for c in came}  # `narrowly` is the opposite of `wide`
    for gone in sorted(old - new):
        base = stem(gone)
        opposite = (opposites().get(gone, frozenset()) | _antonyms(gone)) & told.keys()
        against = {told[o] for o in opposite} - risen
        against |= _prefixed(gone, came)
        excused = base in same or (base in lifted and not against & set(now))
        if not against or base not in old - new or excused:
            continue
        worst = min(against)
        if not converse.turned_round(gone, worst, before, after):
            return [f"{gone!r} gave way to {worst!r}"]
    return []


def _antonyms(word: str) -> frozenset[str]:
    """Return the stems of a word's opposites, where the word is more than grammar."""
    return frozenset() if is_function(word) else antonyms(word)


def _adjective(word: str) -> str:
    """Return the stem of the adjective of an adverb, of another word the word itself."""
    return stem(word.removesuffix("ly")) if word.endswith("ly") and len(word) > ADVERB else word


ADVERB = 5  # letters: `only` and `reply` are none


def _prefixed(word: str, came: Counter[str]) -> frozenset[str]:
    """Return the words that came and that are this one with or without a negating prefix."""
    held = {c for c in came if negates_inside(c) and stem(word) in _bases(c)}
    return frozenset(held | (_bases(word) & set(came) if negates_inside(word) else frozenset()))


def forms(readings: Sequence[Reading]) -> Counter[str]:
    """Return how often each word stands, as it is written and as its stem."""
    return Counter(x for r in readings for w in r.words for x in {w.fold, w.stem})


def restricted(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return where a negation left the word that it lifted, as in `not just`."""
    old, new = (sum(restricting(r.words) for r in rs) for rs in (before, after))
    lifted = any(is_negation(w.fold) for r in before for w in r.words)
    return ["a restriction is no longer lifted"] if new > old and lifted else []


def said(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the stems of all words."""
    return (w.stem for r in readings for w in r.words)
