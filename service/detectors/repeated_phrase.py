"""`repeated_phrase`: the same words again, inflections folded, in two places or more."""

from __future__ import annotations

from math import inf, log2

from service.detectors.analysis import Analysis
from service.detectors.changing import changing_frames
from service.detectors.clusters import without_pieces
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.inversions import inversions
from service.detectors.phrases import Phrase, Reading, repeated_frames, repeated_runs
from service.detectors.roles import repeated_roles
from service.detectors.together import repeated_company
from service.detectors.verbatim import repeated_wording
from service.films import JSON

# Information from which a phrase is worth a reader's time. How often people and machines repeat phrases of
# each reading sets the bounds: what machine copy uses twice as often and more, it also repeats 5 to 50 times
# as often as human reviews do; below that, people repeat phrases as much as machines.
RUN = 2.0
INFLECTED = 1.5  # for two words side by side whose first is inflected ("keep viewers … keeps viewers")
STOCK_RUN = 1.2  # for a run of words that are typical of machine copy
FRAME = 1.0
STOCK = 3.0  # times as often in machine copy: a frame worth naming
TYPICAL = 2.0  # the same for a run; two words side by side below it are rather the name of a thing
OFTEN = 3  # places from which a typical frame is no chance any more
SURE = 3.0  # from which an editor would say the same
NEAR, NEAR_WORDS = 1.5, 3  # for two stock words that stand within so many words
FAR = 2.0  # for two that stand farther apart
HEARD = 4.0  # information, times the further places, of a word that comes again in its role
LONG = 4  # words of a phrase that nobody overlooks
LONGER, NO_CHANCE = 6, 8  # the same of words that tell little: 8 come again once in 32,000 words of people
USUAL_LENGTH = 1500  # words; a longer text repeats itself by chance, so a phrase must tell more


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding a repeated phrase, with all its places."""
    more = 0.5 * max(0.0, log2(max(1, len(analysis.words)) / USUAL_LENGTH))
    candidates = (
        *repeated_runs(analysis),
        *repeated_frames(analysis),
        *inversions(analysis),
        *repeated_company(analysis),
        *repeated_wording(analysis),
        *repeated_roles(analysis),
        *changing_frames(analysis),
    )
    worth = [p for p in candidates if p.information >= _least(analysis, p) + more]
    return [_finding(analysis, p) for p in without_pieces(worth)]


def _least(analysis: Analysis, phrase: Phrase) -> float:
    """Return what a phrase must tell to be worth a finding, by the way it was found."""
    match phrase.reading:
        case Reading.RUN if phrase.compound and phrase.typical < TYPICAL:
            return INFLECTED if _inflected(analysis, phrase) else inf
        case Reading.RUN:
            return STOCK_RUN if phrase.typical >= TYPICAL else RUN
        case Reading.FRAME:
            return FRAME if phrase.typical >= STOCK else inf
        case Reading.TURNED:
            return SURE
        case Reading.TOGETHER:
            return NEAR if max(b - a for a, b in phrase.places) <= NEAR_WORDS else FAR
        case Reading.VERBATIM | Reading.ROLE:
            return 0.0  # their own rules say how often they must stand


def _inflected(analysis: Analysis, compound: Phrase) -> bool:
    """Tell whether the first of its two words changes its form, as that of no thing's name does."""
    return len({analysis.words[start].fold for start, _ in compound.places}) > 1


def _finding(analysis: Analysis, phrase: Phrase) -> Finding:
    places = sorted((*phrase.places, *phrase.pieces))
    spans = tuple(analysis.span(a, b) for a, b in places)
    words = min(len(analysis.units(*place)) for place in phrase.places)
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
    """Return how sure an editor would be of a phrase whose shortest place has so many words and names."""
    if phrase.reading is Reading.RUN and words >= LONG and phrase.information >= SURE:
        return Level.MUST
    if phrase.reading is Reading.VERBATIM and words >= NO_CHANCE:
        return Level.MUST
    return Level.SHOULD if _sure(phrase, words) else Level.MAY


def _sure(phrase: Phrase, words: int) -> bool:
    match phrase.reading:
        case Reading.RUN | Reading.TOGETHER:
            return phrase.information >= SURE
        case Reading.FRAME:
            return len(phrase.places) >= OFTEN
        case Reading.VERBATIM:
            return words >= (LONG if len(phrase.places) >= OFTEN else LONGER)
        case Reading.ROLE:
            return phrase.information * (len(phrase.places) - 1) >= HEARD
        case Reading.TURNED:
            return False


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
        "With its bright ropes, sturdy characters, and weary story, it sails. Rain falls. "
        "Its bright ropes, sturdy characters, and weary story make it sail.",
        ("bright ropes, sturdy characters, and weary story",),
    ),
    Example(
        "It has themes of environmentalism and rope. Few films bear their environmental themes so lightly.",
        ("themes of environmentalism", "environmental themes"),
    ),
    Example(
        "This heartwarming tale has a diver. The sea is grey. A heartwarming film it is not, they say.",
        ("heartwarming tale", "heartwarming film"),
    ),
    Example(
        "In the realm of cinema nobody swims. The harbour has laws, and the world of cinema none.",
        ("the realm of cinema", "the world of cinema"),
    ),
    Example(
        "It has captivating storytelling. Nobody swims at night. Immersive storytelling it is not.",
        ("captivating storytelling", "Immersive storytelling"),
    ),
    Example(
        "At night we meet Berg’s lodger. Rain falls on the harbour. Nobody trusts Berg’s lodger.",
        ("Berg’s lodger", "Berg’s lodger"),
    ),
    Example(
        "The plot keeps viewers awake. Rain falls. To keep viewers dry is another matter.",
        ("keeps viewers", "keep viewers"),
    ),
    Example(
        "It offers stunning views. Rain falls. The harbour, too, offers dreary views.",
        ("offers stunning views", "offers dreary views"),
    ),
    Example(
        "The film has stunning visuals. Rain falls. A visually stunning dive it is not.",
        ("stunning visuals", "visually stunning"),
    ),
    Example(
        "The film often uses lamps. Nobody speaks. The film often uses bells. The film often uses rain.",
        ("The film often uses",),
    ),
    Example(
        "They reach the local sheriff at night. A dog barks. In the morning the local sheriff has gone. "
        "His brother laughs, her brother weeps.",
    ),
    Example("The cave is dark at the end of the day. We are left with little at the end of the film."),
)

DETECTOR = Detector("repeated_phrase", find, EXAMPLES)
