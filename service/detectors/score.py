"""The score: 0-100, 100 is clean; what it is made of; where it stands among published human reviews.

Explained, with every figure, in `docs/score.md`. A cost per thousand words is summed over the findings and
one measure (stock vocabulary), and the score is 100 * exp(-cost / SCALE): taking a finding away never lowers
it. A title or name counts as one word, however long, so that a film's title does not change the score.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from json import loads
from math import exp
from types import MappingProxyType

from service.detectors.analysis import UNMASKED, Analysis, analyse
from service.detectors.finding import Finding, Level, Subject
from service.detectors.stock import PEOPLE, Terms, likeness
from service.document import Document
from service.films import JSON

COST = {Level.MUST: 1.0, Level.SHOULD: 0.5, Level.MAY: 0.1}
FURTHER_PLACE = 0.25  # of a finding's cost, for each span after the second
MOST_PLACES = 6
STUFFING, STUFFED = "keyword_stuffing", 3.0  # a stuffed text (must) is stuffed as a whole: times the cost
SHORTEST = 280  # words; a shorter text is judged as one of this length
SCALE = 50.0  # cost per thousand words at which 37 of 100 points are left
STOCK_COST, MOST_STOCK = 2.0, 12.0  # of vocabulary: words alone never cost more than 21 of 100 points
STOCK = "stock_vocabulary"
IDEAS = "repeated_idea"  # never counted: not everybody looks for them


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of finding, or the stock vocabulary, costs: `points` of 100, for `count` findings."""

    name: str
    points: float
    count: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Score:
    """The score; the percentile among human reviews of that length (100: none scores higher; None where
    the data is absent); the parts in order of cost, whose points add up to 100 - score; the raw measures.
    """

    score: float
    percentile: float | None
    parts: tuple[Part, ...]
    measures: Mapping[str, JSON] = field(default_factory=lambda: MappingProxyType({}))


def score(
    document: Document,
    subject: Subject,
    findings: Sequence[Finding] | None = None,
    *,
    analysis: Analysis | None = None,
    terms: Terms | None = None,
) -> Score:
    """Return the score of `document`; `findings` and `analysis` spare making them again; `terms` are for
    measuring, as in `likeness`. Repeated ideas don't count: the score is the same with and without the pass
    that looks for them.
    """
    from service.detectors.registry import detect  # noqa: PLC0415 - the registry names the kinds

    read = analysis or analyse(document, subject)
    found = detect(document, subject, analysis=read) if findings is None else findings
    words = length(read)
    like, stock = likeness(read, terms)
    per_thousand = 1000 / max(words, SHORTEST)
    costs = _costs(found, per_thousand)
    costs[STOCK] = min(MOST_STOCK, STOCK_COST * max(0.0, like - PEOPLE) ** 2)
    total = sum(costs.values())
    value = 100 * exp(-total / SCALE)
    counts = Counter(f.kind for f in found)
    counts[STOCK] = len(stock)
    parts = tuple(
        Part(
            kind,
            round((100 - value) * cost / total, 1),
            counts[kind],
            _explain(kind, counts[kind], words, stock),
        )
        for kind, cost in sorted(costs.items(), key=lambda c: -c[1])
        if cost > 0
    )
    measures: dict[str, JSON] = {
        "words": words,
        "cost_per_1000": round(total, 2),
        "findings_per_1000": round(sum(f.kind != IDEAS for f in found) * per_thousand, 2),
        "different_cliches": sum(1 for f in found if f.kind == "cliche" and f.level is not Level.MAY),
        "machine_likeness": round(like, 3),
        "stock_terms": list(stock[:20]),
    }
    rounded = round(value, 1)
    return Score(rounded, percentile(rounded, words), parts, MappingProxyType(measures))


def length(analysis: Analysis) -> int:
    """Return the number of words, a title or name counting as one."""
    return analysis.columns.masks.count(UNMASKED) + len(analysis.matches)


def _costs(findings: Sequence[Finding], per_thousand: float) -> dict[str, float]:
    costs: dict[str, float] = {}
    for finding in findings:
        if finding.kind == IDEAS:
            continue
        places = min(MOST_PLACES, max(0, len(finding.spans) - 2))
        cost = COST[finding.level] * (1 + FURTHER_PLACE * places) * per_thousand
        if finding.kind == STUFFING and finding.level is Level.MUST:
            cost *= STUFFED
        costs[finding.kind] = costs.get(finding.kind, 0.0) + cost
    return costs


def _explain(kind: str, count: int, words: int, stock: Sequence[str]) -> str:
    if kind == STOCK:
        return f"{count} words and pairs that machine copy uses far more than people, such as " + ", ".join(
            stock[:5]
        )
    return f"{count} of this kind in {words} words"


@cache
def _bands() -> tuple[tuple[int, tuple[float, ...]], ...]:
    """Return (least words, ascending percentiles 0-100 of the human reviews' scores) of each length."""
    path = resources.files("service.detectors").joinpath("data", "human_scores.json")
    if not path.is_file():
        return ()
    return tuple((int(b["from"]), tuple(b["percentiles"])) for b in loads(path.read_text("utf-8"))["bands"])


def percentile(value: float, words: int) -> float | None:
    """Return the share of human reviews of about that length, in percent, that score no higher."""
    bands = _bands()
    if not bands:
        return None
    known = bands[max(0, bisect_right([b[0] for b in bands], words) - 1)][1]
    return float(min(100, (bisect_left(known, value) + bisect_right(known, value)) // 2))
