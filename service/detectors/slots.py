"""Patterns of word slots with bounded gaps, matched over stems in time linear in the text.

A pattern is a row of slots: `leave|cast ... lasting|indelible . mark|impression`. `a|b` is either word in any
inflection, a run of n dots a gap of at most n words. A match never leaves its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.detectors.lexicon import function_words, information, stem
from service.document import fold
from service.films.vocabulary import strip_possessive


class Slot(NamedTuple):
    """The stems that fill the slot, and how many words at most may stand before it."""

    stems: frozenset[str]
    gap: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of slots; `text` is the pattern as written."""

    text: str
    slots: tuple[Slot, ...]


class Hit(NamedTuple):
    """Pattern number `pattern` fills the stems `[start, end)`; `filled` are the slots' positions."""

    pattern: int
    start: int
    end: int
    filled: tuple[int, ...]


def key(word: str) -> str:
    """Return the form by which words are compared: a function word's lemma, else the stem.

    >>> key("Resonates"), key("them")
    ('reson', 'they')
    """
    folded = fold(word)
    functions = function_words()
    lemma = functions.get(folded)
    if lemma is None and "'" in folded:
        folded = strip_possessive(folded)
        lemma = functions.get(folded)
    return lemma or stem(folded)


def compile_pattern(text: str) -> Pattern:
    """Return the pattern that `text` describes. Raises ValueError where it begins or ends with a gap.

    >>> [slot.gap for slot in compile_pattern("leave .. mark|impression on").slots]
    [0, 2, 0]
    """
    slots: list[Slot] = []
    gap = 0
    for part in text.split():
        if not part.strip("."):
            gap += len(part)
            continue
        slots.append(Slot(frozenset(key(w) for w in part.split("|")), gap if slots else 0))
        gap = 0
    if gap or not slots or text.lstrip().startswith("."):
        raise ValueError(f"A pattern begins and ends with a word, but {text!r} does not.")
    return Pattern(text, tuple(slots))


@dataclass(frozen=True, slots=True)
class PatternIndex:
    """Patterns and, for each stem of their rarest slot, which patterns to try there: the number, the slot,
    and the stems of the next rarest, one of which must stand in the sentence, too.
    """

    patterns: tuple[Pattern, ...]
    anchors: dict[str, tuple[tuple[int, int, frozenset[str]], ...]]

    def find(self, stems: Sequence[str]) -> list[Hit]:
        """Return every pattern's matches in one sentence's stems, shortest gaps first, in order."""
        hits: list[Hit] = []
        anchors = self.anchors
        present = frozenset(stems)
        for at, stemmed in enumerate(stems):
            if stemmed not in anchors:
                continue
            for number, slot, other in anchors[stemmed]:
                if present.isdisjoint(other):
                    continue
                filled = _fill(self.patterns[number].slots, slot, stems, at)
                if filled:
                    hits.append(Hit(number, filled[0], filled[-1] + 1, filled))
        hits.sort(key=lambda h: (h.start, -h.end))
        return hits


def index_of(patterns: Iterable[Pattern]) -> PatternIndex:
    """Return the index of `patterns`, each anchored at the slot whose words are rarest."""
    every = tuple(patterns)
    anchors: dict[str, list[tuple[int, int, frozenset[str]]]] = {}
    for number, pattern in enumerate(every):
        order = sorted(range(len(pattern.slots)), key=lambda i: -_rarity(pattern.slots[i]))
        slot, other = order[0], pattern.slots[order[min(1, len(order) - 1)]].stems
        for stemmed in pattern.slots[slot].stems:
            anchors.setdefault(stemmed, []).append((number, slot, other))
    return PatternIndex(every, {s: tuple(v) for s, v in anchors.items()})


def _rarity(slot: Slot) -> float:
    """Return how seldom the slot is filled: a function word is never worth anchoring at."""
    lemmas = frozenset(function_words().values())
    return -sum(1.0 if s in lemmas else float(10.0 ** -information(s)) for s in slot.stems)


def _fill(slots: Sequence[Slot], anchor: int, stems: Sequence[str], at: int) -> tuple[int, ...]:
    right = _walk(slots, anchor + 1, stems, at, 1) if anchor + 1 < len(slots) else ()
    if right is None:
        return ()
    left = _walk(slots, anchor - 1, stems, at, -1) if anchor else ()
    return () if left is None else (*reversed(left), at, *right)


def _walk(
    slots: Sequence[Slot], slot: int, stems: Sequence[str], at: int, step: int
) -> tuple[int, ...] | None:
    """Return the positions of the slots from `slot` on in direction `step`, or None if one isn't filled."""
    wanted, gap = slots[slot] if step > 0 else (slots[slot].stems, slots[slot + 1].gap)
    following = slot + step
    last = not 0 <= following < len(slots)
    for position in range(at + step, at + step * (gap + 2), step):
        if not 0 <= position < len(stems):
            return None
        if stems[position] in wanted:
            rest = () if last else _walk(slots, following, stems, position, step)
            if rest is not None:
                return (position, *rest)
    return None
