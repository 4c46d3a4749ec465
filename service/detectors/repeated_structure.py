"""`repeated_structure`: one construction again and again, whatever words fill it.

Each bound is where the human reviews of the development corpora grow quiet (97th percentile or above).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from service.detectors.analysis import Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import data_lines
from service.detectors.quotation import quoted
from service.detectors.slots import PatternIndex, compile_pattern, index_of
from service.detectors.structures import (
    Range,
    anaphora,
    both_and,
    contrast,
    enumeration,
    from_to,
    not_just,
    not_only,
    participle_tails,
    questions,
    templates,
    triads,
)

SHORT = 1000  # words, in which one rhetorical frame is noticed
SHORTEST = 300  # words; in a shorter text a rate says little


class Construction(NamedTuple):
    """A construction, how often it must stand (places, and places in a thousand words), what to say, and
    the level where it stands so and where more often, in `sure` places.
    """

    name: str
    places: Callable[[Analysis], Iterable[Range]]
    fewest: int
    rate: float
    says: str
    level: Level = Level.SHOULD
    often: Level = Level.SHOULD
    sure: int = 2


class Frame(NamedTuple):
    """A rhetorical frame: its family, its level, and in how many sentences it must stand."""

    family: str
    level: Level
    fewest: int


CONSTRUCTIONS = (
    Construction("not_only", not_only, 1, 0.0, "“not only … but also” stands {times}", Level.MAY),
    Construction("not_just", not_just, 1, 0.0, "“not just this; it is that” stands {times}"),
    Construction("contrast", contrast, 1, 0.0, "“not this, but that” stands {times}", Level.MAY),
    Construction("both_and", both_and, 2, 0.0, "“both this and that” stands {times}"),
    Construction("triad", triads, 3, 6.0, "lists of three stand {times}", Level.MAY, sure=4),
    Construction("anaphora", anaphora, 1, 0.0, "clauses in a row begin alike {times}"),
    Construction("questions", questions, 1, 0.0, "questions in a row begin alike {times}"),
    Construction(
        "participle_tail",
        participle_tails,
        4,
        5.0,
        "a participle is hung onto a sentence {times}",
        Level.MAY,
        Level.MAY,
    ),
    Construction("enumeration", enumeration, 2, 0.0, "points are counted off {times}", Level.MAY, Level.MAY),
    Construction("from_to", from_to, 1, 0.0, "“From this to that” opens a sentence {times}", Level.MAY),
)


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding a construction that comes back too often."""
    return [*_constructions(analysis), *_frames(analysis), *_templates(analysis)]


def _constructions(analysis: Analysis) -> Iterator[Finding]:
    thousands = max(len(analysis.words), SHORTEST) / 1000
    for construction in CONSTRUCTIONS:
        places = _telling(analysis, construction.places(analysis))
        rate = len(places) / thousands
        if len(places) >= construction.fewest and rate >= construction.rate:
            level = construction.often if len(places) >= construction.sure else construction.level
            yield _finding(
                analysis, construction.name, construction.says, places, level=level, rate=round(rate, 1)
            )


def _telling(analysis: Analysis, places: Iterable[Range]) -> list[Range]:
    return [told for place in places if (told := analysis.telling(*place))]


def _frames(analysis: Analysis) -> Iterator[Finding]:
    """Yield rhetorical frames that stand often enough: "reminds us that", "is a testament to"."""
    frames, index = frame_index()
    places: dict[str, dict[int, Range]] = {}
    for number, sentence in enumerate(analysis.sentences):
        for hit in index.find(analysis.columns.stems[sentence.start : sentence.end]):
            where = analysis.telling(sentence.start + hit.start, sentence.start + hit.end)
            if where is not None:
                places.setdefault(frames[hit.pattern].family, {}).setdefault(number, where)
    known = {f.family: f for f in frames}
    short = len(analysis.words) <= SHORT
    for family, found in places.items():
        if len(found) > 1 or (short and known[family].fewest == 1):
            says = "a frame is put round what is said {times}"
            level = known[family].level if len(found) > 1 else Level.MAY
            yield _finding(analysis, family, says, list(found.values()), level=level)


def _templates(analysis: Analysis) -> Iterator[Finding]:
    for places in templates(analysis):
        says = "one sentence is built word for word {times}"
        yield _finding(analysis, "template", says, places, level=Level.SHOULD)


@cache
def frame_index() -> tuple[tuple[Frame, ...], PatternIndex]:
    """Return the frames of `data/frames.tsv`, and the index of their patterns."""
    rows = [line.split("\t") for line in data_lines("frames.tsv")]
    frames = tuple(Frame(family, Level(level), int(fewest)) for family, level, fewest, _ in rows)
    return frames, index_of(compile_pattern(row[-1]) for row in rows)


def _finding(
    analysis: Analysis,
    name: str,
    says: str,
    places: Sequence[Range],
    *,
    level: Level,
    rate: float | None = None,
) -> Finding:
    count = {1: "once", 2: "twice", 3: "three times"}.get(len(places), f"{len(places)} times")
    spans = tuple(sorted(analysis.span(a, b) for a, b in places))
    advice = "say it plainly" if len(places) == 1 else "vary the construction"
    message = f"{says.format(times=count)} ({quoted(analysis, spans)}): {advice}."
    return Finding(
        "repeated_structure",
        message[0].upper() + message[1:],
        spans,
        level,
        {"construction": name, "times": len(places), "per_thousand_words": rate},
    )


EXAMPLES = (
    Example(
        "The diver reminds us that the sea is patient. Her brother sells boats. "
        "In the end the harbour reminds us that nothing is lost.",
        ("reminds us that",),
    ),
    Example(
        "It doesn’t merely follow the diver. It also listens. "
        "The sea is filmed not only as a threat but also as a neighbour.",
        ("doesn’t merely follow the diver. It also", "not only as a threat but also"),
    ),
    Example(
        "From the quiet of the harbour to the noise of the city, the sound never rests. We like that.",
        ("From the quiet of the harbour to the noise of the city",),
    ),
    Example("The camera is not only patient but also kind.", ("not only patient but also",)),
    Example("It isn’t just a harbour film; it’s a farewell.", ("isn’t just a harbour film; it’s a",)),
    Example("The bell does more than ring; it warns.", ("does more than ring; it warns",)),
    Example(
        "The sea is both patient and cruel. Nobody swims. The harbour is both grand and shabby.",
        ("both patient and cruel", "both grand and shabby"),
    ),
    Example("One of the reasons it works is the rain.", ("One of the reasons it works is",)),
    Example("Who has not swum? Who has not drowned a little?", ("Who has not swum", "Who has not drowned")),
    Example(
        "It is a place where boats rot, where divers drink, and where nobody swims.",
        ("where boats rot, where divers drink, and where nobody",),
    ),
    Example(
        "First, the sea is filmed at night. Nobody swims. Secondly, the bell never rings.",
        ("First, the sea", "Secondly, the bell"),
    ),
    Example("First impressions lie. Second thoughts come at sea. First Ida swims."),
    Example("From Oslo to Bergen is a long way. It isn’t just far. We swim. Where is she? Who knows?"),
    Example("It is a slow, sad and silent film. The diver reminds us of her brother."),
)

DETECTOR = Detector("repeated_structure", find, EXAMPLES)
