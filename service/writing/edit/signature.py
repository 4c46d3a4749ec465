"""A sentence as a row of signs: words of grammar as they are, others by their part of speech.

Rows of signs are what soundness compares: three signs that no writer ever put in a row betray a
cut in the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from service.document import fold
from service.gates.ledger.tagging import tags
from service.gates.ledger.words import is_function

TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:[^\W\d_]+)?|[^\W_]+(?:['’\-‑][^\W_]+)*|[,;:()—–]|[.!?…]+")
SAME = {"an": "a", "–": "—", "are": "is", "were": "was", "has": "have", "does": "do"}
EDGE = "^"


@lru_cache(maxsize=16384)
def signs(text: str) -> tuple[str, ...]:
    """Return the signs of a sentence between two edges.

    >>> signs("In 1998, she left.")
    ('^', 'in', '#', ',', 'she', 'VERB|Fin', '.', '^')
    """
    tokens = TOKEN.findall(text)
    words = [t for t in tokens if t[0].isalnum()]
    tagged = iter(tags(words))
    row = [_sign(t, next(tagged) if t[0].isalnum() else "") for t in tokens]
    return (EDGE, *row, EDGE)


def _sign(token: str, tag: str) -> str:
    if not tag:
        return "." if token[0] in ".!?…" else SAME.get(token, token)
    if token[0].isdigit():
        return "#"
    folded = fold(token)
    if is_function(folded) and not tag.startswith("VERB"):
        return SAME.get(folded, folded)
    return "NOUN|-" if tag.startswith("PROPN") else tag


def threes(row: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return every three signs in a row."""
    return list(zip(row, row[1:], row[2:], strict=False))
