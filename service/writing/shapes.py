"""The JSON shapes of what Finecut answers, the same for API, runs, command line and evaluations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.document import Edit, Operation, Span
from service.facts import Claim, ClaimReport, Evidence
from service.films import JSON
from service.gates import Decision
from service.gates.ledger import Account, Ledger
from service.reviews import Review
from service.writing.edit.meta import Meta, Piece
from service.writing.ports import Usage
from service.writing.scoring import span_json


def meta_json(meta: Meta | None) -> JSON:
    """Return the title and description proposed for result pages, each with what it rests on."""
    return None if meta is None else {"title": _piece(meta.title), "description": _piece(meta.description)}


def _piece(piece: Piece | None) -> JSON:
    if piece is None:
        return None
    return {
        "text": piece.text,
        "length": len(piece.text),
        "sources": list(piece.sources),
        "keyphrase": piece.keyphrase,
    }


def evidence_json(evidence: Evidence) -> dict[str, JSON]:
    """Return a stored value with its source, licence and retrieval date."""
    origin = evidence.provenance
    return {
        "field": evidence.field,
        "value": evidence.value,
        "source": origin.source if origin else None,
        "licence": origin.licence if origin else None,
        "retrieved": origin.retrieved.isoformat() if origin and origin.retrieved else None,
    }


def claim_json(claim: Claim) -> dict[str, JSON]:
    """Return a claim with its verdict, its evidence and its suggestion."""
    mend = claim.suggestion
    return {
        "id": claim.id,
        "kind": claim.kind,
        "span": span_json(claim.span),
        "sentence": span_json(claim.sentence),
        "text": claim.text,
        "asserted": claim.asserted,
        "verdict": claim.verdict.value,
        "reason": claim.reason,
        "decided_by": claim.decided_by,
        "evidence": [evidence_json(e) for e in claim.evidence],
        "suggestion": None
        if mend is None
        else {"kind": mend.kind.value, "span": span_json(mend.span), "replacement": mend.replacement},
    }


def claims_json(report: ClaimReport) -> dict[str, JSON]:
    """Return the claims and how many of them the record decided."""
    return {
        "claims": [claim_json(c) for c in report.claims],
        "coverage": {"claims": report.coverage.claims, "checked": report.coverage.checked},
    }


def edit_json(edit: Edit) -> dict[str, JSON]:
    """Return an edit as proposed."""
    return {
        "id": edit.id,
        "span": span_json(edit.span),
        "before": edit.before,
        "after": edit.after,
        "operation": edit.operation.value,
        "origin": edit.origin,
        "reason": edit.reason,
        "answers": list(edit.answers),
    }


def decisions_json(decisions: Sequence[Decision]) -> list[JSON]:
    """Return each gate's decision with its reason."""
    return [{"gate": d.gate, "accepted": d.accepted, "reason": d.reason} for d in decisions]


def usage_json(usage: Usage) -> dict[str, JSON]:
    """Return what the model calls cost; `cost` in US dollars as a decimal string, null where unknown."""
    return {
        "calls": usage.calls,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "seconds": round(usage.seconds, 3),
        "cost": None if usage.cost is None else str(usage.cost),
    }


def sections_json(review: Review) -> list[JSON]:
    """Return the sections: for each its sentences with their sources, and where paragraphs end."""
    return [
        {
            "name": section.name.value,
            "sentences": [{"text": s.text, "sources": list(s.sources)} for s in section.sentences],
            "paragraphs": [len(p) for p in section.paragraphs],
        }
        for section in review.sections
    ]


def edit_from_json(value: Mapping[str, Any]) -> Edit:
    """Return the edit that `edit_json` wrote."""
    return Edit(
        value["id"],
        Span(*value["span"]),
        value["before"],
        value["after"],
        Operation(value["operation"]),
        value["origin"],
        value["reason"],
        tuple(value["answers"]),
    )


def ledger_json(ledger: Ledger) -> dict[str, JSON]:
    """Return what became of every entry: kept, merged, corrected, dropped, added."""
    return {
        name: [_account_json(a) for a in getattr(ledger, name)]
        for name in ("kept", "merged", "corrected", "dropped", "added")
    }


def _account_json(account: Account) -> JSON:
    return {
        "kind": account.kind.value,
        "text": account.text,
        "span": span_json(account.span),
        "reason": account.reason,
    }
