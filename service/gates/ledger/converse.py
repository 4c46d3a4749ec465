"""Converses: `A sells it to B` is `B buys it from A`, `A is longer than B` is `B is shorter than A`.

The word may give way to its converse only where what stood before it now stands behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from service.gates.ledger.reading import Reading
from service.gates.ledger.words import is_function, rows, stem

Sides = tuple[frozenset[str], frozenset[str]]


@cache
def _pairs() -> frozenset[frozenset[str]]:
    table = ((row[0], other) for row in rows("converse.tsv") for other in row[1].split())
    return frozenset(frozenset({stem(one), stem(other)}) for one, other in table)


def turned_round(gone: str, came: str, before: Sequence[Reading], after: Sequence[Reading]) -> bool:
    """Tell whether the word `gone` gave way to its converse `came` and its two sides changed places."""
    if frozenset({stem(gone), stem(came)}) not in _pairs():
        return False
    if _compares(before) and _compares(after):
        return exchanged(before, after)
    return _crossed(_sides(stem(gone), before), _sides(stem(came), after))


def exchanged(before: Sequence[Reading], after: Sequence[Reading]) -> bool:
    """Tell whether what stood before `than` stands behind it, and the other way round."""
    return _compares(before) and _compares(after) and _crossed(_sides("than", before), _sides("than", after))


def _compares(readings: Sequence[Reading]) -> bool:
    return any(w.fold == "than" for r in readings for w in r.words)


def _crossed(old: Sides, new: Sides) -> bool:
    (ahead, behind), (now_ahead, now_behind) = old, new
    return bool((ahead - now_ahead) & now_behind and (behind - now_behind) & now_ahead)


def _sides(word: str, readings: Sequence[Reading]) -> Sides:
    """Return the stems before and behind the first word of that stem, in its sentence."""
    for r in readings:
        at = next((i for i, w in enumerate(r.words) if w.stem == word), None)
        if at is not None:
            ahead, behind = (
                frozenset(w.stem for w in part if not is_function(w.fold))
                for part in (r.words[:at], r.words[at + 1 :])
            )
            return ahead - behind, behind - ahead
    return frozenset(), frozenset()
