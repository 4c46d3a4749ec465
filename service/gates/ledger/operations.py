"""Negations, quantifiers, comparisons, opposites and role predicates through a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.operators import PREFIXES, is_negation, negates_inside, restricting, target
from service.gates.ledger.reading import Reading, paired
from service.gates.ledger.relations import predicate
from service.gates.ledger.words import is_function, opposites, stem

FACTS = frozenset(
    [
        "direct",
        "write",
        "play",
        "produce",
        "shoot",
        "score",
        "edit",
        "adapt",
        "remake",
        "release",
        "win",
        "nominate",
        "award",
        "gross",
        "cost",
        "kill",
        "marry",
        "wife",
        "husband",
        "son",
        "daughter",
        "father",
        "mother",
        "brother",
        "sister",
        "uncle",
        "aunt",
        "niece",
        "nephew",
        "cousin",
        "born",
        "die",
        "sequel",
        "prequel",
    ]
)
SUPPORT = {  # stems that may give way to the predicate: they say it of the same names
    "win": frozenset({"get", "take", "go", "give", "receiv", "earn"}),
    "die": frozenset({"pass", "death", "deceas", "fatal"}),
    "play": frozenset({"role", "part", "cast", "appear"}),
    "write": frozenset({"screenplay", "script"}),
    "direct": frozenset({"direct", "helm"}),
}
PLAYING = (
    frozenset({"bring", "life"}),
    frozenset({"perform", "as"}),
)  # `brought to life`, `a performance as`
PRONOUNS = frozenset({"nobody", "nothing", "none", "nowhere"})  # they deny the verb, wherever they stand
COUNTED = (EntryKind.QUANTIFIER, EntryKind.COMPARISON)


@dataclass(slots=True)
class Operators:
    """Lines `(fate, entry, sentence, reason)` and what is lost or invented."""

    lines: list[tuple[str, Entry, int, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def settle(
    before: Sequence[Reading], after: Sequence[Reading], empty: frozenset[str] = frozenset()
) -> Operators:
    """Hold the operators of the texts against each other; `empty` are the stems of clichés."""
    found = Operators()
    stems = Counter(w.stem for r in after for w in r.words)
    _negations(before, after, stems, found, empty)
    for kind in COUNTED:
        _classes(kind, before, after, stems, found)
    found.invented += _opposed(before, after)
    found.invented += _restricted(before, after)
    found.lost += _facts_lost(before, after)
    found.invented += _facts_added(before, after)
    return found


def _entries(readings: Sequence[Reading], kind: EntryKind) -> list[tuple[int, Entry]]:
    return [(i, e) for i, r in enumerate(readings) for e in r.of(kind)]


def _negations(
    before: Sequence[Reading],
    after: Sequence[Reading],
    stems: Counter[str],
    found: Operators,
    empty: frozenset[str],
) -> None:
    old, new = _entries(before, EntryKind.NEGATION), _entries(after, EntryKind.NEGATION)
    idle = [e for _, e in old if e.target in empty and e.target not in stems]
    old = [(i, e) for i, e in old if e not in idle]
    gone = len(old) - len(new)
    inside = _lexical(after) - _lexical(before)
    negated = {e.target for _, e in new}
    kept_targets = [e for _, e in old if e.target in stems and e.target not in negated]
    for i, e in old:
        dropped = gone > 0 and e.target not in stems and e.target not in negated
        found.lines.append(
            ("dropped" if dropped else "kept", e, i, "dropped with its clause" if dropped else "")
        )
    if gone > 0 and inside < gone:
        told = [e for _, e in old if e.target not in stems and not _gone_with(e, before, stems)]
        left = kept_targets or ([] if _reduced(before, after) else told)
        found.lost += [f"the negation {e.text!r} is lost" for e in left[:1]]
    elif gone < 0 and -inside < -gone:
        found.invented.append(f"the negation {new[-1][1].text!r} is new")
    elif gone == 0:
        plain = {w.stem for r in before for w in r.words} - {e.target for _, e in old}
        turned = [e for _, e in new if e.target in plain and e.target not in {o.target for _, o in old}]
        turned = [e for e in turned if not any(e.target in _denied(before[i], o) for i, o in old)]
        if turned and kept_targets:
            found.invented.append(f"the negation {turned[0].text!r} now bears upon another word")


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


def _gone_with(entry: Entry, before: Sequence[Reading], stems: Counter[str]) -> bool:
    """Tell whether the words before and after the negation are gone as well: its whole clause."""
    for r in before:
        at = next((i for i, w in enumerate(r.words) if entry.start == w.start and w.text == entry.text), None)
        if at is not None:
            around = {target(r.words, at, back=True), target(r.words, at)}
            return len(around) > 1 and not any(s in stems for s in around)
    return False


def _lexical(readings: Sequence[Reading]) -> int:
    return sum(negates_inside(w.fold) for r in readings for w in r.words)


def _reduced(before: Sequence[Reading], after: Sequence[Reading]) -> bool:
    """Tell whether the text after only leaves words out."""
    old = {w.stem for r in before for w in r.words}
    return all(w.stem in old or is_function(w.fold) for r in after for w in r.words)


def _classes(
    kind: EntryKind,
    before: Sequence[Reading],
    after: Sequence[Reading],
    stems: Counter[str],
    found: Operators,
) -> None:
    old, new = _entries(before, kind), _entries(after, kind)
    fewer = Counter(e.key for _, e in old) - Counter(e.key for _, e in new)
    extra = Counter(e.key for _, e in new) - Counter(e.key for _, e in old)
    for i, e in old:
        alone = _reduced(before, after) or _gone_with(e, before, stems)
        leaves = fewer[e.key] > 0 and (e.target not in stems or not e.target) and alone
        if leaves:
            fewer[e.key] -= 1
        found.lines.append(
            ("dropped" if leaves else "kept", e, i, "dropped with its clause" if leaves else "")
        )
    lost = [e for _, e in old if fewer[e.key] > 0]
    gained = [e for _, e in new if extra[e.key] > 0]
    found.lost += [f"the {kind} {e.text!r} is lost" for e in lost[:1]]
    found.invented += [f"the {kind} {e.text!r} is new" for e in gained[:1]]


def turned(before: Sequence[Reading], after: Sequence[Reading]) -> frozenset[str]:
    """Return the stems by which a prefix says what a negation said, or the other way round: `not honest`
    and `dishonest`, as many negations fewer as prefixes more.
    """
    old, new = _negated(before), _negated(after)
    if abs(len(old) - len(new)) != abs(_lexical(after) - _lexical(before)) or len(old) == len(new):
        return frozenset()
    fewer, words = (old, after) if len(old) > len(new) else (new, before)
    found = set()
    for w in (w for r in words for w in r.words if negates_inside(w.fold)):
        bases = {stem(w.fold.removeprefix(p)) for p in PREFIXES if w.fold.startswith(p)}
        found |= {s for base in bases & set(fewer) for s in (base, w.stem)}
    return frozenset(found)


def _negated(readings: Sequence[Reading]) -> list[str]:
    return [e.target for _, e in _entries(readings, EntryKind.NEGATION)]


def _opposed(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return where a word gave way to its opposite. `Does not remember` may be `has forgotten`: the negation
    of the word went as well.
    """
    same = turned(before, after)
    was, now = _negated(before), _negated(after)
    lifted = set(was) - set(now) if len(was) - len(now) == 1 else set()
    old, new = _forms(before), _forms(after)
    came = new - old
    for gone in sorted(old - new):
        base = stem(gone)
        against = opposites().get(gone, frozenset()) & set(came)
        if against and base in old - new and base not in same | lifted:
            return [f"{gone!r} gave way to {min(against)!r}"]
    return []


def _forms(readings: Sequence[Reading]) -> Counter[str]:
    """Return how often each word stands, as it is written and as its stem."""
    return Counter(x for r in readings for w in r.words for x in {w.fold, w.stem})


def _restricted(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return where a negation left the word that it lifted, as in `not just`."""
    old, new = (sum(restricting(r.words) for r in rs) for rs in (before, after))
    lifted = any(is_negation(w.fold) for r in before for w in r.words)
    return ["a restriction is no longer lifted"] if new > old and lifted else []


def predicates(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the classes of all predicates and role nouns."""
    return frozenset(predicate(w) for r in readings for w in r.words if not is_function(w.fold))


def _facts_lost(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return the role predicates whose entities stay while the predicate goes."""
    if not after:
        return []
    now = predicates(after)
    keys = {e.key for r in after for e in r.entries}
    for r in before:
        for relation in r.relations:
            if relation.predicate in FACTS and relation.predicate not in now:
                held = relation.agents | relation.patients
                if relation.agents & keys and held <= keys:
                    return [f"{'/'.join(sorted(relation.agents))} no longer stands as {relation.predicate!r}"]
    return []


def _facts_added(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    fresh = (predicates(after) & FACTS) - predicates(before)
    stood = {w.stem for r in before for w in r.words}
    fresh = frozenset(f for f in fresh if not stood & SUPPORT.get(f, frozenset()))
    if any(said <= stood for said in PLAYING):
        fresh -= {"play"}
    if "play" in fresh and any(paired(r) for r in before):
        fresh -= {"play"}
    return [f"{min(fresh)!r} is asserted that was not"] if fresh else []
