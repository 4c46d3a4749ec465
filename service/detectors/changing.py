"""Frames with one word that changes: "used to convey a sense … used to create a sense".

Two telling words with one other between them, which differs from place to place, and the same function
words. Machine copy has such a frame twice 5 to 15 times as often as people (once in 60,000 of their words).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.detectors.analysis import Analysis, Word
from service.detectors.lexicon import information, typical_stem
from service.detectors.phrases import LISTING, Phrase, Reading

REACH = 7  # words from the one to the other
INFORMATION = 1.2  # that the two must tell together, each 2.5 at most
STOCK = 1.2  # times as often in machine copy, the geometric mean of the two
ARTICLE = ""  # what the words of LISTING read as: which of them stands in a frame makes no difference

Place = tuple[int, int]


def changing_frames(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the frames that stand twice or more with another word in their middle."""
    words, content = analysis.words, analysis.content
    again = frozenset(analysis.again)
    places: dict[tuple[str, str, tuple[str, ...]], list[Place]] = {}
    fillers: dict[tuple[str, str, tuple[str, ...]], set[str]] = {}
    for k in range(len(content) - 2):
        first, middle, last = content[k], content[k + 1], content[k + 2]
        if first not in again or last not in again or last - first > REACH:
            continue
        if words[first].clause == words[last].clause and _whole(words, first, last):
            key = words[first].stem, words[last].stem, _skeleton(words, first, middle, last)
            places.setdefault(key, []).append((first, last + 1))
            fillers.setdefault(key, set()).add(words[middle].stem)
    for key, found in places.items():
        if len(found) > 1 and len(fillers[key]) > 1 and _tells(key[0], key[1]):
            yield Phrase.of(found, key[:2], Reading.ROLE)


def _whole(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether no comma and no name stands after the first word and up to the last."""
    return not any(w.comma or w.masked for w in words[first + 1 : last + 1])


def _skeleton(words: Sequence[Word], first: int, middle: int, last: int) -> tuple[str, ...]:
    between = (words[i].stem for i in range(first + 1, last) if i != middle)
    return tuple(ARTICLE if stem in LISTING else stem for stem in between)


def _tells(one: str, other: str) -> bool:
    if min(information(one), 2.5) + min(information(other), 2.5) < INFORMATION:
        return False
    return typical_stem(one) * typical_stem(other) >= STOCK * STOCK
