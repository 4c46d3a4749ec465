"""`restated_opening`: a conclusion that says the introduction again.

The telling stems that first and last paragraphs share must weigh a good part of either, and clearly more
than either shares with the paragraphs between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from statistics import fmean

from service.detectors.analysis import Analysis, SentenceWords
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.document import Span
from service.films import JSON

SHORTEST = 4  # paragraphs
OVERLAP = 0.25  # of the information of the shorter of the two
BEYOND = 1.5  # times what they share with the middle
LEAST = 5  # stems in common
TELLING = 0.45
Weighed = dict[str, float]


def find(analysis: Analysis) -> list[Finding]:
    """Return at most one finding: the sentences of opening and close that say the same."""
    paragraphs = _paragraphs(analysis)
    if len(paragraphs) < SHORTEST:
        return []
    first = paragraphs[0]
    last = [s for p in paragraphs[-2 if len(paragraphs) > 5 else -1 :] for s in p]
    opening, close = _stems(analysis, first), _stems(analysis, last)
    shared = opening.keys() & close.keys()
    overlap = _overlap(opening, close)
    if len(shared) < LEAST or overlap < OVERLAP:
        return []
    middle = [_stems(analysis, p) for p in paragraphs[1:-2]]
    elsewhere = fmean((*(_overlap(opening, m) for m in middle), *(_overlap(m, close) for m in middle)))
    if overlap < BEYOND * elsewhere:
        return []
    spans = tuple(_most(analysis, part, shared) for part in (first, last))
    evidence: dict[str, JSON] = {
        "shared": [*sorted(shared)],
        "overlap": round(overlap, 2),
        "overlap_with_middle": round(elsewhere, 2),
    }
    message = f"The close says the opening again ({len(shared)} words in common): end on something new."
    return [Finding("restated_opening", message, spans, Level.SHOULD, evidence)]


def _paragraphs(analysis: Analysis) -> list[list[SentenceWords]]:
    """Return the sentences of each paragraph of more than a few words."""
    blocks: dict[int, list[SentenceWords]] = {}
    for sentence in analysis.sentences:
        if not sentence.heading:
            blocks.setdefault(sentence.block, []).append(sentence)
    return [b for b in blocks.values() if sum(s.end - s.start for s in b) >= 12]


def _stems(analysis: Analysis, sentences: Iterable[SentenceWords]) -> Weighed:
    """Return the telling stems with what each tells."""
    words = (w for s in sentences for w in analysis.words[s.start : s.end])
    return {
        w.stem: min(w.information, 2.5)
        for w in words
        if w.content and w.information >= TELLING and not w.number
    }


def _overlap(one: Weighed, other: Weighed) -> float:
    """Return the information shared, as a share of the smaller side's."""
    shared = fsum(one[s] for s in one.keys() & other.keys())
    return shared / max(0.1, min(fsum(one.values()), fsum(other.values())))


def _most(analysis: Analysis, sentences: Sequence[SentenceWords], shared: set[str]) -> Span:
    """Return the span of the sentence that holds most of what is shared."""
    weighed = [_stems(analysis, [s]) for s in sentences]
    held = [fsum(w[s] for s in w.keys() & shared) for w in weighed]
    best = sentences[held.index(max(held))]
    return best.sentence.span


MIDDLE = (
    "A diver called Ida finds a wreck near the lighthouse. Her brother wants the cargo sold before winter.",
    "The camera stays under water for minutes. Bubbles, rope, a hand: one learns to read small signs.",
    "Money changes everybody. The mayor lies, the priest drinks, and somebody cuts a chain at night.",
)
BEGINS = "Few thrillers trust silence as this tale of guilt and forgiveness does, or reward patient viewers."
ENDS = "In the end this tale of guilt and forgiveness trusts silence, and rewards patient viewers."
OTHER = "I left the cinema wet to the bone and walked home singing in the rain."
EXAMPLES = (
    Example("\n\n".join((BEGINS, *MIDDLE, ENDS)), (BEGINS, ENDS)),
    Example("\n\n".join((BEGINS, *MIDDLE, OTHER))),
)

DETECTOR = Detector("restated_opening", find, EXAMPLES)
