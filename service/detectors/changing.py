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


def changing_frames(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the frames that stand twice or more with another word in their middle."""
    words, content = analysis.words, analysis.content
    for stems, found in _around(analysis).items():
        if len(found) < 2 or not _tells(*stems):
            continue
        frames: dict[tuple[str, ...], list[int]] = {}
        for k in found:
            if _whole(words, content[k], content[k + 2]):
                frames.setdefault(_skeleton(words, *content[k : k + 3]), []).append(k)
        for where in frames.values():
            if len({words[content[k + 1]].stem for k in where}) > 1:
                yield Phrase.of([(content[k], content[k + 2] + 1) for k in where], stems, Reading.ROLE)


def _around(analysis: Analysis) -> dict[tuple[str, str], list[int]]:
    """Return where each two words stand around a third, as places among the content words."""
    words, content = analysis.words, analysis.content
    again = frozenset(analysis.again)
    places: dict[tuple[str, str], list[int]] = {}
    for k, (first, last) in enumerate(zip(content, content[2:], strict=False)):
        if first in again and last in again and last - first <= REACH:
            one, other = words[first], words[last]
            if one[8] == other[8]:  # the clause; by index, as every word is asked
                places.setdefault((one[3], other[3]), []).append(k)
    return places


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
