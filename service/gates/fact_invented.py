"""`fact_invented`: what the new text asserts stands in the old text, a note or the record."""

from __future__ import annotations

from service.gates.gate import Change, Rule


def refuses(change: Change) -> str:
    """Return the first assertion that nothing supports."""
    return next((reason for s in change.settlements for reason in s.invented), "")


GATE = Rule("fact_invented", refuses)
