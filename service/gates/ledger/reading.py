"""What one sentence asserts, read from its visible text alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from service.gates.ledger import names, numbers, operators, quotations, relations
from service.gates.ledger.entry import HARD, Entry, EntryKind, Relation
from service.gates.ledger.tokens import Word, content_stems, split_words
from service.gates.ledger.words import filler_stems, phrases

PLACING = frozenset({"at", "behind", "beneath", "beyond", "in", "inside", "under", "underneath", "within"})
POSITION = frozenset({"lie", "lies", "lay", "sit", "sits", "sat", "stand", "stands", "stood"})
DETERMINERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "this", "that"})


@dataclass(frozen=True)
class Reading:
    """A sentence's words and entries. `content` are the stems that are no mere grammar, in order;
    `concrete` those of them that say something checkable (no praise, no talk about any film); `idle` is where
    words begin that look like an operator and say nothing.
    """

    text: str
    words: tuple[Word, ...]
    entries: tuple[Entry, ...]
    relations: tuple[Relation, ...]
    content: tuple[str, ...]
    concrete: tuple[str, ...]
    idle: frozenset[int] = frozenset()

    def of(self, *kinds: EntryKind) -> tuple[Entry, ...]:
        """Return the entries of these kinds."""
        return tuple(e for e in self.entries if e.kind in kinds)


@cache
def _frames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the frames by their first word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for frame in phrases("frames.txt"):
        found[frame[0]] = (*found.get(frame[0], ()), frame)
    return found


def outside_frames(words: Sequence[Word]) -> list[Word]:
    """Return the words but those of frames that assert nothing, as in `it goes without saying that`."""
    folds = tuple(w.fold for w in words)
    framed = {
        k
        for i, first in enumerate(folds)
        for frame in _frames().get(first, ())
        if folds[i : i + len(frame)] == frame
        for k in range(i, i + len(frame))
    }
    return [w for i, w in enumerate(words) if i not in framed and i != _turned_round(folds)]


def _turned_round(folds: Sequence[str]) -> int | None:
    """Return the place of the verb of a sentence that opens with where something is: it says no more than
    `is` would, as in `at the heart of the film lies a question`.
    """
    if not folds or folds[0] not in PLACING:
        return None
    pairs = enumerate(pairwise(folds))
    return next((i for i, (verb, after) in pairs if verb in POSITION and after in DETERMINERS), None)


@lru_cache(maxsize=4096)
def read(text: str, known: frozenset[str] = frozenset()) -> Reading:
    """Return what `text`, one sentence, asserts; `known` are folded words known to be names."""
    words = split_words(text)
    quoted = quotations.find(text)
    counted = numbers.find(text, words)
    named = names.find(text, words, known, quoted)
    operators_found, idle = operators.find(words)
    operated = [e for e in operators_found if e.key != "half" or not any(c.start == e.start for c in counted)]
    entries = sorted((*quoted, *counted, *named, *operated), key=lambda e: (e.start, e.end, e.kind))
    spoken = outside_frames(words)
    content = content_stems(spoken)
    filler = filler_stems()
    hard = [(e.start, e.end) for e in entries if e.kind in HARD and e.kind is not EntryKind.QUOTATION]
    measured = numbers.units(words, counted) | idle
    apart = hard + [(e.start, e.end) for e in operated]
    plain = [w for w in spoken if not _apart(w, apart, measured)]
    concrete = tuple(s for s in content_stems(plain) if s not in filler)
    return Reading(text, words, tuple(entries), relations.find(text, words, entries), content, concrete, idle)


def _apart(word: Word, entries: Sequence[tuple[int, int]], measured: frozenset[int]) -> bool:
    """Tell whether the word is accounted for as part of an entry, as a unit or as a negation."""
    inside = any(s <= word.start < e for s, e in entries)
    return inside or word.start in measured or operators.is_negation(word.fold)


def paired(reading: Reading) -> frozenset[tuple[str, str]]:
    """Return actor and role where they stand as `A as B`, `A, as B,`, `A (B)` or `As B, A`."""
    named = reading.of(EntryKind.NAME)
    found = set()
    for one, other in pairwise(named):
        between = reading.text[one.end : other.start].strip().lower()
        if between in {"as", ", as", "("}:
            found.add((one.key, other.key))
        elif between == "," and reading.text[: one.start].rstrip().lower().endswith("as"):
            found.add((other.key, one.key))
    return frozenset(found)
