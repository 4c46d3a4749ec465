"""The hashes under which a title stands in the index of titles, and those that a search asks for.

A title is found by its exact key (`service.films.titles`), by its beginning, and in spite of slips of the
keyboard. Keys below 13 characters allow one slip and are found by symmetric deletion (Garbe's SymSpell):
two keys one edit apart, or with two neighbours exchanged, share a form with one character left out. Longer
keys allow two or three and are found by partition (Li, Deng, Wang, Feng: Pass-Join, VLDB 2012): cut a key
into k + 1 pieces; whatever k edits do to it, one piece stays whole.

A hash only hints at a title: whoever looks it up compares the keys. All hashes of a batch of keys are
computed at once, as polynomials over the characters: the sum of c·B^place, modulo 2^64, from which that of
any part of a key is had by subtraction, and that of a key with one character left out by one addition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.uint64]

SLIPS_FROM_LENGTH = ((24, 3), (13, 2), (3, 1))  # shorter keys have too many neighbours to be told apart
DELETED_FROM, PIECES_FROM = 3, 13
BEGINNINGS = (14, 8, 4)  # lengths of the beginnings that are indexed
EXACT, SHORTER, BEGUN, PIECE = 1, 2, 3, 4  # what a hash is of
BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
INVERSE = pow(BASE, -1, 1 << 64)
MIX = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)


@cache
def slips_allowed(length: int) -> int:
    """Return how many edits a stored key of `length` may be away from the query.

    >>> slips_allowed(2), slips_allowed(8), slips_allowed(16), slips_allowed(30)
    (0, 1, 2, 3)
    """
    return next((slips for least, slips in SLIPS_FROM_LENGTH if length >= least), 0)


@lru_cache(maxsize=256)
def pieces(length: int) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of the pieces of a key of `length`, as even as they come.

    >>> pieces(13)
    ((0, 4), (4, 8), (8, 13))
    """
    slips = slips_allowed(length)
    cuts = [length * n // (slips + 1) for n in range(slips + 2)]
    return tuple(pairwise(cuts))


def exact(keys: Sequence[str]) -> list[int]:
    """Return the hashes of whole keys."""
    return _hashes(keys, [EXACT] * len(keys))


def entries(keys: Sequence[str]) -> tuple[Values, Numbers]:
    """Return every hash under which the keys stand in the index, and at which place its key is in `keys`."""
    text = _Text(keys)
    parts = [*_whole_and_begun(text), *_shorter(text), *_pieces(text)]
    return np.concatenate([hashes for hashes, _ in parts]), np.concatenate([owners for _, owners in parts])


class Probes(NamedTuple):
    """The hashes that a search for a key looks up."""

    exact: list[int]  # the key itself
    slips: list[int]  # a key within the allowed edits has at least one of them
    begun: list[int]  # every key has it that begins so; none for a query too short


def probes(query: str) -> Probes:
    """Return what a search for `query` looks up."""
    slips = [*_deletion_probes(query), *_piece_probes(query)]
    indexed = next((n for n in BEGINNINGS if n <= len(query)), 0)
    forms = [(query, EXACT), *slips, (query[:indexed], BEGUN)]
    hashes = _hashes([form for form, _ in forms], [tag for _, tag in forms])
    return Probes(hashes[:1], hashes[1:-1], hashes[-1:] if indexed else [])


class _Text:
    """Keys, one after the other, ready to have parts of them hashed."""

    def __init__(self, keys: Sequence[str]) -> None:
        codes = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self.lengths: Numbers = np.fromiter(map(len, keys), dtype=np.int64, count=len(keys))
        self.starts: Numbers = np.cumsum(self.lengths) - self.lengths
        self.owners: Numbers = np.arange(len(keys), dtype=np.int64)
        count = len(codes)
        self._sums: Values = np.zeros(count + 1, dtype=np.uint64)
        np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * _powers(BASE, count), out=self._sums[1:])
        self._downs = _powers(INVERSE, count + 1)

    def part(self, starts: Numbers, ends: Numbers) -> Values:
        """Return the values of the parts from `starts` to `ends`."""
        value: Values = (self._sums[ends] - self._sums[starts]) * self._downs[starts]
        return value

    def without(self, starts: Numbers, ends: Numbers, places: Numbers) -> Values:
        """Return the values of the parts from `starts` to `ends` without the characters at `places`."""
        before = self._sums[places] - self._sums[starts]
        after = (self._sums[ends] - self._sums[places + 1]) * np.uint64(INVERSE)
        value: Values = (before + after) * self._downs[starts]
        return value


def _whole_and_begun(text: _Text) -> Iterator[tuple[Values, Numbers]]:
    yield _mixed(text.part(text.starts, text.starts + text.lengths), EXACT), text.owners
    for length in BEGINNINGS:
        at = np.flatnonzero(text.lengths > length)
        yield _mixed(text.part(text.starts[at], text.starts[at] + length), BEGUN), at


def _shorter(text: _Text) -> Iterator[tuple[Values, Numbers]]:
    short = np.flatnonzero((text.lengths >= DELETED_FROM) & (text.lengths < PIECES_FROM))
    at = np.repeat(short, text.lengths[short])
    starts, lengths = text.starts[at], text.lengths[at]
    first = np.cumsum(text.lengths[short]) - text.lengths[short]
    places = starts + np.arange(len(at)) - np.repeat(first, text.lengths[short])
    yield _mixed(text.without(starts, starts + lengths, places), SHORTER), at


def _pieces(text: _Text) -> Iterator[tuple[Values, Numbers]]:
    for least, most, slips in ((PIECES_FROM, 24, 2), (24, None, 3)):
        at = np.flatnonzero((text.lengths >= least) & (text.lengths < (most or 1 << 30)))
        starts, lengths = text.starts[at], text.lengths[at]
        for n in range(slips + 1):
            cut, end = lengths * n // (slips + 1), lengths * (n + 1) // (slips + 1)
            yield _mixed(text.part(starts + cut, starts + end), _piece_tags(lengths, n)), at


def _deletion_probes(query: str) -> Iterator[tuple[str, int]]:
    if len(query) > PIECES_FROM:
        return
    yield query, SHORTER
    for at in range(len(query)):
        shorter = query[:at] + query[at + 1 :]
        yield shorter, EXACT
        yield shorter, SHORTER


def _piece_probes(query: str) -> Iterator[tuple[str, int]]:
    most = slips_allowed(len(query) + 3)
    for length in range(max(PIECES_FROM, len(query) - most), len(query) + most + 1):
        slips = slips_allowed(length)
        longer = len(query) - length
        if abs(longer) > slips:
            continue
        for n, (start, end) in enumerate(pieces(length)):
            rest = slips - n
            first = max(start - n, start + longer - rest, 0)
            last = min(start + n, start + longer + rest, len(query) - (end - start))
            for at in range(first, last + 1):
                yield query[at : at + end - start], PIECE + 8 * n + 64 * length


def _piece_tags(lengths: Numbers, number: int) -> Values:
    tags: Values = (PIECE + 8 * number + 64 * lengths).astype(np.uint64)
    return tags


def _hashes(forms: Sequence[str], tags: Sequence[int]) -> list[int]:
    """Return the hash of each form; its tag says what it is of, and tells equal forms of two kinds apart."""
    text = _Text(forms)
    values = text.part(text.starts, text.starts + text.lengths)
    hashes: list[int] = _mixed(values, np.array(tags, dtype=np.uint64)).tolist()
    return hashes


def _mixed(values: Values, tags: Values | int) -> Values:
    """Return hashes of 32 bits, evenly spread (the finalizer of Moremur, once)."""
    mixed = (values ^ (np.asarray(tags, dtype=np.uint64) * np.uint64(BASE))) * MIX
    mixed ^= mixed >> HALF
    mixed *= MIX
    hashes: Values = mixed >> HALF
    return hashes


@lru_cache(maxsize=8)
def _all_powers(base: int, count: int) -> Values:
    powers: Values = np.full(count, base, dtype=np.uint64)
    powers[:1] = 1
    np.cumprod(powers, out=powers)
    return powers


def _powers(base: int, count: int) -> Values:
    """Return base^0 … base^(count-1), modulo 2^64."""
    rounded = 1 << max(10, count.bit_length())
    return _all_powers(base, rounded)[:count]
