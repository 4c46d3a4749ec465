"""A text cut where findings and claims begin and end, so that a page can mark them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the ids of the marks that begin here, and the marks over it, shortest first."""

    text: str
    begins: tuple[str, ...]
    marks: tuple[Mapping[str, Any], ...]


def pieces(source: str, marks: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Return the source in pieces, whole and in order. A mark has `id` and `spans`; spans may overlap."""
    spans = sorted(
        ((s, e, m) for m in marks for s, e in m["spans"] if 0 <= s < e <= len(source)),
        key=lambda x: (x[1] - x[0], x[0]),
    )
    cuts = sorted({0, len(source), *(x for s, e, _ in spans for x in (s, e))})
    first = {m["id"]: min(s for s, _ in m["spans"]) for m in marks if m["spans"]}
    out = []
    for start, end in pairwise(cuts):
        over = [m for s, e, m in spans if s <= start and end <= e]
        begins = tuple(dict.fromkeys(m["id"] for m in over if first[m["id"]] == start))
        out.append(Piece(source[start:end], begins, tuple(over)))
    return out
