"""The score: 0-100, 100 is clean, a sum of parts that can each be explained.

First version: points by kind and level per 500 words. The calibrated one, with the percentile among
published human reviews, takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from service.detectors.finding import Finding, Level, Subject
from service.document import Document
from service.films import JSON

POINTS = {Level.MUST: 4.0, Level.SHOULD: 2.0, Level.MAY: 0.5}
WINDOW = 500  # words
SHORTEST = 250  # words; a shorter text is judged as one of this length
MOST = 40.0  # points that one kind can cost


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of finding costs: `points` of 100, for `count` findings."""

    name: str
    points: float
    count: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Score:
    """The score, its parts in order of cost, the percentile among human reviews, the raw measures."""

    score: float
    percentile: float | None
    parts: tuple[Part, ...]
    measures: Mapping[str, JSON] = field(default_factory=lambda: MappingProxyType({}))


def score(document: Document, subject: Subject, findings: Sequence[Finding] | None = None) -> Score:
    """Return the score of `document`; `findings` spares detecting them again."""
    from service.detectors.registry import detect  # noqa: PLC0415 - the registry names the kinds

    found = detect(document, subject) if findings is None else findings
    scale = WINDOW / max(document.words, SHORTEST)
    parts = []
    for kind in sorted({f.kind for f in found}):
        own = [f for f in found if f.kind == kind]
        points = min(MOST, scale * sum(POINTS[f.level] for f in own))
        parts.append(Part(kind, round(points, 1), len(own), f"{len(own)} in {document.words} words"))
    total = max(0.0, round(100 - sum(p.points for p in parts), 1))
    return Score(total, None, tuple(sorted(parts, key=lambda p: -p.points)), {"words": document.words})
