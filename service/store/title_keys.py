"""Keys that titles are found by: the exact key, and segments that survive a typing slip.

The exact key of a title is its folded letters and digits without spaces and without a leading
article, so that `The Matrix`, `Matrix, The` and `the  MATRIX!` meet.

Slips are found by partition (Li, Deng, Wang, Feng: Pass-Join, VLDB 2012): cut a key into k + 1
pieces; whatever k edits do to it, one piece stays whole. The pieces, hashed with their number and the
key's length, are the index; a query asks for its own substrings that could be such a piece. The
index is three or four rows a title, works alike on any database, and needs no extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from service.document import fold

ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "el", "il", "lo", "gli", "der", "das"})
# `die`, `los`, `las` are left out: they open English titles and place names more often.
TRAILING = re.compile(r"^(.+),\s*(the|an?|le|la|les|l'|el|il|lo|gli|der|das)$")
NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
ELISION = re.compile(r"^l'(?=\w)")
INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
WORD = re.compile(r"[^\W_]+")
LONGEST = 200  # characters of a key that count; longer titles differ before that

SLIPS_FROM_LENGTH = ((24, 3), (13, 2), (3, 1))  # shorter keys have too many neighbours to be told apart


def title_key(title: str) -> str:
    """Return the exact key of `title`; empty only where the title is blank.

    >>> title_key("The Matrix") == title_key("matrix, the") == title_key("MATRIX")
    True
    >>> title_key("Amélie"), title_key("Mr. & Mrs. Smith"), title_key("Rocky II"), title_key("The A")
    ('amelie', 'mrandmrssmith', 'rocky2', 'a')
    >>> title_key("L'Avventura"), title_key("L.A. Confidential") == title_key("LA Confidential")
    ('avventura', True)
    """
    folded = title.lower() if title.isascii() else fold(title)
    if "&" in folded:
        folded = folded.replace("&", " and ")
    if "," in folded and (turned := TRAILING.match(folded)):
        folded = turned[1]
    if folded[1:2] == "'":
        folded = ELISION.sub("", folded)
    words = WORD.findall(INITIALS.sub(r"\1", folded) if "." in folded else folded)
    if len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    if not NUMERALS.keys().isdisjoint(words):
        words = [NUMERALS.get(w, w) for w in words]
    key = "".join(words)
    return (key or "".join(folded.split()) or "".join(title.split()))[:LONGEST]


def slips_allowed(length: int) -> int:
    """Return how many edits a stored key of `length` may be away from the query.

    >>> slips_allowed(2), slips_allowed(8), slips_allowed(16), slips_allowed(30)
    (0, 1, 2, 3)
    """
    return next((slips for least, slips in SLIPS_FROM_LENGTH if length >= least), 0)


@lru_cache(maxsize=256)
def pieces(length: int) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of the pieces of a key of `length`, as even as they come.

    >>> pieces(8), pieces(13)
    (((0, 4), (4, 8)), ((0, 4), (4, 8), (8, 13)))
    """
    slips = slips_allowed(length)
    if not slips:
        return ()
    cuts = [length * n // (slips + 1) for n in range(slips + 2)]
    return tuple(pairwise(cuts))


def segments(key: str) -> list[int]:
    """Return the hashes under which `key` stands in the index of slips."""
    length = len(key)
    return [_hash(length, n, key[start:end]) for n, (start, end) in enumerate(pieces(length))]


def probes(query: str) -> Iterator[int]:
    """Yield the hashes under which a key within the allowed edits of `query` must stand."""
    most = slips_allowed(len(query) + 3)
    for length in range(max(1, len(query) - most), len(query) + most + 1):
        slips = slips_allowed(length)
        longer = len(query) - length
        if abs(longer) > slips:
            continue
        for n, (start, end) in enumerate(pieces(length)):
            rest = slips - n
            first = max(start - n, start + longer - rest, 0)
            last = min(start + n, start + longer + rest, len(query) - (end - start))
            for at in range(first, last + 1):
                yield _hash(length, n, query[at : at + end - start])


def transpositions(query: str) -> Iterator[str]:
    """Yield `query` with two neighbours across a piece's edge exchanged.

    To the index a transposition is two edits; within one piece it finds the others whole, across an
    edge it breaks two.
    """
    for start, _ in pieces(len(query))[1:]:
        yield query[: start - 1] + query[start] + query[start - 1] + query[start + 1 :]


def _hash(length: int, number: int, piece: str) -> int:
    return crc32(f"{length}.{number}.{piece}".encode("utf-8", "surrogatepass"))
