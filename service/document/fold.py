"""Folding for comparison: case, accents, apostrophes, hyphens and width, with or without an index map.

`fold` may change a string's length (`İ`, `ß`, `…`, a decomposed accent); `fold_with_map` says
where each folded character came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# What NFKD leaves alone although readers take the two for one: typographic apostrophes and
# hyphens, the letters whose stroke or ligature is no combining mark.
_SAME = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ＇`´", "'"),
        **dict.fromkeys("‐‑‒−", "-"),
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ı": "i",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "þ": "th",
        "Þ": "Th",
    }
)
_SPELT_OTHERWISE = re.compile(f"[{re.escape(''.join(map(chr, _SAME)))}]")
# Accents of the alphabets, Hebrew points, Arabic vowel signs; and characters nobody sees. The
# voicing marks of kana and the vowel signs of Indic scripts tell words apart and stay.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_CACHED = 64  # longer strings are no words; caching them would only hold memory


def fold(text: str) -> str:
    """Return `text` casefolded, without accents, apostrophes and hyphens straight, without
    invisible characters. Lengths may change. Folding twice changes nothing more.

    >>> fold("Amélie’s Łódź — 𝐅𝐢𝐥𝐦")
    "amelie's lodz — film"
    """
    if len(text) <= _CACHED:
        return _fold_word(text)
    return _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower().replace("`", "'")
    return unicodedata.normalize("NFC", _bare(_bare(text).casefold()))


def _bare(text: str) -> str:
    """Return `text` decomposed, without accents, `_SAME` made the same."""
    if text.isascii():
        return text.replace("`", "'")
    plain = unicodedata.normalize("NFKD", text)
    if _SPELT_OTHERWISE.search(plain):  # few have any, and `translate` looks each character up
        plain = plain.translate(_SAME)
    return _DROPPED.sub("", plain)


_fold_word = lru_cache(maxsize=16384)(_fold)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Cut `text` where folding cannot join what stands on the two sides: before any character
    that neither combines with the one before nor composes with it (Hangul jamo).
    """
    out: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(text)):
        c = text[i]
        if c.isascii() or not (
            unicodedata.category(c)[0] == "M" or "\u1100" <= c <= "\u11ff" or unicodedata.combining(c)
        ):
            out.append((start, i))
            start = i
    if text:
        out.append((start, len(text)))
    return out


def fold_with_map(text: str) -> tuple[str, Sequence[int]]:
    """Return the folded text and, for each of its characters and its end, the index in `text`.

    With `folded, index = fold_with_map(text)`, the folded characters `[i, j)` stand at
    `text[index[i]:index[j]]`; `index` has `len(folded) + 1` items and never falls.

    >>> folded, index = fold_with_map("Größe")
    >>> folded, "Größe"[index[3]:index[5]]
    ('grosse', 'ß')
    """
    if text.isascii():
        return _fold(text), range(len(text) + 1)
    pieces: list[str] = []
    index: list[int] = []
    for start, end in _clusters(text):
        folded = _fold_word(text[start:end])
        pieces.append(folded)
        index.extend([start] * len(folded))
    index.append(len(text))
    return "".join(pieces), index
