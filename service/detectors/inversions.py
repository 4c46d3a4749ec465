"""Phrases that come again turned round: "themes of exile" and "exile themes", "the lessons of Berg" and
"Berg's lessons".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.detectors.analysis import Analysis, Word
from service.detectors.lexicon import information
from service.detectors.phrases import LIGHT, LISTING, Phrase, Reading
from service.detectors.roles import GENITIVE

Place = tuple[int, int]


def inversions(analysis: Analysis) -> Iterator[Phrase]:
    """Yield two words that stand as "head of modifier" and as "modifier head"; the modifier may be a name."""
    with_of: dict[tuple[str, str], list[Place]] = {}
    words = analysis.words
    again = frozenset(analysis.again)
    for i in (at - 1 for at in analysis.where.get("of", ())):
        if i in again and (k := _governed(words, i)) >= 0:
            modifier = _modifier(words, k)
            if (words[k].masked or k in again) and modifier != words[i].stem:
                with_of.setdefault((modifier, words[i].stem), []).append((i, k + 1))
    if not with_of:
        return
    beside: dict[tuple[str, str], list[Place]] = {}
    heads = {head for _, head in with_of}
    for i in analysis.again:
        if i and words[i].stem in heads and _modifies(words, i - 1) and _together(words, i - 1, i):
            key = (_modifier(words, i - 1), words[i].stem)
            if key in with_of:
                beside.setdefault(key, []).append((_opening(words, i - 1), i + 1))
    for stems, places in with_of.items():
        if stems in beside and all(information(s) >= LIGHT for s in stems):
            yield Phrase.of(sorted((*places, *beside[stems])), stems, Reading.TURNED)


def _modifier(words: Sequence[Word], k: int) -> str:
    """Return what the modifier that ends at `k` reads as: a name is the same by its last word."""
    return words[k].fold if words[k].masked else words[k].stem


def _modifies(words: Sequence[Word], i: int) -> bool:
    """Tell whether the word at `i` may be the modifier of the noun after it: a name must be a possessive."""
    return words[i].content or (words[i].masked and words[i].text[-2:] in GENITIVE)


def _opening(words: Sequence[Word], i: int) -> int:
    """Return where the name that ends at `i` opens; another word is one by itself."""
    while i and words[i].masked and words[i - 1].mask == words[i].mask:
        i -= 1
    return i


def _governed(words: Sequence[Word], i: int) -> int:
    """Return the index of the noun that follows "of" or "of the" after the word at `i` (of a name its last
    word), or -1.
    """
    if i + 2 >= len(words):
        return -1
    k = i + 3 if words[i + 2].stem in LISTING and i + 3 < len(words) else i + 2
    while words[k].masked and k + 1 < len(words) and words[k + 1].mask == words[k].mask:
        k += 1
    if not ((words[k].content or words[k].masked) and _together(words, i, k)):
        return -1
    inside = k + 1 < len(words) and words[k + 1].content and _together(words, k, k + 1)
    return -1 if inside else k  # "symbol of the enduring spirit" says nothing of "enduring symbols"


def _together(words: Sequence[Word], i: int, k: int) -> bool:
    return words[i].clause == words[k].clause and not any(w.comma for w in words[i + 1 : k + 1])
