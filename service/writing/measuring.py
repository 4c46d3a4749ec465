"""Measuring without a model: the same numbers for API, command line, editor and evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.detectors import Subject, analyse, detect, score
from service.detectors.archive import Archive
from service.detectors.echo import shingles
from service.detectors.encoder import available_encoder
from service.document import Document, Format, parse
from service.facts import ClaimReport, Decided, check, decide
from service.films import JSON, Film
from service.films.names import People
from service.writing import shapes


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
    encoder = available_encoder() if ideas else None
    findings = detect(document, subject, analysis=analysis, ideas=encoder)
    scored = shapes.score_json(score(document, subject, findings, analysis=analysis))
    looked = "looked_for" if encoder else "not_installed" if ideas else "left_out"
    return {
        **scored,
        "findings": [shapes.finding_json(f, document.source) for f in findings],
        "repeated_ideas": looked,
    }


def check_text(source: str, format: Format, film: Film) -> dict[str, JSON]:
    """Return the claims of a text with their verdicts, and the coverage."""
    return text_answer(check(parse(source, format, titles=film.titles), film), film)


def check_claims(claims: Sequence[str], film: Film) -> dict[str, JSON]:
    """Return one verdict for each claim, and the coverage."""
    return claims_answer([{"claim": claim, **check_claim(claim, film)} for claim in claims], film)


def text_answer(report: ClaimReport, film: Film) -> dict[str, JSON]:
    """Return a text's claims as the API and the command line give them."""
    return {"film": _named(film), **shapes.claims_json(report)}


def claims_answer(verdicts: Sequence[dict[str, JSON]], film: Film) -> dict[str, JSON]:
    """Return single claims' verdicts as the API gives them, with the coverage by the rules."""
    decided = [v for v in verdicts if v["verdict"] != "not_in_metadata" and "decided_by" not in v]
    return {
        "film": _named(film),
        "claims": [*verdicts],
        "coverage": {"claims": len(verdicts), "checked": len(decided)},
    }


def _named(film: Film) -> JSON:
    return {"id": film.id, "title": film.title, "year": film.year}


def check_claim(claim: str, film: Film, people: People | None = None) -> dict[str, JSON]:
    """Return the verdict on one claim as a whole, with its evidence and the assertions read in it.

    `people` are those of all known films: with them another person's name is told from a slip.
    """
    decided = decide(claim, film, people)
    out: dict[str, JSON] = {"verdict": decided.verdict.value}
    if decided.suggestion is not None:
        out["suggestion"] = decided.suggestion.kind.value
        out["replacement"] = _replacement(decided)
    out["evidence"] = [shapes.evidence_json(e) for e in decided.evidence]
    out["assertions"] = [shapes.claim_json(c) for c in decided.claims]
    return out


def _replacement(decided: Decided) -> JSON:
    assert decided.suggestion is not None
    return {"span": shapes.span_json(decided.suggestion.span), "text": decided.suggestion.replacement}
