"""`fact_invented`: what the new text asserts stands in the old text, a note or the record."""

from __future__ import annotations

from service.document import Edit
from service.gates.gate import Change, Rule
from service.gates.ledger.standing import Standing
from service.gates.ledger.tokens import content_stems, split_words

STOPS = (".", "!", "?", ":", "…")
ENOUGH = 3  # words that an edit must replace to be asked whether it speaks of them


def refuses(change: Change) -> str:
    """Return the first assertion that nothing supports."""
    for edit in change.edits:
        if _elsewhere(edit, change.standing):
            return f"{edit.after[:60]!r} shares no word with what it replaces"
    return next((reason for s in change.settlements for reason in s.invented), "")


def _elsewhere(edit: Edit, standing: Standing) -> bool:
    """Tell whether an edit puts a sentence in the place of another of which it keeps no word."""
    old, new = (frozenset(content_stems(split_words(t))) for t in (edit.before, edit.after))
    whole = edit.after.rstrip().endswith(STOPS) and len(old) >= ENOUGH
    return whole and bool(new) and not new & (old | standing.record.stems)


GATE = Rule("fact_invented", refuses)
