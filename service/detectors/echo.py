"""`echo`: words that this article shares with others of the site, names and titles aside.

Needs `Subject.archive`; `Subject.article` is the article's own id there, which is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from service.detectors.analysis import Analysis, analyse
from service.detectors.archive import Archive
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level, Subject
from service.detectors.lexicon import information, phrase_information
from service.document import parse
from service.films import JSON

SIZE = 5  # words in a shingle
TELLS = 2.5  # information of what is shared, from which it is more than an idiom
SURE = 5.0
NAME = "\0"


def shingles(analysis: Analysis) -> dict[tuple[int, int], int]:
    """Return the hash of each run of SIZE units within a sentence, by its word range `[start, end)`.

    A unit is a stem; a name or title, however long, is one unit.
    """
    words = analysis.words
    out: dict[tuple[int, int], int] = {}
    for sentence in analysis.sentences:
        at = analysis.units(sentence.start, sentence.end)
        parts = [NAME if words[i].masked or words[i].number else words[i].stem for i in at]
        ends = [*at[1:], sentence.end]
        for k in range(len(at) - SIZE + 1):
            if sum(words[i].content for i in at[k : k + SIZE]) > 1:
                run = " ".join(parts[k : k + SIZE])
                out[at[k], ends[k + SIZE - 1]] = crc32(run.encode("utf-8", "surrogatepass"))
    return out


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding a passage that other articles hold too."""
    archive = analysis.subject.archive
    if archive is None:
        return []
    held = {
        place: ids
        for place, shingle in shingles(analysis).items()
        if (ids := archive.holding(shingle, but=analysis.subject.article))
    }
    found = (_finding(analysis, a, b, ids) for a, b, ids in _passages(analysis, held))
    return [f for f in found if f is not None]


def _passages(
    analysis: Analysis, held: dict[tuple[int, int], frozenset[str]]
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield runs of overlapping shingles that others hold, as word ranges `[start, end)` in a sentence."""
    start, end = 0, 0
    ids: frozenset[str] = frozenset()
    for (a, b), articles in sorted(held.items()):
        if ids and a < end and analysis.words[a].sentence == analysis.words[start].sentence:
            end, ids = max(b, end), ids | articles
            continue
        if ids:
            yield start, end, ids
        start, end, ids = a, b, articles
    if ids:
        yield start, end, ids


def _finding(analysis: Analysis, start: int, end: int, ids: frozenset[str]) -> Finding | None:
    telling = [w.stem for w in analysis.words[start:end] if w.content and information(w.stem) > 0.45]
    tells = phrase_information(telling)
    if tells < TELLS:
        return None
    every = sorted(ids)
    shown = analysis.text(analysis.span(start, end))
    others = f"‘{every[0]}’" if len(every) == 1 else f"{len(every)} other articles"
    evidence: dict[str, JSON] = {
        "articles": [*every[:10]],
        "count": len(every),
        "information": round(tells, 2),
    }
    level = Level.SHOULD if tells >= SURE or len(every) > 2 else Level.MAY
    message = f"‘{shown}’ also stands in {others}."
    return Finding("echo", message, (analysis.span(start, end),), level, evidence)


def archive_of(*texts: tuple[str, str]) -> Archive:
    """Return the archive of articles, each an id and its plain text."""
    items = ((name, shingles(analyse(parse(text), Subject())).values()) for name, text in texts)
    return Archive().extended(items)


_ARCHIVE = archive_of(("old", "Ida Berg gives a performance of rare and quiet strength. The sea is cold."))
EXAMPLES = (
    Example(
        "We met Max Holm before. Max Holm gives a performance of rare and quiet strength, and sings.",
        ("gives a performance of rare and quiet strength",),
        Subject(archive=_ARCHIVE),
    ),
    Example("The sea is cold, and nobody swims in it.", (), Subject(archive=_ARCHIVE)),
    Example("Ida Berg gives a performance of rare and quiet strength."),
)

DETECTOR = Detector("echo", find, EXAMPLES)
