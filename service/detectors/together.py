"""Stock words that come together again, in whatever order and with whatever between them.

"Stunning visuals" and "a visually stunning film". People bring words that are typical of machine copy
together a second time once in 10,000 words, machine copy 20 to 100 times as often; other words, people bring
together as often as machines do.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.detectors.analysis import Analysis
from service.detectors.lexicon import typical_stem
from service.detectors.phrases import Phrase, Reading

REACH = 4  # words from the one to the other
SHORTEST = 3  # letters of a stem
PARTNERS = 4  # content words after it that a word may come together with
STOCK = 2.0  # times as often in machine copy, the geometric mean of the two


def repeated_company(analysis: Analysis) -> Iterator[Phrase]:
    """Yield each two stock words that stand near each other in two places or more."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    words = analysis.words
    content = [(i, words[i].stem, words[i].clause) for i in analysis.again]
    again = [(i, s, clause, typical_stem(s)) for i, s, clause in content if len(s) >= SHORTEST]
    for k, (i, one, clause, stock) in enumerate(again, 1):
        for j, other, its_clause, its_stock in again[k : k + PARTNERS]:
            if j - i > REACH or its_clause != clause:
                break
            if stock * its_stock >= STOCK * STOCK and one != other:
                _add(places.setdefault((one, other) if one < other else (other, one), []), (i, j + 1))
    for stems, found in places.items():
        if len(found) > 1:
            yield Phrase.of(found, stems, Reading.TOGETHER)


def _add(found: list[tuple[int, int]], place: tuple[int, int]) -> None:
    if not found or place[0] >= found[-1][1]:
        found.append(place)
