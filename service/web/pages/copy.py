"""A text with marks over it, as the pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.evaluation.highlights import Piece, pieces

GROUPS: Mapping[str, str] = {
    "repeated_phrase": "repeat",
    "repeated_idea": "repeat",
    "repeated_opening": "repeat",
    "repeated_structure": "repeat",
    "restated_opening": "repeat",
    "echo": "repeat",
    "name_variant": "name",
    "leaked_instruction": "wrong",
    "contradicted": "wrong",
    "supported": "right",
    "not_in_metadata": "unknown",
}
"""Which colour a kind of finding or a verdict has; all other kinds are `stock`."""


def marked(
    source: str, findings: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]] = ()
) -> list[Piece]:
    """Return the source in pieces with the findings and claims that lie over each."""
    return pieces(source, [*_findings(findings), *_claims(claims)])


def _findings(findings: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for finding in findings:
        group = GROUPS.get(finding["kind"], "stock")
        yield {"id": finding["id"], "spans": finding["spans"], "group": group, "says": finding["message"]}


def _claims(claims: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for claim in claims:
        group = GROUPS.get(claim["verdict"], "unknown")
        yield {"id": claim["id"], "spans": [claim["span"]], "group": group, "says": claim["reason"]}


VERDICT_ORDER = ("contradicted", "supported", "not_in_metadata")


def by_verdict(claims: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the claims, those that the record contradicts first."""
    return sorted(
        claims, key=lambda c: VERDICT_ORDER.index(c["verdict"]) if c["verdict"] in VERDICT_ORDER else 9
    )
