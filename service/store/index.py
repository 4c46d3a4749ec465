"""The index of titles: pairs of a hash and a lead, to a film that whoever searches for that hash looks at.

A lead says which film it is and how far in front it belongs: leads by a main title come before those by an
alternative one, the best known films first. So the first few of a hash will do, whatever many films share it.

Two tables hold the pairs. `title_entries` has a row a pair and takes what is stored film by film.
`title_buckets` takes what an import brings, a thousand times as much: the pairs sorted and packed, one blob
for all hashes with the same upper half. An import's pairs wait in `new_title_entries` until its end, because
sorting all of them and writing each blob once costs a twentieth of writing them one by one.

A pair may be stale (its film deleted or retitled since): whoever follows it compares titles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, insert, select, text

from service.store.among import rows_among
from service.store.rows import ALTERNATIVE, IDENTIFIER, TitleRow, read_titles
from service.store.tables import BUCKETS, ENTRIES, FILMS, NEW_ENTRIES
from service.store.title_keys import entries, exact

BUCKET_BITS = 16  # buckets are told apart by so many upper bits of a hash of 32
PART_BITS = 6  # waiting pairs are sorted a part at a time, so that few are in memory
PARTS = 1 << PART_BITS
LOOSE = 50_000  # rows of `title_entries` beyond which the end of an import packs them too
REBUILT_AT_ONCE = 2000  # films
LEAD_BITS = 32
LEAD = (1 << LEAD_BITS) - 1
LEVEL_AT, ALTERNATIVE_AT = 26, 31  # bits of a lead: the film's number, how little known it is, by which title
FILM = (1 << LEVEL_AT) - 1
LEVELS = 1 << (ALTERNATIVE_AT - LEVEL_AT)

Pairs = npt.NDArray[np.uint64]
Leads = list[Sequence[int]]


class Indexed(NamedTuple):
    """A film as it stands in the index."""

    number: int
    year: int | None
    weight: int
    titles: Sequence[TitleRow]


def level(weight: int) -> int:
    """Return at which level a film stands that so many people marked: one lower for twice as many.

    >>> level(0), level(100), level(3_000_000)
    (31, 25, 10)
    """
    return max(0, LEVELS - (weight + 1).bit_length())


def film_of(lead: int) -> int:
    """Return the number of the film that a lead leads to."""
    return lead & FILM


def hinted(connection: Connection, *groups: tuple[Iterable[int], int]) -> list[Leads]:
    """Return the leads of each hash that has some, for each group of hashes.

    Of the packed leads of one hash, so many count as its group says, those in front.
    """
    wanted: defaultdict[int, list[tuple[Leads, int]]] = defaultdict(list)
    found: list[Leads] = [[] for _ in groups]
    for (group, most), leads in zip(groups, found, strict=True):
        for hashed in group:
            wanted[hashed].append((leads, most))
    loose: defaultdict[int, list[int]] = defaultdict(list)
    for hashed, lead in rows_among(connection, LOOSE_PAIRS, "hash", wanted, "bigint"):
        loose[hashed].append(lead)
    of_bucket: defaultdict[int, list[int]] = defaultdict(list)
    for hashed in wanted:
        of_bucket[hashed >> (32 - BUCKET_BITS)].append(hashed)
    for bucket, packed in rows_among(connection, PACKED_PAIRS, "bucket", of_bucket, "bigint"):
        pairs = memoryview(packed).cast("Q")
        for hashed in of_bucket[bucket]:
            start = bisect_left(pairs, hashed << LEAD_BITS)
            for leads, most in wanted[hashed]:
                end = bisect_left(pairs, (hashed + 1) << LEAD_BITS, start, min(len(pairs), start + most))
                if start < end:
                    leads.append([pair & LEAD for pair in pairs[start:end]])
    for hashed, held in loose.items():
        for leads, _ in wanted[hashed]:
            leads.append(held)
    return found


def foremost(leads: Leads, most: int) -> list[int]:
    """Return the numbers of the films in front, each once."""
    ordered = leads[0] if len(leads) == 1 else sorted(chain.from_iterable(leads))
    return [*dict.fromkeys([lead & FILM for lead in ordered])][:most]


def empty(connection: Connection) -> bool:
    """Return whether no pair stands in the index; some may wait."""
    tables = (select(ENTRIES.c.film).limit(1), select(BUCKETS.c.bucket).limit(1))
    return all(connection.execute(query).first() is None for query in tables)


def add(connection: Connection, films: Iterable[Indexed]) -> None:
    """Put films into the index at once."""
    rows = [{"hash": int(pair) >> LEAD_BITS, "film": int(pair) & LEAD} for pair in pairs_of(films)]
    if rows:
        connection.execute(ADD, rows)


def remove(connection: Connection, films: Iterable[Indexed]) -> None:
    """Take films out of the pairs that stand in rows; packed ones stay behind, stale."""
    gone = [{"h": int(pair) >> LEAD_BITS, "f": int(pair) & LEAD} for pair in pairs_of(films)]
    if gone:
        connection.execute(text("DELETE FROM title_entries WHERE hash = :h AND film = :f"), gone)


def wait(connection: Connection, films: Iterable[Indexed]) -> None:
    """Let the pairs of films wait for `build`."""
    pairs = pairs_of(films)
    bounds = _bounds(pairs, np.arange(PARTS + 1, dtype=np.uint64), 64 - PART_BITS)
    rows = [
        {"part": part, "entries": pairs[start:end].tobytes()}
        for part, (start, end) in enumerate(pairwise(bounds))
        if end > start
    ]
    if rows:
        connection.execute(insert(NEW_ENTRIES), rows)


def rebuild(connection: Connection) -> None:
    """Put every stored film into the index anew."""
    for table in (ENTRIES, BUCKETS, NEW_ENTRIES):
        connection.execute(delete(table))
    columns = (FILMS.c.number, FILMS.c.year, FILMS.c.weight, FILMS.c.titles)
    query = select(*columns).order_by(FILMS.c.number).limit(REBUILT_AT_ONCE)
    after = -1
    while films := connection.execute(query.where(FILMS.c.number > after)).all():
        wait(connection, [Indexed(n, year, weight, read_titles(held)) for n, year, weight, held in films])
        after = films[-1].number
    build(connection)


def pairs_of(films: Iterable[Indexed]) -> Pairs:
    """Return the pairs of films, hash above lead, sorted, without repeats."""
    rows: list[TitleRow] = []
    years: list[int | None] = []
    leads: list[int] = []
    known: list[tuple[int, str]] = []
    for number, year, weight, titles in films:
        if number > FILM:
            raise OverflowError(f"the index of titles holds films numbered up to {FILM}, not {number}")
        lead = level(weight) << LEVEL_AT | number
        for row in titles:
            if row.kind == IDENTIFIER:
                known.append((lead, row.key))
            else:
                rows.append(row)
                years.append(year)
                leads.append(lead | (row.kind == ALTERNATIVE) << ALTERNATIVE_AT)
    hashes, owners = entries([row.key for row in rows], years, [row.words for row in rows])
    pairs = hashes << np.uint64(LEAD_BITS) | np.array(leads, dtype=np.uint64)[owners]
    identified = [
        h << LEAD_BITS | lead for h, (lead, _) in zip(exact([k for _, k in known]), known, strict=True)
    ]
    return _distinct(np.concatenate([pairs, np.array(identified, dtype=np.uint64)]))


def build(connection: Connection) -> None:
    """Pack the pairs that wait, and those in rows where they are many."""
    loose = connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one() > LOOSE
    for part in range(PARTS):
        pairs = list(_waiting(connection, part))
        if loose:
            pairs.append(_loose(connection, part))
        if any(len(p) for p in pairs):
            _merge(connection, part, _distinct(np.concatenate(pairs)))
    connection.execute(delete(NEW_ENTRIES))
    if loose:
        connection.execute(delete(ENTRIES))


def _distinct(pairs: Pairs) -> Pairs:
    """Sort `pairs` in place and return them without repeats: `np.unique` hashes first, which costs more."""
    pairs.sort()
    kept = np.ones(len(pairs), dtype=np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=kept[1:])
    return pairs[kept]


def _bounds(pairs: Pairs, numbers: Pairs, bits: int) -> list[int]:
    """Return where the pairs begin whose upper bits, above the lowest `bits`, are each of `numbers`."""
    return [*np.searchsorted(pairs >> np.uint64(bits), numbers).tolist()]


def _waiting(connection: Connection, part: int) -> Iterator[Pairs]:
    query = select(NEW_ENTRIES.c.entries).where(NEW_ENTRIES.c.part == part)
    for (packed,) in connection.execute(query):
        yield np.frombuffer(packed, dtype=np.uint64)


def _loose(connection: Connection, part: int) -> Pairs:
    low, high = part << (32 - PART_BITS), (part + 1) << (32 - PART_BITS)
    query = select(ENTRIES.c.hash, ENTRIES.c.film).where(ENTRIES.c.hash >= low, ENTRIES.c.hash < high)
    return np.array([h << LEAD_BITS | lead for h, lead in connection.execute(query)], dtype=np.uint64)


def _merge(connection: Connection, part: int, pairs: Pairs) -> None:
    """Write `pairs`, sorted and of one part, into their buckets."""
    numbers = _distinct(pairs >> np.uint64(64 - BUCKET_BITS))
    low, high = part << (BUCKET_BITS - PART_BITS), (part + 1) << (BUCKET_BITS - PART_BITS)
    query = select(BUCKETS.c.bucket, BUCKETS.c.entries).where(
        BUCKETS.c.bucket >= low, BUCKETS.c.bucket < high
    )
    held = {row.bucket: row.entries for row in connection.execute(query)}
    bounds = [*_bounds(pairs, numbers, 64 - BUCKET_BITS), len(pairs)]
    rows = []
    for n, bucket in enumerate(numbers.tolist()):
        fresh = pairs[bounds[n] : bounds[n + 1]]
        if bucket in held:
            fresh = _distinct(np.concatenate([np.frombuffer(held[bucket], dtype=np.uint64), fresh]))
        rows.append({"bucket": bucket, "entries": fresh.tobytes()})
    connection.execute(PUT_BUCKET, rows)


LOOSE_PAIRS = "SELECT hash, film FROM title_entries"
PACKED_PAIRS = "SELECT bucket, entries FROM title_buckets"
ADD = text("INSERT INTO title_entries (hash, film) VALUES (:hash, :film) ON CONFLICT (hash, film) DO NOTHING")
PUT_BUCKET = text(
    "INSERT INTO title_buckets (bucket, entries) VALUES (:bucket, :entries)"
    " ON CONFLICT (bucket) DO UPDATE SET entries = excluded.entries"
)
