"""A reader's own decisions on the accepted edits."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from service.document import Edit, apply
from service.errors import InvalidEdit


def decide_edits(original: str, edits: Sequence[Edit], accepted_ids: Collection[str]) -> str:
    """Return `original` with the edits of these ids in place; none gives back the very string.

    Raises InvalidEdit for an id that no edit has.
    """
    unknown = sorted(set(accepted_ids) - {e.id for e in edits})
    if unknown:
        raise InvalidEdit(
            f"No edit is called {', '.join(unknown)}.", remedy="Use the ids that the edit answered with."
        )
    return apply(original, [e for e in edits if e.id in accepted_ids])
