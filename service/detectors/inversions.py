"""Phrases that come again turned round: "themes of exile" and "exile themes"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.detectors.analysis import Analysis, Word
from service.detectors.lexicon import information
from service.detectors.phrases import LIGHT, LISTING, Phrase, Reading

Place = tuple[int, int]


def inversions(analysis: Analysis) -> Iterator[Phrase]:
    """Yield two telling words that stand both as "head of modifier" and as "modifier head"."""
    with_of: dict[tuple[str, str], list[Place]] = {}
    words = analysis.words
    again = frozenset(analysis.again)
    for i in (at - 1 for at in analysis.where.get("of", ())):
        if i in again and (k := _governed(words, i)) in again and words[i].stem != words[k].stem:
            with_of.setdefault((words[k].stem, words[i].stem), []).append((i, k + 1))
    if not with_of:
        return
    beside: dict[tuple[str, str], list[Place]] = {}
    modifiers = {modifier for modifier, _ in with_of}
    for i in analysis.again:
        if words[i].stem not in modifiers or i + 1 == len(words):
            continue
        key = (words[i].stem, words[i + 1].stem)
        if key in with_of and words[i + 1].content and _together(words, i, i + 1):
            beside.setdefault(key, []).append((i, i + 2))
    for stems, places in with_of.items():
        if stems in beside and all(information(s) >= LIGHT for s in stems):
            yield Phrase.of(sorted((*places, *beside[stems])), stems, Reading.TURNED)


def _governed(words: Sequence[Word], i: int) -> int:
    """Return the index of the noun that follows "of" or "of the" after the word at `i`, or -1."""
    if i + 2 >= len(words):
        return -1
    k = i + 3 if words[i + 2].stem in LISTING and i + 3 < len(words) else i + 2
    if not (words[k].content and _together(words, i, k)):
        return -1
    inside = k + 1 < len(words) and words[k + 1].content and _together(words, k, k + 1)
    return -1 if inside else k  # "symbol of the enduring spirit" says nothing of "enduring symbols"


def _together(words: Sequence[Word], i: int, k: int) -> bool:
    return words[i].clause == words[k].clause and not any(w.comma for w in words[i + 1 : k + 1])
