"""The index of titles: pairs (hash, film) that hint at the films to look at for a search.

Two tables hold it. `title_entries` has a row a pair and takes what is stored film by film. `title_buckets`
takes what an import brings, a thousand times as much: the pairs sorted and packed, one blob for all
hashes with the same upper half. An import's pairs wait in `new_title_entries` until its end, because sorting
all of them and writing each blob once costs a twentieth of writing them one by one.

A pair may be stale (its film deleted or retitled since): whoever follows it compares titles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, insert, select, text

from service.store.among import rows_among
from service.store.rows import IDENTIFIER, TitleRow
from service.store.tables import BUCKETS, ENTRIES, NEW_ENTRIES
from service.store.title_keys import entries, exact

BUCKET_BITS = 14  # buckets are told apart by so many upper bits of a hash of 32
PART_BITS = 6  # waiting pairs are sorted a part at a time, so that few are in memory
PARTS = 1 << PART_BITS
LOOSE = 50_000  # rows of `title_entries` beyond which the end of an import packs them too
OF_ONE_HASH = 1000  # films that one hash leads to in a search, at most: more are too many to choose from
ALL = 1 << 32
FILM_BITS = 32
FILM = (1 << FILM_BITS) - 1

Pairs = npt.NDArray[np.uint64]


def hinted(connection: Connection, *groups: Iterable[int], most: int = OF_ONE_HASH) -> list[Counter[int]]:
    """Return, for each group of hashes, the films that they lead to, each with how many of them do.

    Of the films that one hash leads to, `most` count.
    """
    wanted: defaultdict[int, list[Counter[int]]] = defaultdict(list)
    found: list[Counter[int]] = [Counter() for _ in groups]
    for group, counter in zip(groups, found, strict=True):
        for hashed in group:
            wanted[hashed].append(counter)
    for hashed, film in rows_among(connection, LOOSE_PAIRS, "hash", wanted, "bigint"):
        for counter in wanted[hashed]:
            counter[film] += 1
    of_bucket: defaultdict[int, list[int]] = defaultdict(list)
    for hashed in wanted:
        of_bucket[hashed >> (32 - BUCKET_BITS)].append(hashed)
    for bucket, packed in rows_among(connection, PACKED_PAIRS, "bucket", of_bucket, "bigint"):
        pairs = memoryview(packed).cast("Q")
        for hashed in of_bucket[bucket]:
            start = bisect_left(pairs, hashed << FILM_BITS)
            end = bisect_left(pairs, (hashed + 1) << FILM_BITS, start, min(len(pairs), start + most))
            if start < end:
                films = [pair & FILM for pair in pairs[start:end]]
                for counter in wanted[hashed]:
                    counter.update(films)
    return found


def empty(connection: Connection) -> bool:
    """Return whether no pair stands in the index; some may wait."""
    tables = (select(ENTRIES.c.film).limit(1), select(BUCKETS.c.bucket).limit(1))
    return all(connection.execute(query).first() is None for query in tables)


def add(connection: Connection, films: Sequence[tuple[int, Sequence[TitleRow]]]) -> None:
    """Put films (number, titles) into the index at once."""
    rows = [{"hash": int(pair) >> FILM_BITS, "film": int(pair) & FILM} for pair in pairs_of(films)]
    if rows:
        connection.execute(ADD, rows)


def remove(connection: Connection, films: Sequence[tuple[int, Sequence[TitleRow]]]) -> None:
    """Take films out of the pairs that stand in rows; packed ones stay behind, stale."""
    gone = [{"h": int(pair) >> FILM_BITS, "f": int(pair) & FILM} for pair in pairs_of(films)]
    if gone:
        connection.execute(text("DELETE FROM title_entries WHERE hash = :h AND film = :f"), gone)


def wait(connection: Connection, films: Sequence[tuple[int, Sequence[TitleRow]]]) -> None:
    """Let the pairs of films (number, titles) wait for `build`."""
    pairs = pairs_of(films)
    bounds = _bounds(pairs, np.arange(PARTS + 1, dtype=np.uint64), 64 - PART_BITS)
    rows = [
        {"part": part, "entries": pairs[start:end].tobytes()}
        for part, (start, end) in enumerate(pairwise(bounds))
        if end > start
    ]
    if rows:
        connection.execute(insert(NEW_ENTRIES), rows)


def pairs_of(films: Sequence[tuple[int, Sequence[TitleRow]]]) -> Pairs:
    """Return the pairs of films (number, titles), hash above film, sorted, without repeats."""
    keys: list[str] = []
    counts = []
    known: list[tuple[int, str]] = []
    for number, rows in films:
        named = [row.key for row in rows if row.kind != IDENTIFIER]
        keys += named
        counts.append(len(named))
        if len(named) < len(rows):
            known += [(number, row.key) for row in rows if row.kind == IDENTIFIER]
    hashes, owners = entries(keys)
    numbers = np.repeat(np.array([number for number, _ in films], dtype=np.uint64), counts)
    pairs = hashes << np.uint64(FILM_BITS) | numbers[owners]
    own = zip(exact([key for _, key in known]), known, strict=True)
    identified = [h << FILM_BITS | number for h, (number, _) in own]
    return np.unique(np.concatenate([pairs, np.array(identified, dtype=np.uint64)]))


def build(connection: Connection) -> None:
    """Pack the pairs that wait, and those in rows where they are many."""
    loose = connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one() > LOOSE
    for part in range(PARTS):
        pairs = list(_waiting(connection, part))
        if loose:
            pairs.append(_loose(connection, part))
        if any(len(p) for p in pairs):
            _merge(connection, part, np.unique(np.concatenate(pairs)))
    connection.execute(delete(NEW_ENTRIES))
    if loose:
        connection.execute(delete(ENTRIES))


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
    return np.array([h << FILM_BITS | film for h, film in connection.execute(query)], dtype=np.uint64)


def _merge(connection: Connection, part: int, pairs: Pairs) -> None:
    """Write `pairs`, sorted and of one part, into their buckets."""
    numbers = np.unique(pairs >> np.uint64(64 - BUCKET_BITS))
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
            fresh = np.union1d(np.frombuffer(held[bucket], dtype=np.uint64), fresh)
        rows.append({"bucket": bucket, "entries": fresh.tobytes()})
    connection.execute(PUT_BUCKET, rows)


LOOSE_PAIRS = "SELECT hash, film FROM title_entries"
PACKED_PAIRS = "SELECT bucket, entries FROM title_buckets"
ADD = text("INSERT INTO title_entries (hash, film) VALUES (:hash, :film) ON CONFLICT (hash, film) DO NOTHING")
PUT_BUCKET = text(
    "INSERT INTO title_buckets (bucket, entries) VALUES (:bucket, :entries)"
    " ON CONFLICT (bucket) DO UPDATE SET entries = excluded.entries"
)
