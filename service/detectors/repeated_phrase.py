"""`repeated_phrase`: the same words again, inflections folded, in two places or more.

Two readings of the text are searched for maximal repeats. Among content words alone, runs of two or
more, so that function words between them may differ ("hope, justice" ~ "hope and justice") and a word
or two may be put in; among all words, frames around a single telling word ("a testament to").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2

from service.detectors.analysis import Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import information
from service.detectors.repeats import maximal_repeats

NAME = "\0"  # what every title and name reads as: a place in a frame, never a phrase by itself
GAP = 2  # words that may be put into one of two occurrences
LIGHT = 0.45  # information below which a word ("film", "good") is no more than a function word to a phrase
PHRASE_INFORMATION = 2.0
FRAME_INFORMATION = 1.6
USUAL_LENGTH = 1500  # words; a longer text repeats itself by chance, so it must say more to be heard


@dataclass(frozen=True, slots=True)
class Phrase:
    """A repeated phrase: the word ranges where it stands, and the stems that they share."""

    ranges: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]

    @property
    def information(self) -> float:
        """Return what the shared stems tell, as `lexicon.information` counts it."""
        return sum(min(information(s), 2.5) for s in self.stems)


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding a repeated phrase, with all its spans."""
    more = max(0.0, log2(max(1, len(analysis.words)) / USUAL_LENGTH))
    phrases = [p for p in _phrases(analysis) if p.information >= PHRASE_INFORMATION + 0.5 * more]
    frames = [p for p in _frames(analysis) if p.information >= FRAME_INFORMATION + 0.5 * more]
    ordered = sorted((*phrases, *frames), key=lambda p: (-p.information, p.ranges))
    return [_finding(analysis, p) for p in _without_pieces(ordered)]


def _phrases(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the repeats among content words."""
    units, at = _content_units(analysis)
    for repeat in maximal_repeats(units, 2):
        run = units[repeat.starts[0] : repeat.starts[0] + repeat.length]
        left = next((i for i, u in enumerate(run) if u != NAME), len(run))
        right = next((i for i, u in enumerate(reversed(run)) if u != NAME), 0)
        starts = _apart([s + left for s in repeat.starts], repeat.length - left - right)
        length = repeat.length - left - right
        stems = [u for u in run if u is not None and u != NAME]
        if len(stems) < 2 or len(starts) < 2:
            continue
        yield _grown(units, at, starts, length, stems)


def _content_units(analysis: Analysis) -> tuple[list[str | None], list[int]]:
    """Return the stems of the content words with borders between clauses, and each one's word index."""
    units: list[str | None] = []
    at: list[int] = []
    clause, mask = -1, -1
    for i, word in enumerate(analysis.words):
        if word.clause != clause:
            units.append(None)
            at.append(-1)
            clause, mask = word.clause, -1
        if word.masked:
            if word.mask != mask:
                units.append(NAME)
                at.append(i)
            mask = word.mask
        elif not word.function and information(word.stem) >= LIGHT:
            units.append(word.stem)
            at.append(i)
            mask = -1
    return units, at


def _apart(starts: Sequence[int], length: int) -> list[int]:
    """Return the starts without those that overlap the one before."""
    out: list[int] = []
    for start in starts:
        if not out or start >= out[-1] + length:
            out.append(start)
    return out


def _grown(
    units: Sequence[str | None], at: Sequence[int], starts: Sequence[int], length: int, stems: list[str]
) -> Phrase:
    """Return the phrase grown to both sides over gaps of a word or two, as far as two places agree."""
    spans = [[s, s + length] for s in starts]
    stems = [*_grow(units, spans, -1), *stems, *_grow(units, spans, 1)]
    return Phrase(tuple((at[a], at[b - 1] + 1) for a, b in spans), tuple(stems))


def _grow(units: Sequence[str | None], spans: list[list[int]], step: int) -> list[str]:
    grown: list[str] = []
    while True:
        edges = [b if step > 0 else a - 1 for a, b in spans]
        found = _meeting(units, edges, step)
        if not found:
            return grown
        unit, places = found
        grown = [*grown, unit] if step > 0 else [unit, *grown]
        for span, place in zip(spans, places, strict=True):
            if place is not None:
                span[1 if step > 0 else 0] = place + 1 if step > 0 else place


def _meeting(
    units: Sequence[str | None], edges: Sequence[int], step: int
) -> tuple[str, list[int | None]] | None:
    """Return the nearest unit that two places share within the gap, and where it stands in each."""
    seen: dict[str, list[tuple[int, int]]] = {}
    for k, edge in enumerate(edges):
        for far in range(GAP + 1):
            at = edge + far * step
            if not 0 <= at < len(units) or (unit := units[at]) is None:
                break
            if unit != NAME and all(k != other for other, _ in seen.get(unit, ())):
                seen.setdefault(unit, []).append((k, at))
    shared = {u: places for u, places in seen.items() if len(places) > 1}
    if not shared:
        return None
    unit, places = min(shared.items(), key=lambda item: sum(abs(p - edges[k]) for k, p in item[1]))
    where: dict[int, int] = dict(places)
    return unit, [where.get(k) for k in range(len(edges))]


def _frames(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the repeats among all words that hold exactly one content word."""
    words = analysis.words
    units: list[str | None] = []
    at: list[int] = []
    clause = -1
    for i, word in enumerate(words):
        if word.clause != clause:
            units.append(None)
            at.append(-1)
            clause = word.clause
        units.append(None if word.masked else word.stem)
        at.append(i)
    for repeat in maximal_repeats(units, 2):
        first = at[repeat.starts[0]]
        content = [w.stem for w in words[first : first + repeat.length] if not w.function]
        starts = _apart(repeat.starts, repeat.length)
        if len(content) == 1 and len(starts) > 1 and repeat.length > 2:
            yield Phrase(tuple((at[s], at[s] + repeat.length) for s in starts), tuple(content))


def _without_pieces(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Return the phrases without those that are pieces of one before them; where a piece also stands
    elsewhere, its further places join the longer one's.
    """
    kept: list[Phrase] = []
    owner: dict[int, int] = {}
    for phrase in phrases:
        inside = [_owner(owner, r) for r in phrase.ranges]
        owners = [k for k in inside if k is not None]
        if owners:
            free = tuple(r for r, k in zip(phrase.ranges, inside, strict=True) if k is None)
            k = owners[0]
            kept[k] = replace(kept[k], ranges=tuple(sorted((*kept[k].ranges, *free))))
            index = k
            ranges: tuple[tuple[int, int], ...] = free
        else:
            index, ranges = len(kept), phrase.ranges
            kept.append(phrase)
        for start, end in ranges:
            for i in range(start, end):
                owner.setdefault(i, index)
    return kept


def _owner(owner: dict[int, int], place: tuple[int, int]) -> int | None:
    return next((owner[i] for i in range(*place) if i in owner), None)


def _finding(analysis: Analysis, phrase: Phrase) -> Finding:
    spans = tuple(analysis.span(a, b) for a, b in sorted(phrase.ranges))
    shown = analysis.text(spans[0])
    times = {2: "twice", 3: "three times"}.get(len(spans), f"{len(spans)} times")
    words = min(b - a for a, b in phrase.ranges)
    return Finding(
        "repeated_phrase",
        f"‘{shown}’ stands {times}: say it once, or in other words.",
        spans,
        _level(phrase, words),
        {
            "times": len(spans),
            "stems": list(phrase.stems),
            "words": words,
            "information": round(phrase.information, 2),
        },
    )


def _level(phrase: Phrase, words: int) -> Level:
    if len(phrase.stems) > 2 and words >= 4:
        return Level.MUST
    return Level.SHOULD if len(phrase.stems) > 1 else Level.MAY


EXAMPLES = (
    Example(
        "Few films transcend language and culture to touch the hearts of audiences. "
        "It is slow at first. "
        "A film that transcends language and culture to touch the hearts of audiences is rare.",
        (
            "transcend language and culture to touch the hearts of audiences",
            "transcends language and culture to touch the hearts of audiences",
        ),
    ),
    Example("The cave is dark at the end of the day. We are left with little at the end of the film."),
)

DETECTOR = Detector("repeated_phrase", find, EXAMPLES)
