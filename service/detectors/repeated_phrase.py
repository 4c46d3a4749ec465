"""`repeated_phrase`: the same words again, inflections folded, in two places or more."""

from __future__ import annotations

from math import log2

from service.detectors.analysis import Analysis
from service.detectors.clusters import without_pieces
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.inversions import inversions
from service.detectors.phrases import Phrase, repeated_frames, repeated_runs
from service.films import JSON

# Information from which a phrase is worth a reader's time. How often people and machines repeat phrases of
# either kind sets the bounds: what machine copy uses twice as often and more, it also repeats 5 to 50 times
# as often as human reviews do; below that, people repeat phrases as much as machines.
RUN = 2.0
STOCK_RUN = 1.2  # for a run of words that are typical of machine copy
FRAME = 1.0
STOCK = 3.0  # times as often in machine copy: a frame worth naming
TYPICAL = 2.0  # the same for a run; two words side by side below it are rather the name of a thing
OFTEN = 3  # places from which a typical frame is no chance any more
SURE = 3.0  # from which an editor would say the same
USUAL_LENGTH = 1500  # words; a longer text repeats itself by chance, so a phrase must tell more


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding a repeated phrase, with all its places."""
    more = 0.5 * max(0.0, log2(max(1, len(analysis.words)) / USUAL_LENGTH))
    runs = [p for p in repeated_runs(analysis) if p.information >= _least(p) + more and not _names_a_thing(p)]
    frames = [p for p in repeated_frames(analysis) if p.information >= FRAME + more and p.typical >= STOCK]
    turned = [p for p in inversions(analysis) if p.information >= SURE + more]
    return [_finding(analysis, p) for p in without_pieces((*runs, *frames, *turned))]


def _least(run: Phrase) -> float:
    return STOCK_RUN if run.typical >= TYPICAL else RUN


def _names_a_thing(phrase: Phrase) -> bool:
    return phrase.compound and phrase.typical < TYPICAL


def _finding(analysis: Analysis, phrase: Phrase) -> Finding:
    places = sorted((*phrase.places, *phrase.pieces))
    spans = tuple(analysis.span(a, b) for a, b in places)
    words = min(b - a for a, b in phrase.places)
    evidence: dict[str, JSON] = {
        "times": len(spans),
        "whole": len(phrase.places),
        "stems": list(phrase.stems),
        "words": words,
        "information": round(phrase.information, 2),
    }
    return Finding("repeated_phrase", _message(analysis, phrase), spans, _level(phrase, words), evidence)


def _message(analysis: Analysis, phrase: Phrase) -> str:
    shown = analysis.text(analysis.span(*phrase.places[0]))
    times = _times(len(phrase.places))
    if not phrase.pieces:
        return f"‘{shown}’ stands {times}: say it once, or in other words."
    piece = analysis.text(analysis.span(*phrase.pieces[0]))
    return f"‘{shown}’ stands {times}, and part of it ({piece}) {len(phrase.pieces)} times more."


def _times(count: int) -> str:
    return {2: "twice", 3: "three times"}.get(count, f"{count} times")


def _level(phrase: Phrase, words: int) -> Level:
    if phrase.frame:
        return Level.SHOULD if len(phrase.places) >= OFTEN else Level.MAY
    if phrase.turned:
        return Level.MAY
    if words >= 4 and phrase.information >= SURE:
        return Level.MUST
    return Level.SHOULD if phrase.information >= SURE else Level.MAY


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
    Example(
        "It has themes of environmentalism and rope. Few films bear their environmental themes so lightly.",
        ("themes of environmentalism", "environmental themes"),
    ),
    Example("The cave is dark at the end of the day. We are left with little at the end of the film."),
)

DETECTOR = Detector("repeated_phrase", find, EXAMPLES)
