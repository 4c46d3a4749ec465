"""`keyword_stuffing`: the keyphrase stands oftener than search engines' own guides accept.

The band is the accepted one: up to 3% of the words, less for long phrases. The most that a text may hold is
`0.03 * words / (0.7 + length / 3)` places, `length` in words of the phrase; beyond 4% it is stuffed
outright. Without a keyphrase the film's title, known or inferred, is taken for it, and the finding is one
level less sure: a film must be named, and a title may be its hero's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.detectors.analysis import Analysis, pieces
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level, Subject
from service.detectors.lexicon import function_words, stem
from service.document import Span
from service.films import JSON
from service.films.vocabulary import TITLE_KINDS, atoms_of

ACCEPTED = 0.03
STUFFED = 0.04
FEWEST = 4
LEVELS = (Level.MAY, Level.SHOULD, Level.MUST)


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding where the keyphrase is over its band."""
    phrase = keyphrase(analysis)
    wanted = _stems(atoms_of(phrase))
    if not wanted:
        return []
    spans = _places(analysis, wanted)
    words = max(1, len(analysis.words))
    most = ACCEPTED * words / (0.7 + len(wanted) / 3)
    if len(spans) < FEWEST or len(spans) <= most:
        return []
    given = bool(analysis.subject.keyphrase.strip())
    outright = len(spans) > most * STUFFED / ACCEPTED
    level = LEVELS[given + outright]
    allowed = max(1, int(most))
    message = f"‘{phrase}’ stands {len(spans)} times in {words} words; up to {allowed} are accepted."
    share = round(100 * len(spans) * len(wanted) / words, 1)
    evidence: dict[str, JSON] = {
        "keyphrase": phrase,
        "times": len(spans),
        "accepted": allowed,
        "percent_of_words": share,
    }
    return [Finding("keyword_stuffing", message, tuple(spans), level, evidence)]


def keyphrase(analysis: Analysis) -> str:
    """Return the keyphrase the copy is written for: the one given, else the film's title."""
    if analysis.subject.keyphrase.strip():
        return analysis.subject.keyphrase.strip()
    if analysis.subject.film is not None:
        return analysis.subject.film.title
    return next((t.text for t in analysis.vocabulary.terms if t.kind in TITLE_KINDS), "")


def _stems(atoms: Sequence[str]) -> tuple[str, ...]:
    functions = function_words()
    return tuple(functions.get(a) or stem(a) for a in atoms)


def _places(analysis: Analysis, wanted: tuple[str, ...]) -> list[Span]:
    """Return where the keyphrase stands, inflections folded, punctuation between its words ignored."""
    atoms: list[str] = []
    owners: list[int] = []
    for i, word in enumerate(analysis.words):
        if word.fold.isalnum():
            atoms.append(word.stem)
            owners.append(i)
            continue
        parts = _stems(pieces(word.fold))
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
    Example("A red harbour is no place to swim.", (), Subject(keyphrase="red harbour")),
    Example("Nothing to count here.", (), Subject(keyphrase="…!")),
)

DETECTOR = Detector("keyword_stuffing", find, EXAMPLES)
