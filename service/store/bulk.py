"""Importing many films: in batches, resumable after a kill, the index of titles packed at the end.

Each batch is one transaction that stores films, what the index will need of them, and how far the import has
come. Records about stored films are merged with them (`service.store.meeting`); what they leave as it was
is not written again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection, delete, func, insert, select, text

from service.films import Film, film_to_json
from service.films.codec import Record
from service.store import index
from service.store.database import Database
from service.store.index import Indexed
from service.store.meeting import Stored, meet
from service.store.rows import FilmRow, record_row
from service.store.tables import FILMS, IMPORTS

BATCH = 2000
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: records stored by it, and passed over because an earlier run stored them."""

    films: int
    resumed_after: int


def import_all(
    database: Database,
    films: Iterable[Film | Record],
    *,
    key: str,
    told: Told = lambda _: None,
    apart: bool = False,
) -> Imported:
    """Store `films`, merged with the stored films that they are about; `told` hears how many are stored.

    `key` names the very input (path, size, time of change). If a run with that key was cut off, its
    films are passed over; the order must be the same again. `apart` says that the records are about
    different films, as one site's are: then none is looked for among the others. Blocks; call from a
    worker thread.
    """
    before = _position(database, key)
    if not before:
        with database.write() as connection:
            index.build(connection)  # what an import that nobody resumed left waiting
    films = iter(films)
    for _ in islice(films, before):
        pass
    stored = 0
    with _swept_by_hand() as sweep:
        while batch := [_row(film) for film in islice(films, BATCH)]:
            with database.write() as connection:
                store_rows(connection, batch, apart=apart)
                stored += len(batch)
                _remember(connection, key, before + stored)
            batch = []
            told(before + stored)
            sweep()
    with database.write() as connection:
        index.build(connection)
        connection.execute(delete(IMPORTS).where(IMPORTS.c.id == key))
    return Imported(stored, before)


def store_rows(connection: Connection, rows: Iterable[FilmRow], *, apart: bool = False) -> None:
    """Store records, merged with the stored films that they are about.

    With `apart` new films wait for the index to be built; else they stand in it at once, so that the next
    records are held against them.
    """
    meeting = meet(connection, rows, apart=apart)
    _change(connection, meeting.changed)
    if not meeting.new:
        return
    first = (connection.execute(select(func.max(FILMS.c.number))).scalar() or 0) + 1
    numbered = list(enumerate(meeting.new, start=first))
    _many(connection, "films", FILM_COLUMNS, _film_rows(numbered))
    if connection.dialect.name != "sqlite":
        _go_on_counting(connection, first + len(numbered))
    put = index.wait if apart else index.add
    put(connection, [Indexed(number, row.year, row.weight, row.titles) for number, row in numbered])


@contextmanager
def _swept_by_hand() -> Iterator[Callable[[], object]]:
    """Keep the garbage collector from looking through a batch again and again while it grows.

    Gives what to call when a batch is done with, and few of its objects are left to be looked at.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield lambda: gc.collect(1)
    finally:
        if enabled:
            gc.enable()


def _row(film: Film | Record) -> FilmRow:
    return record_row(film_to_json(film) if isinstance(film, Film) else film)


def _change(connection: Connection, changed: Sequence[tuple[Stored, FilmRow]]) -> None:
    """Write changed films in place of the stored ones; the index only where it says something else."""
    moved = [(held, row) for held, row in changed if _indexed_anew(held, row)]
    index.remove(connection, [held.indexed for held, _ in moved])
    index.add(connection, [Indexed(held.number, row.year, row.weight, row.titles) for held, row in moved])
    if changed:
        connection.execute(
            CHANGE,
            [
                {
                    "at": held.number,
                    "title": row.title,
                    "year": row.year,
                    "weight": row.weight,
                    "titles": row.stored_titles,
                    "record": row.record,
                }
                for held, row in changed
            ],
        )


def _indexed_anew(held: Stored, row: FilmRow) -> bool:
    same = row.year == held.year and index.level(row.weight) == index.level(held.weight)
    return not same or row.stored_titles != held.titles


def _position(database: Database, key: str) -> int:
    with database.read() as connection:
        position = connection.execute(select(IMPORTS.c.films).where(IMPORTS.c.id == key)).scalar()
    return position or 0


def _remember(connection: Connection, key: str, films: int) -> None:
    values = {"films": films, "position": datetime.now(UTC).isoformat()}
    changed = connection.execute(IMPORTS.update().where(IMPORTS.c.id == key).values(**values))
    if not changed.rowcount:
        connection.execute(insert(IMPORTS).values(id=key, bad_rows=0, **values))


def _go_on_counting(connection: Connection, number: int) -> None:
    """Let Postgres number further films from `number` on."""
    connection.execute(
        text("SELECT setval(pg_get_serial_sequence('films', 'number'), :n, false)"), {"n": number}
    )


def _many(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterator[tuple[object, ...]]
) -> None:
    """Insert rows by the driver's own fast way: executemany in SQLite, COPY in Postgres."""
    names = ", ".join(f'"{c}"' for c in columns)
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608  # own names
    else:
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    cursor.close()


def _film_rows(rows: Sequence[tuple[int, FilmRow]]) -> Iterator[tuple[object, ...]]:
    return ((n, r.id, r.title, r.year, r.weight, r.stored_titles, r.record) for n, r in rows)


FILM_COLUMNS = ("number", "id", "title", "year", "weight", "titles", "record")
CHANGE = text(
    "UPDATE films SET title = :title, year = :year, weight = :weight, titles = :titles, record = :record"
    " WHERE number = :at"
)
