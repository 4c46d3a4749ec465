"""`contradiction`: no claim that the record contradicts after the change but not before."""

from __future__ import annotations

from collections import Counter

from service.document import fold
from service.facts import Claim, Verdict
from service.gates.gate import Change, Rule


def _contradicted(claims: tuple[Claim, ...]) -> Counter[tuple[str, str]]:
    return Counter((c.kind, fold(str(c.asserted))) for c in claims if c.verdict is Verdict.CONTRADICTED)


def refuses(change: Change) -> str:
    """Return the first claim that the change brings into contradiction with the record."""
    if change.film is None:
        return ""
    fresh = _contradicted(change.claims_after) - _contradicted(change.claims_before)
    for claim in change.claims_after:
        if claim.verdict is Verdict.CONTRADICTED and fresh[claim.kind, fold(str(claim.asserted))]:
            return f"{claim.text!r}: {claim.reason}"
    return ""


GATE = Rule("contradiction", refuses)
