"""`restated_opening`: a conclusion that says the introduction again.

The telling stems that first and last paragraphs share must weigh a good part of either, and clearly more
than either shares with the paragraphs between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from math import fsum
from statistics import fmean

from service.detectors.analysis import Analysis, SentenceWords
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import TELLING
from service.document import Span, fold
from service.films import JSON

SHORTEST = 4  # paragraphs
# Stems in common, and their share of the information of the shorter of the two. Together 1.5% of human
# reviews reach one of these pairs, and 30% of machine copy.
ENOUGH = ((5, 0.25), (6, 0.15))
BEYOND = 1.5  # times what they share with the middle
SUMMED_UP = ((3, 0.12), (2, 0.2))  # the same where the close says that it sums up
SUMS_UP = ("in conclusion", "in summary", "in sum", "to sum up", "to conclude", "overall", "all in all")
MANY = 5  # paragraphs, above which the close may be the last two
SHOWN = 4  # shared words that the message names
ECHOED = 2  # telling words that a sentence shares with the other side
Weighed = dict[str, float]


def find(analysis: Analysis) -> list[Finding]:
    """Return at most one finding: the sentences of opening and close that say the same."""
    paragraphs = _paragraphs(analysis)
    if len(paragraphs) < SHORTEST:
        return []
    closes = [paragraphs[-1]]
    if len(paragraphs) > MANY:
        closes.append([*paragraphs[-2], *paragraphs[-1]])
    said = [_stems(analysis, p) for p in paragraphs[:-2]]
    for close in closes:
        if found := _restated(analysis, paragraphs[0], close, said):
            return [found]
    return []


def _restated(
    analysis: Analysis,
    first: list[SentenceWords],
    last: list[SentenceWords],
    said: Sequence[Weighed],
) -> Finding | None:
    """Return the finding where `last` says `first` again and the paragraphs between don't; `said` are the
    stems of the first paragraph and of those between.
    """
    opening, *between = said
    close = _stems(analysis, last)
    shared = opening.keys() & close.keys()
    overlap = _overlap(opening, close)
    bounds = SUMMED_UP if _sums_up(last) else ENOUGH
    if not any(len(shared) >= least and overlap >= share for least, share in bounds):
        return None
    elsewhere = fmean((*(_overlap(opening, m) for m in between), *(_overlap(m, close) for m in between)))
    if overlap < BEYOND * elsewhere:
        return None
    spans = (*_echoing(analysis, first, last), *_echoing(analysis, last, first))
    evidence: dict[str, JSON] = {
        "shared": [*sorted(shared)],
        "overlap": round(overlap, 2),
        "overlap_with_middle": round(elsewhere, 2),
    }
    message = f"The close says the opening again ({_named(analysis, last, shared)}): end on something new."
    return Finding("restated_opening", message, spans, Level.SHOULD, evidence)


def _named(analysis: Analysis, side: Iterable[SentenceWords], shared: AbstractSet[str]) -> str:
    """Return the shared words as that side writes them: "both say ‘guilt’, ‘silence’ and 3 words more"."""
    words = [analysis.words[i] for s in side for i in range(s.start, s.end)]
    texts = list({w.stem: f"‘{w.text.lower()}’" for w in reversed(words) if w.stem in shared}.values())[::-1]
    more = f" and {len(texts) - SHOWN} words more" if len(texts) > SHOWN + 1 else ""
    return "both say " + ", ".join(texts[:SHOWN] if more else texts) + more


def _paragraphs(analysis: Analysis) -> list[list[SentenceWords]]:
    """Return the sentences of each paragraph of more than a few words."""
    blocks: dict[int, list[SentenceWords]] = {}
    for sentence in analysis.sentences:
        if not sentence.heading:
            blocks.setdefault(sentence.block, []).append(sentence)
    return [b for b in blocks.values() if sum(s.end - s.start for s in b) >= 12]


def _stems(analysis: Analysis, sentences: Iterable[SentenceWords]) -> Weighed:
    """Return the telling stems with what each tells."""
    columns = analysis.columns
    stems, tells = columns.stems, columns.informations
    return {
        stems[i]: min(tells[i], 2.5)
        for s in sentences
        for i in compress(range(s.start, s.end), columns.contents[s.start : s.end])
        if tells[i] >= TELLING and not columns.numbers[i]
    }


def _overlap(one: Weighed, other: Weighed) -> float:
    """Return the information shared, as a share of the smaller side's."""
    return _shared(one, other) / max(0.1, min(fsum(one.values()), fsum(other.values())))


def _shared(one: Weighed, other: Weighed) -> float:
    return fsum(one[s] for s in sorted(one.keys() & other.keys()))


def _sums_up(close: Sequence[SentenceWords]) -> bool:
    """Tell whether the close begins "In conclusion, …"."""
    return fold(close[0].sentence.text).startswith(SUMS_UP)


def _echoing(
    analysis: Analysis, side: Sequence[SentenceWords], other: Sequence[SentenceWords]
) -> Iterator[Span]:
    """Yield the sentences of one side that share ECHOED telling words with the other, or the nearest one."""
    said = _stems(analysis, other)
    shared = {s.start: _stems(analysis, [s]).keys() & said.keys() for s in side}
    least = min(ECHOED, max(map(len, shared.values())))
    yield from (s.sentence.span for s in side if len(shared[s.start]) >= least)


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
