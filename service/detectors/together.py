"""Stock words that come together again, in whatever order and with whatever between them.

"Stunning visuals" and "a visually stunning film". People bring words that are typical of machine copy
together a second time once in 10,000 words, machine copy 20 to 100 times as often; other words, people bring
together as often as machines do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt

from service.detectors.analysis import Analysis
from service.detectors.lexicon import NEVER, document_frequencies, typical
from service.detectors.phrases import Phrase, Reading

REACH = 4  # words from the one to the other
SHORTEST = 3  # letters of a stem
PARTNERS = 4  # content words after it that a word may come together with
STOCK = 2.0  # times as often in machine copy, the mean of the two


def repeated_company(analysis: Analysis) -> Iterator[Phrase]:
    """Yield each two stock words that stand near each other in two places or more."""
    words = analysis.words
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    again = _again(analysis)
    for k, i in enumerate(again):
        for j in again[k + 1 : k + 1 + PARTNERS]:
            if j - i > REACH or words[i].clause != words[j].clause:
                break
            if words[i].stem != words[j].stem:
                one, other = words[i].stem, words[j].stem
                _add(places.setdefault((one, other) if one < other else (other, one), []), (i, j + 1))
    for stems, found in places.items():
        if len(found) > 1 and sqrt(_typical(stems[0]) * _typical(stems[1])) >= STOCK:
            yield Phrase(tuple(found), stems, Reading.TOGETHER)


def _again(analysis: Analysis) -> Sequence[int]:
    """Return the indices of the content words whose stem stands at least twice."""
    words = analysis.words
    content = [i for i in analysis.content if not words[i].number and len(words[i].stem) >= SHORTEST]
    times = Counter(words[i].stem for i in content)
    return [i for i in content if times[words[i].stem] > 1]


def _typical(stem: str) -> float:
    return typical(document_frequencies().get(stem, NEVER))


def _add(found: list[tuple[int, int]], place: tuple[int, int]) -> None:
    if not found or place[0] >= found[-1][1]:
        found.append(place)
