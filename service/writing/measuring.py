"""Checking claims without a model: the same verdicts for API, command line, editor and evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from service.document import Format, parse
from service.facts import ClaimReport, Decided, check, decide
from service.films import JSON, Film
from service.films.names import People
from service.writing import scoring, shapes


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
    return {"span": scoring.span_json(decided.suggestion.span), "text": decided.suggestion.replacement}
