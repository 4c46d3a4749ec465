"""What a text scores, the same for API, command line, editor and evaluation, and how it is written as JSON.

Scoring alone starts at once: this module loads neither the rules of facts nor those of edits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from service.detectors import Finding, Score, Subject, analyse, detect, score
from service.detectors.archive import Archive
from service.detectors.echo import shingles
from service.document import Document, Format, Span, parse
from service.films import JSON, Film

if TYPE_CHECKING:
    from service.detectors.encoder import SentenceEncoder


def score_text(
    source: str,
    format: Format,
    film: Film | None = None,
    keyphrase: str = "",
    *,
    ideas: bool = True,
    archive: Archive | None = None,
    article: str = "",
) -> dict[str, JSON]:
    """Return score, percentile, parts, findings and measures of a text, as the API and the command line give
    them.

    `ideas` looks for repeated ideas, too, at about 50 ms an article; the score is the same without them, and
    `repeated_ideas` says "looked_for", "left_out", or "not_installed" where their encoder is absent. With the
    `archive` of the site's other articles, in which this one is `article`, what it shares with them is told
    and counts.
    """
    document = parse(source, format, titles=film.titles if film else ())
    subject = Subject(film=film, keyphrase=keyphrase, archive=archive, article=article)
    return _measured(document, subject, ideas=ideas)


def shingles_of(source: str, format: Format, film: Film | None = None) -> Iterable[int]:
    """Return what an archive keeps of a text: its hashed runs of words."""
    document = parse(source, format, titles=film.titles if film else ())
    return shingles(analyse(document, Subject(film=film))).values()


def measured(
    document: Document, film: Film | None, keyphrase: str = "", *, ideas: bool = False
) -> dict[str, JSON]:
    """Return score, percentile, parts, findings and measures of a parsed text."""
    return _measured(document, Subject(film=film, keyphrase=keyphrase), ideas=ideas)


def _measured(document: Document, subject: Subject, *, ideas: bool) -> dict[str, JSON]:
    analysis = analyse(document, subject)
    encoder = _encoder() if ideas else None
    findings = detect(document, subject, analysis=analysis, ideas=encoder)
    scored = score_json(score(document, subject, findings, analysis=analysis))
    looked = "looked_for" if encoder else "not_installed" if ideas else "left_out"
    return {
        **scored,
        "findings": [finding_json(f, document.source) for f in findings],
        "repeated_ideas": looked,
    }


def _encoder() -> SentenceEncoder | None:
    from service.detectors.encoder import available_encoder  # noqa: PLC0415 - numpy, for ideas alone

    return available_encoder()


def span_json(span: Span) -> JSON:
    """Return `[start, end]`."""
    return [span.start, span.end]


def finding_json(finding: Finding, source: str) -> dict[str, JSON]:
    """Return a finding with the text at each of its spans."""
    return {
        "id": finding.id,
        "kind": finding.kind,
        "level": finding.level.value,
        "message": finding.message,
        "spans": [span_json(s) for s in finding.spans],
        "texts": [s.of(source) for s in finding.spans],
        "evidence": dict(finding.evidence),
    }


def score_json(score: Score) -> dict[str, JSON]:
    """Return a score with its parts and measures."""
    return {
        "score": score.score,
        "percentile": score.percentile,
        "parts": [
            {"name": p.name, "points": p.points, "count": p.count, "explanation": p.explanation}
            for p in score.parts
        ],
        "measures": dict(score.measures),
    }
