"""Keys that titles are found by: the exact key (`service.films.titles`), and segments that survive a slip.

Slips are found by partition (Li, Deng, Wang, Feng: Pass-Join, VLDB 2012): cut a key into k + 1 pieces;
whatever k edits do to it, one piece stays whole. The pieces, hashed with their number and the key's
length, are the index; a query asks for its own substrings that could be such a piece. The index is three
or four rows a title, works alike on any database, and needs no extension.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

SLIPS_FROM_LENGTH = ((24, 3), (13, 2), (3, 1))  # shorter keys have too many neighbours to be told apart


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
