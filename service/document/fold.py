"""Folding for comparison: case, accents, apostrophes and width, with or without an index map."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "＇": "'", "`": "'"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` casefolded, without accents, apostrophes straight. Lengths may change."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()
