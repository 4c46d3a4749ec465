"""`fact_lost`: what a text asserts stands after the change, or elsewhere in it, or is filler."""

from __future__ import annotations

from service.gates.gate import Change, Rule


def refuses(change: Change) -> str:
    """Return the first assertion that the change loses."""
    return next((reason for s in change.settlements for reason in s.lost), "")


GATE = Rule("fact_lost", refuses)
