"""What a whole text asserts, counted, so that an edit of one sentence can be judged without
reading the rest again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from service.document import Document, Sentence, TokenKind
from service.films import Film
from service.gates.ledger.entry import HARD, EntryKind
from service.gates.ledger.names import parts
from service.gates.ledger.reading import Reading, read
from service.gates.ledger.record import Record, record
from service.gates.ledger.region import Region
from service.gates.ledger.relations import predicate
from service.gates.ledger.words import is_common, is_function
from service.reviews import Note


@dataclass
class _Counts:
    keys: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[frozenset[str]] = field(default_factory=Counter)

    def copy(self) -> _Counts:
        """Return counts that may be added to without changing these."""
        return _Counts(
            Counter(self.keys),
            Counter(self.stems),
            Counter(self.parts),
            Counter(self.pairs),
            Counter(self.told),
        )

    def add(self, reading: Reading, times: int = 1) -> None:
        predicates = {predicate(w) for w in reading.words if not is_function(w.fold)}
        self.told[frozenset(w.stem for w in reading.words)] += times
        for w in reading.words:
            self.stems[w.stem] += times
        for p in predicates:
            self.stems[f"class {p}"] += times
        for e in reading.entries:
            if e.kind not in HARD:
                continue
            self.keys[e.key] += times
            named = parts(e.key) if e.kind in {EntryKind.NAME, EntryKind.TITLE} else frozenset({e.key})
            for part in named:
                self.parts[part] += times
                for p in predicates:
                    self.pairs[part, p] += times


class Standing:
    """The counts of a text, with some sentences taken out of it and others put in."""

    def __init__(
        self,
        counts: _Counts,
        record: Record,
        known: frozenset[str],
        delta: _Counts | None = None,
        base: Standing | None = None,
    ) -> None:
        self._counts, self._delta = counts, delta or _Counts()
        self.record, self.known = record, known
        self._base = base or self

    @classmethod
    def of(cls, document: Document, film: Film | None = None, notes: Iterable[Note] = ()) -> Standing:
        """Return the standing of all prose of `document`."""
        available = record(film, notes)
        known = names_in(document) | available.names
        counts = _Counts()
        for block in document.prose:
            for sentence in block.sentences:
                counts.add(read(sentence.text, known))
        return cls(counts, available, known)

    def changed(self, before: Iterable[Reading], after: Iterable[Reading]) -> Standing:
        """Return the standing of the text with `before` taken out and `after` put in."""
        delta = self._delta.copy()
        for r in before:
            delta.add(r, -1)
        for r in after:
            delta.add(r)
        return Standing(self._counts, self.record, self.known, delta, self._base)

    def after_change(self, regions: Iterable[Region]) -> Standing:
        """Return the standing of the text after a change of these regions."""
        regions = tuple(regions)
        return self.changed(
            (read(s.text, self.known) for r in regions for s in r.before),
            (read(s.text, self.known) for r in regions for s in r.after),
        )

    def has_key(self, key: str) -> bool:
        """Tell whether a number, date, quotation or name of that very key stands."""
        return self._counts.keys[key] + self._delta.keys[key] > 0

    def times(self, key: str) -> int:
        """Return how often an entry of that key stands."""
        return self._counts.keys[key] + self._delta.keys[key]

    def has_stem(self, stem: str) -> bool:
        """Tell whether a word of that stem stands."""
        return self._counts.stems[stem] + self._delta.stems[stem] > 0

    @cached_property
    def holders(self) -> dict[str, list[frozenset[str]]]:
        """Return, for each stem, the sentences of the counts that hold it."""
        found: dict[str, list[frozenset[str]]] = {}
        for sentence in self._counts.told:
            for s in sentence:
                found.setdefault(s, []).append(sentence)
        return found

    def gathered(self, stems: Iterable[str], most: int) -> bool:
        """Tell whether `most` sentences hold all of the stems but one, the fullest taken first."""
        left = set(stems)
        fresh = [s for s, times in self._delta.told.items() if times > 0]
        for _ in range(most):
            known = (s for stem in left for s in self._base.holders.get(stem, ()))
            stands = [s for s in known if self._counts.told[s] + self._delta.told[s] > 0]
            best = max((*stands, *fresh), key=lambda s: len(left & s), default=frozenset())
            left -= best
        return len(left) <= 1

    def has_part(self, part: str) -> bool:
        """Tell whether that part of a name stands in a name."""
        return self._counts.parts[part] + self._delta.parts[part] > 0

    def has_pair(self, part: str, predicate: str) -> bool:
        """Tell whether a sentence holds both the name's part (or number) and the predicate."""
        pair = (part, predicate)
        return self._counts.pairs[pair] + self._delta.pairs[pair] > 0


def names_in(document: Document) -> frozenset[str]:
    """Return the folded words that stand with a capital inside sentences and that people do not
    write small, so that they are names at the start of a sentence, too.
    """
    found: set[str] = set()
    for block in document.prose:
        if block.kind != "heading":
            for sentence in block.sentences:
                found |= _inner_names(sentence)
    return frozenset(found)


def _inner_names(sentence: Sentence) -> set[str]:
    words = [t for t in sentence.tokens if t.kind is TokenKind.WORD]
    return {
        t.fold.removesuffix("'s")
        for t in words[1:]
        if t.text[0].isupper() and not t.text.isupper() and not is_common(t.fold)
    }
