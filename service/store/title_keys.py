"""The hashes under which a title stands in the index of titles, and those that a search asks for.

A title is found by its exact key (`service.films.titles`), alone and with the year, by its beginning, and in
spite of slips of the keyboard or a word that is missing, too many or another one. Keys below 13 characters
allow one slip and are found by symmetric deletion (Garbe's SymSpell): two keys one edit apart, or with two
neighbours exchanged, share a form with one character left out. Of three words and more the same is done word
by word. Longer keys allow two or three slips and are found by partition (Li, Deng, Wang, Feng: Pass-Join,
VLDB 2012): cut a key into k + 1 pieces; whatever k edits do to it, one piece stays whole.

A hash only hints at a title: whoever looks it up compares the keys. All hashes of a batch of keys are
computed at once, as polynomials over the characters: the sum of c·B^place, modulo 2^64, from which that of
any part of a key is had by subtraction, and that of a key with a part left out by one addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.films.titles import LONGEST

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.uint64]

SLIPS_FROM_LENGTH = ((24, 3), (13, 2), (3, 1))  # shorter keys have too many neighbours to be told apart
DELETED_FROM, PIECES_FROM = 3, 13
BEGINNINGS = (14, 10, 7, 5, 3)  # lengths of the beginnings that are indexed
WORDS_FROM, WORDS_TO = 3, 12  # so many words a key has that is found with one of them missing
EXACT, SHORTER, BEGUN, PIECE, DATED, WORDLESS = range(
    1, 7
)  # what a hash is of, in the lowest 3 bits of a tag
NUMBERED = 8  # what else a tag says stands above them: a year, or a piece's number and its key's length
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
    return _hashes([(key, EXACT) for key in keys])


def dated(keys: Sequence[tuple[str, int]]) -> list[int]:
    """Return the hashes of whole keys with the year."""
    return _hashes([(key, _dated_tag(year)) for key, year in keys])


def entries(
    keys: Sequence[str], years: Sequence[int | None], words: Sequence[Sequence[str]]
) -> tuple[Values, Numbers]:
    """Return every hash under which the keys stand in the index, and at which place its key is in `keys`.

    `years` and `words` are those of each key: None and no words where a key has none.
    """
    text = _Text(keys)
    parts = [
        *_whole_and_begun(text),
        *_dated(text, years),
        *_shorter(text),
        *_wordless(text, words),
        *_pieces(text),
    ]
    return np.concatenate([hashes for hashes, _ in parts]), np.concatenate([owners for _, owners in parts])


class Probes(NamedTuple):
    """The hashes that a search for a key looks up."""

    exact: list[int]  # the key itself
    dated: list[int]  # the key itself, of the year asked for or one beside it
    deleted: list[int]  # a key one slip away has at least one of these
    pieces: list[int]  # a longer key within the allowed slips has at least one of these
    wordless: list[int]  # a key with one word less, more, or another, has one of these
    begun: list[int]  # every key has it that begins so; none for a query too short


def probes(words: Sequence[str], year: int | None = None) -> Probes:
    """Return what a search for the key of these words looks up."""
    query = "".join(words)[:LONGEST]
    begun = next((n for n in BEGINNINGS if n <= len(query)), 0)
    groups = (
        [(query, EXACT)],
        [(query, _dated_tag(near)) for near in _years_beside(year)],
        list(_deletion_probes(query)),
        list(_piece_probes(query)),
        list(_wordless_probes(words)),
        [(query[:begun], BEGUN)] if begun else [],
    )
    hashes = iter(_hashes([form for group in groups for form in group]))
    return Probes(*[list(islice(hashes, len(group))) for group in groups])


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
        self._downs = _powers(INVERSE, count + 2)

    def part(self, starts: Numbers, ends: Numbers) -> Values:
        """Return the values of the parts from `starts` to `ends`."""
        value: Values = (self._sums[ends] - self._sums[starts]) * self._downs[starts]
        return value

    def without(self, at: Numbers, cuts: Numbers, lengths: Numbers | int) -> Values:
        """Return the values of the keys at the places `at` without so many characters from `cuts` on."""
        starts = self.starts[at]
        before = self._sums[cuts] - self._sums[starts]
        after = (self._sums[starts + self.lengths[at]] - self._sums[cuts + lengths]) * self._downs[lengths]
        value: Values = (before + after) * self._downs[starts]
        return value


def _whole_and_begun(text: _Text) -> Iterator[tuple[Values, Numbers]]:
    yield _mixed(text.part(text.starts, text.starts + text.lengths), EXACT), text.owners
    for length in BEGINNINGS:
        at = np.flatnonzero(text.lengths > length)
        yield _mixed(text.part(text.starts[at], text.starts[at] + length), BEGUN), at


def _dated(text: _Text, years: Sequence[int | None]) -> Iterator[tuple[Values, Numbers]]:
    given: Numbers = np.array([year or 0 for year in years], dtype=np.int64)
    at = np.flatnonzero(given)
    starts = text.starts[at]
    tags: Values = (DATED + NUMBERED * given[at]).astype(np.uint64)
    yield _mixed(text.part(starts, starts + text.lengths[at]), tags), at


def _shorter(text: _Text) -> Iterator[tuple[Values, Numbers]]:
    short = np.flatnonzero((text.lengths >= DELETED_FROM) & (text.lengths < PIECES_FROM))
    at = np.repeat(short, text.lengths[short])
    yield _mixed(text.without(at, text.starts[at] + _counted(text.lengths[short]), 1), SHORTER), at


def _wordless(text: _Text, words: Sequence[Sequence[str]]) -> Iterator[tuple[Values, Numbers]]:
    """Yield what is left of keys of several words without each of them."""
    spans = [
        (at, list(map(len, held))) for at, held in enumerate(words) if WORDS_FROM <= len(held) <= WORDS_TO
    ]
    counts: Numbers = np.array([len(span) for _, span in spans], dtype=np.int64)
    at = np.repeat(np.array([at for at, _ in spans], dtype=np.int64), counts)
    lengths: Numbers = np.fromiter((n for _, span in spans for n in span), dtype=np.int64, count=len(at))
    ends = np.cumsum(lengths)
    before = np.repeat(np.concatenate(([0], ends[np.cumsum(counts)[:-1] - 1])), counts) if len(at) else ends
    cuts = ends - lengths - before
    whole = cuts + lengths <= text.lengths[at]  # of a key that was cut short, the words that stand in it
    at, cuts, lengths = at[whole], cuts[whole], lengths[whole]
    yield _mixed(text.without(at, text.starts[at] + cuts, lengths), WORDLESS), at


def _pieces(text: _Text) -> Iterator[tuple[Values, Numbers]]:
    for least, most, slips in ((PIECES_FROM, 24, 2), (24, None, 3)):
        at = np.flatnonzero((text.lengths >= least) & (text.lengths < (most or 1 << 30)))
        starts, lengths = text.starts[at], text.lengths[at]
        for n in range(slips + 1):
            cut, end = lengths * n // (slips + 1), lengths * (n + 1) // (slips + 1)
            yield _mixed(text.part(starts + cut, starts + end), _piece_tags(lengths, n)), at


def _years_beside(year: int | None) -> Iterable[int]:
    return () if year is None else (year, year - 1, year + 1)


def _dated_tag(year: int) -> int:
    return DATED + NUMBERED * year


def _deletion_probes(query: str) -> Iterator[tuple[str, int]]:
    if len(query) > PIECES_FROM:
        return
    yield query, SHORTER
    for at in range(len(query)):
        shorter = query[:at] + query[at + 1 :]
        yield shorter, EXACT
        yield shorter, SHORTER


def _wordless_probes(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield a key that has a word more; one that has a word less; one that has another word."""
    if not WORDS_FROM - 1 <= len(words) <= WORDS_TO:
        return
    yield "".join(words), WORDLESS
    for at in range(len(words) if len(words) >= WORDS_FROM else 0):
        shorter = "".join(words[:at]) + "".join(words[at + 1 :])
        yield shorter, EXACT
        yield shorter, WORDLESS


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
                yield query[at : at + end - start], PIECE + NUMBERED * (n + 8 * length)


def _piece_tags(lengths: Numbers, number: int) -> Values:
    tags: Values = (PIECE + NUMBERED * (number + 8 * lengths)).astype(np.uint64)
    return tags


def _counted(counts: Numbers) -> Numbers:
    """Return 0, 1 … up to below each of the counts, one after the other."""
    every: Numbers = np.arange(counts.sum(), dtype=np.int64)
    return every - np.repeat(np.cumsum(counts) - counts, counts)


def _hashes(forms: Sequence[tuple[str, int]]) -> list[int]:
    """Return the hash of each form; its tag says what it is of, and tells equal forms of two kinds apart."""
    text = _Text([form for form, _ in forms])
    values = text.part(text.starts, text.starts + text.lengths)
    hashes: list[int] = _mixed(values, np.array([tag for _, tag in forms], dtype=np.uint64)).tolist()
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
