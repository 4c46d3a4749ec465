"""Which words of a sentence no assertion accounts for: while one is left, nothing is supported."""

from __future__ import annotations

from collections.abc import Sequence

from service.facts.kind import Assertion
from service.facts.mentions import MentionKind
from service.facts.reading import Reading
from service.facts.words import word_set

UNPROVABLE = frozenset(
    {
        "mostly",
        "mainly",
        "primarily",
        "largely",
        "chiefly",
        "predominantly",
        "principally",
        "debut",
        "main",
        "lead",
        "leading",
        "head",
        "chief",
        "primary",
        "principal",
    }
)


def uncovered(reading: Reading, found: Sequence[Assertion]) -> list[str]:
    """Return the folded words that carry content, stand outside every assertion's cover, and are not
    the film's title.
    """
    covered: set[int] = set()
    for a in found:
        for start, end in a.covers:
            covered.update(range(start, end))
    for m in reading.mentions:
        if m.kind is MentionKind.FILM:
            covered.update(range(m.start, m.end))
    covered -= {i for i, w in enumerate(reading.words) if w.fold in UNPROVABLE}
    empty = word_set("empty_words.txt")
    return [
        w.fold for i, w in enumerate(reading.words) if i not in covered and w.is_word and w.fold not in empty
    ]
