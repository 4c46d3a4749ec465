"""`keyword_stuffing`: the keyphrase stands oftener than search engines' own guides accept.

The band is the accepted one: up to 3% of the words, less for long phrases. The most that a text may hold is
`0.03 * words / (0.7 + length / 3)` places, `length` in words of the phrase; beyond 4% it is stuffed
outright. Without a keyphrase the phrase that the text itself says far too often is taken for it ("red
harbour ending explained"), a name in it counting as one word: human reviews stay under STUFFING. Else it is
the title of the film, known or inferred, and the finding is one level less sure: a film must be named, and a
title may be its hero's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.detectors.analysis import Analysis, Wording
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level, Subject
from service.detectors.lexicon import function_words, stem
from service.document import Span
from service.films import JSON
from service.films.vocabulary import Term, atoms_of, pieces

ACCEPTED = 0.03
STUFFED = 0.04
FEWEST = 4
STUFFING = 1.5  # times the accepted places: a phrase that nobody need have named
LEVELS = (Level.MAY, Level.SHOULD, Level.MUST)


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding where the keyphrase, given or told by the text, is over its band."""
    if not analysis.subject.keyphrase.strip() and (found := _own_keyphrase(analysis)):
        return [found]
    return _named_keyphrase(analysis)


def _own_keyphrase(analysis: Analysis) -> Finding | None:
    """Return the finding of the phrase that the text says STUFFING times as often as is accepted."""
    often = (_trimmed(analysis, w) for w in analysis.wordings if len(w.places) >= FEWEST)
    phrases = [w for w in often if _is_keyphrase(analysis, w)]
    if not phrases:
        return None
    words = len(analysis.units(0, len(analysis.words)))
    worst = max(phrases, key=lambda w: (len(w.places) / _most(words, len(w.units)), w.places))
    if len(worst.places) < STUFFING * _most(words, len(worst.units)):
        return None
    spans = tuple(analysis.span(*p) for p in worst.places)
    phrase = analysis.text(spans[0])
    return _finding(phrase, spans, words, len(worst.units), level=Level.MUST)


def _trimmed(analysis: Analysis, wording: Wording) -> Wording:
    """Return the wording without the function words at its ends, but for the "the" of a name."""
    function = [analysis.words[i].function and not analysis.words[i].masked for i in wording.units]
    left = next((k for k, f in enumerate(function) if not f), 0)
    right = next((k for k, f in enumerate(reversed(function)) if not f), 0)
    places = tuple((start + left, end - right) for start, end in wording.places)
    return Wording(wording.units[left : len(function) - right], places)


def _is_keyphrase(analysis: Analysis, wording: Wording) -> bool:
    """Tell whether it has two words that say something, one of them no name."""
    words = [analysis.words[i] for i in wording.units]
    return any(w.content and not w.number for w in words) and sum(w.content or w.masked for w in words) > 1


def _most(words: int, length: int) -> float:
    """Return how many places of a phrase of `length` words are accepted."""
    return ACCEPTED * words / (0.7 + length / 3)


def _named_keyphrase(analysis: Analysis) -> list[Finding]:
    phrase = keyphrase(analysis)
    wanted = _stems(atoms_of(phrase))
    if not wanted:
        return []
    spans = _places(analysis, wanted)
    words = max(1, len(analysis.words))
    most = _most(words, len(wanted))
    if len(spans) < FEWEST or len(spans) <= most:
        return []
    given = bool(analysis.subject.keyphrase.strip())
    outright = len(spans) > most * STUFFED / ACCEPTED
    return [_finding(phrase, tuple(spans), words, len(wanted), level=LEVELS[given + outright])]


def _finding(phrase: str, spans: tuple[Span, ...], words: int, length: int, *, level: Level) -> Finding:
    allowed = max(1, int(_most(words, length)))
    message = f"‘{phrase}’ stands {len(spans)} times in {words} words; up to {allowed} are accepted."
    evidence: dict[str, JSON] = {
        "keyphrase": phrase,
        "times": len(spans),
        "accepted": allowed,
        "percent_of_words": round(100 * len(spans) * length / words, 1),
    }
    return Finding("keyword_stuffing", message, spans, level, evidence)


def keyphrase(analysis: Analysis) -> str:
    """Return the keyphrase the copy is written for: the one given, else the film's title."""
    if analysis.subject.keyphrase.strip():
        return analysis.subject.keyphrase.strip()
    if analysis.subject.film is not None:
        return analysis.subject.film.title
    opening = _opening(analysis)
    return next((t.text for t in analysis.vocabulary.titles if t in opening), "")


def _opening(analysis: Analysis) -> list[Term]:
    """Return the names and titles up to the end of the first paragraph: a text names at once what it is
    written for.
    """
    first = next((s.block for s in analysis.sentences if not s.heading), 0)
    end = next((s.start for s in analysis.sentences if s.block > first), len(analysis.words))
    return [analysis.matches[w.mask].term for w in analysis.words[:end] if w.masked]


def _stems(atoms: Sequence[str]) -> tuple[str, ...]:
    functions = function_words()
    return tuple(functions.get(a) or stem(a) for a in atoms)


def _places(analysis: Analysis, wanted: tuple[str, ...]) -> list[Span]:
    """Return where the keyphrase stands, inflections folded, punctuation between its words ignored."""
    atoms: list[str] = []
    owners: list[int] = []
    for i, word in enumerate(analysis.words):
        fold = word[2]  # by index: this loop goes over every word
        if fold.isalnum():
            atoms.append(word[3])
            owners.append(i)
            continue
        parts = _stems(pieces(fold))
        atoms += parts
        owners += [i] * len(parts)
    spans: list[Span] = []
    after, size = 0, len(wanted)
    for at in [k for k, atom in enumerate(atoms) if atom == wanted[0]]:
        if at < after or tuple(atoms[at : at + size]) != wanted:
            continue
        if analysis.words[owners[at]].sentence == analysis.words[owners[at + size - 1]].sentence:
            spans.append(analysis.span(owners[at], owners[at + size - 1] + 1))
            after = at + size
    return spans


EXAMPLES = (
    Example(
        "Red harbours are old. A red harbour is no place to swim. "
        "The red harbour sleeps. We love the red harbour.",
        ("Red harbours", "red harbour"),
        Subject(keyphrase="red harbour"),
    ),
    Example(
        "Room No. 9 is dark. In Room No 9 nobody sleeps. I like Room No. 9. Leave Room No. 9 alone.",
        ("Room No. 9", "Room No 9"),
        Subject(keyphrase="“Room No. 9”"),
    ),
    Example(
        "Are you looking for Bell ending explained? Here is Bell ending explained in full. Many want Bell "
        "ending explained, so share Bell ending explained with everybody who likes films about the sea.",
        ("Bell ending explained",),
    ),
    Example("A red harbour is no place to swim.", (), Subject(keyphrase="red harbour")),
    Example("Nothing to count here.", (), Subject(keyphrase="…!")),
)

DETECTOR = Detector("keyword_stuffing", find, EXAMPLES)
