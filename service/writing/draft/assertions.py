"""What a sentence asserts beyond its sources: names, numbers, quotations, negations, quantifiers.

Reads by the same rules as the gates that guard every edit (`service.gates.ledger`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wordfreq import zipf_frequency

from service.document import fold
from service.facts import Verdict
from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.operators import negates_inside
from service.gates.ledger.reading import Reading, read
from service.writing.draft.grounds import FIELD, Grounds
from service.writing.draft.words import grammar, words_of

COUNTED = (EntryKind.NUMBER, EntryKind.DATE, EntryKind.QUANTITY)
LOST = "Its note negates something, and it does not."
STRONG = frozenset({"all", "always", "most", "first", "only", "every", "never", "none", "best", "worst"})
ADVERBIAL = re.compile(r"all (?:the way|along|too|but|over|right|the (?:same|more|while))\b", re.IGNORECASE)
PART = 4  # letters that a name and its adjective share at least: Korea, Korean; Turkey, Turkish
CLAUSE = re.compile(r"[.,;:!?–—]|(?<!^ )\b(?:and|but)\b")  # at once behind it, `but` excepts: `nothing but`
CAPITALS = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]*(?: [^\W\d_a-zß-ÿ][\w’'-]*)*")
RARE = 3.0  # Zipf frequency below which a capitalised word is taken for a name
KNOWN = 3.6  # Zipf frequency from which a part of a German word is known to everybody
PRIZES = r"(?:[\w-]+ ){0,3}?(?:awards?|prizes?|oscars?|bafta|c[eé]sars?)\b"
POINTED = r"\s*(?:[.,;:!?)]|$|of (?:them|us)\b|(?:is|are|was|were|do|does|have|has)\b)"  # no noun is counted
WHOLE = {
    word: str(n)
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
    )
}
HALF = re.compile(rf"\b({'|'.join(WHOLE)}|\d+) and a half\b", re.IGNORECASE)
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Assertions:
    """The reasons against a sentence, and the sources that it draws on without naming them."""

    reasons: tuple[str, ...]
    more_sources: tuple[str, ...]


def against(text: str, sources: Sequence[str], grounds: Grounds) -> Assertions:
    """Return what `text` asserts that its sources don't hold.

    A name or number that another field or note holds is no invention: that source is added.
    """
    known = grounds.names
    reading = _without_supported(read(text, known), text, grounds)
    cited = [read(t, known) for t in grounds.texts(sources)]
    reasons, more = _names(reading, sources, grounds)
    counted_reasons, counted_more = _counted(reading, cited, sources, grounds)
    reasons += counted_reasons
    more += counted_more
    reasons += _quotations(reading, grounds)
    notes = [read(grounds.text(s), known) for s in sources if not s.startswith(FIELD)]
    if grounds.language == "en" and not grounds.translated:
        reasons += [*_negations(reading, notes), *_quantifiers(reading, cited)]
    return Assertions(tuple(reasons), tuple(dict.fromkeys(more)))


def _without_supported(reading: Reading, text: str, grounds: Grounds) -> Reading:
    """Return the reading without what the record itself has decided to be so, such as a rounded sum."""
    sure = [c.span for c in grounds.claims(text) if c.verdict is Verdict.SUPPORTED]
    kept = tuple(e for e in reading.entries if not any(s.start < e.end and e.start < s.end for s in sure))
    return replace(reading, entries=kept)


def _names(reading: Reading, sources: Sequence[str], grounds: Grounds) -> tuple[list[str], list[str]]:
    reasons, more = [], []
    found = [e.text for e in reading.of(EntryKind.NAME, EntryKind.TITLE)]
    if grounds.language != "en":
        found = foreign_names(reading.text, grounds.language)
    for name in found:
        for word in words_of(name):
            holder = _holder(word, sources, grounds)
            if holder is None:
                reasons.append(f"“{name}” stands in no note and no field of the record.")
                break
            more.append(holder)
    return reasons, [m for m in more if m not in sources]


def foreign_names(text: str, language: str) -> list[str]:
    """Return the names of a sentence in another language than English: runs of capitalised words.

    German writes every noun so: there a name is a run of two such words, or one that is rare. Elsewhere a
    sentence's first word is one only where it is rare or begins a run.
    """
    names = []
    for run in CAPITALS.finditer(text):
        words = run.group().split()
        while words and words[0].casefold() in grammar(language):
            words = words[1:]
        first = run.start() == 0
        if language == "de":
            words = words[first and len(words) > 1 and _describes(words[0]) :]
        rare = [w for w in words if zipf_frequency(w, language) < RARE and not _compound(w, language)]
        if words and (len(words) > 1 or rare or (language != "de" and not first)):
            names.append(" ".join(words))
    return names


def _describes(word: str) -> bool:
    """Tell whether a word that opens a German sentence is an adjective of the noun: `Große Bauten`."""
    bare = re.sub(r"(?:e|er|es|en|em)$", "", word)
    return bare != word and min(zipf_frequency(w, "de") for w in (bare, word)) >= KNOWN


def _compound(word: str, language: str) -> bool:
    """Tell whether a German word is put together from two that everybody knows: `Stummfilm`."""
    if language != "de":
        return False
    cuts = range(PART, len(word) - PART + 1)
    return any(min(zipf_frequency(part, "de") for part in (word[:i], word[i:])) >= KNOWN for i in cuts)


def _holder(word: str, sources: Sequence[str], grounds: Grounds) -> str | None:
    """Return the source that holds a word of a name, those cited first."""
    holders = grounds.holders(frozenset({word})) or _inflected(word, grounds) or _adjective_of(word, grounds)
    return next((h for h in holders if h in sources), holders[0] if holders else None)


def _inflected(word: str, grounds: Grounds) -> list[str]:
    """Return the sources that hold another number of the word: Award, Awards."""
    if not word.isascii() or len(word) < PART:
        return []
    other = word[:-1] if word.endswith("s") else f"{word}s"
    return grounds.holders(frozenset({other}))


def _adjective_of(word: str, grounds: Grounds) -> list[str]:
    """Return the fields of place and language whose value `word` is made from (Korean: Korea)."""
    fields = ("film.countries", "film.languages", "film.setting")
    known = [(f, w) for f in fields if f in grounds.facts for w in words_of(grounds.facts[f])]
    return [f for f, w in known if len(w) >= PART and word[:PART] == w[:PART]]


def _counted(
    reading: Reading, cited: Sequence[Reading], sources: Sequence[str], grounds: Grounds
) -> tuple[list[str], list[str]]:
    held = {e.key for r in cited for e in r.of(*COUNTED)}
    loose = {fold(d) for t in grounds.texts(sources) for d in DIGITS.findall(t)}
    titles = {w for t in grounds.film.titles for w in words_of(t)}
    reasons, more = [], []
    for entry in reading.of(*COUNTED):
        digits = DIGITS.findall(entry.text)
        if entry.key in held or (digits and all(d in loose or d in titles for d in digits)):
            continue
        idle = _points_back(reading.text, entry) or _is_half(reading.text, entry, loose)
        if idle or ("film.awards" in sources and _counts_prizes(reading.text, entry, grounds)):
            continue
        fields = [s for s in grounds.holders(frozenset(words_of(entry.text))) if s.startswith(FIELD)]
        if fields:
            more.append(fields[0])
        elif not _is_idle(entry):
            reasons.append(f"“{entry.text}” is a number that its sources don't give.")
    return reasons, more


def _points_back(text: str, entry: Entry) -> bool:
    """Tell whether a number word stands for things named before: `compare the two`."""
    before, after = text[: entry.start].rstrip(), text[entry.end :]
    partitive = re.match(r"\s*of (?:them|these|those|us|which|whom)\b", after) is not None
    pointed = re.search(r"\b(?:the|these|those|all)$", before) is not None
    return partitive or (pointed and re.match(POINTED, after) is not None)


def _counts_prizes(text: str, entry: Entry, grounds: Grounds) -> bool:
    """Tell whether a number counts the prizes that the record lists as won: of one giver, or all."""
    won = [fold(a.name) for a in grounds.film.awards if a.won]
    after = fold(text[entry.end :]).strip()
    named = [n for n in won if after.startswith(n) or (after.startswith("oscar") and n.startswith("academy"))]
    counted = len(named or won)
    word = fold(entry.text)
    return re.match(PRIZES, after) is not None and WHOLE.get(word, word) == str(counted)


def _is_half(text: str, entry: Entry, loose: set[str]) -> bool:
    """Tell whether a number is part of one that a source gives in figures: `two and a half` for 2.5."""
    return any(
        half.start() <= entry.start < half.end() and f"{WHOLE.get(fold(half[1]), half[1])}.5" in loose
        for half in HALF.finditer(text)
    )


def _is_idle(entry: Entry) -> bool:
    """Tell whether a number word counts nothing new: one; both, of two things that are named."""
    return not any(c.isdigit() for c in entry.text) and (entry.key == "1" or fold(entry.text) == "both")


def _quotations(reading: Reading, grounds: Grounds) -> list[str]:
    return [
        f"{entry.text} is quoted, but stands so in no note."
        for entry in reading.of(EntryKind.QUOTATION)
        if " ".join(words_of(entry.text)) not in grounds.running_words
    ]


def _negations(reading: Reading, notes: Sequence[Reading]) -> list[str]:
    """Refuse a negation from nowhere, one that bears on what a note affirms, and one lost on the way from a
    sentence's only note.
    """
    now, before = _negates(reading), [_negates(n) for n in notes]
    if now and before and not any(before):
        word = next((e.text for e in reading.of(EntryKind.NEGATION)), "")
        return [f"It negates (“{word}”), and its notes don't."] if word else []
    if not now and len(before) == 1 and before[0] and notes[0].of(EntryKind.NEGATION):
        return [LOST]
    denied = {s for n in notes for s in _denied(n)}
    affirmed = {s for n in notes for s in n.content} - denied
    reached = _denied(reading)  # what a colon or comma parts from the negation is not denied
    return [
        f"It denies (“{entry.text}”) what its notes affirm."
        for entry in reading.of(EntryKind.NEGATION)
        if entry.target in affirmed and entry.target in reached
    ]


def negates(text: str) -> bool:
    """Tell whether an English text denies anything."""
    return _negates(read(text, frozenset()))


def _denied(reading: Reading) -> set[str]:
    """Return the stems of the words that a negation reaches: those after it, to the end of the clause."""
    reached = set()
    for entry in reading.of(EntryKind.NEGATION):
        clause = CLAUSE.split(reading.text[entry.end :], maxsplit=1)[0]
        end = entry.end + len(clause)
        reached |= {w.stem for w in reading.words if entry.end <= w.start < end}
    return reached


def _negates(reading: Reading) -> bool:
    return bool(reading.of(EntryKind.NEGATION)) or any(negates_inside(w.fold) for w in reading.words)


def _quantifiers(reading: Reading, cited: Sequence[Reading]) -> list[str]:
    held = {e.key for r in cited for e in r.of(EntryKind.QUANTIFIER, EntryKind.COMPARISON)}
    held |= {w.fold for r in cited for w in r.words}
    return [
        f"It says “{entry.text}”, and its sources don't."
        for entry in reading.of(EntryKind.QUANTIFIER, EntryKind.COMPARISON)
        if entry.key in STRONG
        and entry.key not in held
        and fold(entry.text) not in held
        and not ADVERBIAL.match(reading.text, entry.start)
    ]
