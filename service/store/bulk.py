"""Importing many films: in batches, resumable after a kill, the search index built at the end.

Each batch is one transaction that stores films, what the index will need of them, and how far the import
has come. New films' titles wait in tables without an index and are moved into the index in its own
order when the import ends: building it row by row costs several times as much. Films that were stored
before are merged with the new record (`service.store.meeting`) and stored at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection, delete, func, insert, select, text

from service.films import Film
from service.store.database import Database
from service.store.films import put_film
from service.store.meeting import merged
from service.store.rows import FilmRow, film_row
from service.store.tables import FILMS, IMPORTS, NEW_SEGMENTS, NEW_TITLES, TITLES

BATCH = 2000
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: films stored by it, films passed over because an earlier run stored them."""

    films: int
    resumed_after: int


def import_all(
    database: Database, films: Iterable[Film], *, key: str, told: Told = lambda _: None
) -> Imported:
    """Store `films`, merged with the stored films that they are about; `told` hears how many are stored.

    `key` names the very input (path, size, time of change). If a run with that key was cut off, its
    films are passed over; the order must be the same again. Blocks; call from a worker thread.
    """
    before = _position(database, key)
    if not before:
        with database.write() as connection:
            build_index(connection)  # what an import that nobody resumed left waiting
    films = iter(films)
    for _ in islice(films, before):
        pass
    stored = 0
    while batch := list(islice(films, BATCH)):
        with database.write() as connection:
            _store(connection, batch)
            stored += len(batch)
            _remember(connection, key, before + stored)
        told(before + stored)
    with database.write() as connection:
        build_index(connection)
        connection.execute(delete(IMPORTS).where(IMPORTS.c.id == key))
    return Imported(stored, before)


def build_index(connection: Connection) -> None:
    """Move the titles that wait into the search index."""
    for statement in INDEX:
        connection.execute(text(statement))


def _position(database: Database, key: str) -> int:
    with database.read() as connection:
        position = connection.execute(select(IMPORTS.c.films).where(IMPORTS.c.id == key)).scalar()
    return position or 0


def _remember(connection: Connection, key: str, films: int) -> None:
    values = {"films": films, "position": datetime.now(UTC).isoformat()}
    changed = connection.execute(IMPORTS.update().where(IMPORTS.c.id == key).values(**values))
    if not changed.rowcount:
        connection.execute(insert(IMPORTS).values(id=key, bad_rows=0, **values))


def _store(connection: Connection, films: Sequence[Film]) -> None:
    latest = {film.id: film_row(film) for film in merged(connection, films)}
    held = set(connection.execute(select(FILMS.c.id).where(FILMS.c.id.in_(list(latest)))).scalars())
    for row in latest.values():
        if row.id in held:
            _replace(connection, row)
    new = [row for row in latest.values() if row.id not in held]
    if not new:
        return
    first = (connection.execute(select(func.max(FILMS.c.number))).scalar() or 0) + 1
    if connection.dialect.name != "sqlite":
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence('films', 'number'), :n)"), {"n": first + len(new)}
        )
    numbered = list(enumerate(new, start=first))
    _many(connection, "films", FILM_COLUMNS, _film_rows(numbered))
    _many(connection, NEW_TITLES.name, TITLE_COLUMNS, _title_rows(numbered))
    _many(connection, NEW_SEGMENTS.name, ("hash", "film"), _segment_rows(numbered))


def _replace(connection: Connection, row: FilmRow) -> None:
    """Put a film in place of the stored one, also where that one still waits for the index."""
    number = connection.execute(select(FILMS.c.number).where(FILMS.c.id == row.id)).scalar_one()
    if connection.execute(select(TITLES.c.film).where(TITLES.c.film == number).limit(1)).scalar():
        put_film(connection, row)
        return
    connection.execute(delete(NEW_TITLES).where(NEW_TITLES.c.film == number))
    connection.execute(delete(NEW_SEGMENTS).where(NEW_SEGMENTS.c.film == number))
    put_film(connection, row)


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


Numbered = Sequence[tuple[int, FilmRow]]


def _film_rows(rows: Numbered) -> Iterator[tuple[object, ...]]:
    return ((n, r.id, r.title, r.year, r.weight, r.record) for n, r in rows)


def _title_rows(rows: Numbered) -> Iterator[tuple[object, ...]]:
    return ((n, t.place, t.kind, t.key, t.title) for n, r in rows for t in r.titles)


def _segment_rows(rows: Numbered) -> Iterator[tuple[object, ...]]:
    return ((h, n) for n, r in rows for h in r.hashes)


FILM_COLUMNS = ("number", "id", "title", "year", "weight", "record")
TITLE_COLUMNS = ("film", "place", "kind", "key", "title")
INDEX = (
    """INSERT INTO titles (film, place, kind, key, title)
    SELECT film, place, kind, key, title FROM new_titles ORDER BY film, place""",
    "INSERT INTO title_segments (hash, film) SELECT hash, film FROM new_title_segments ORDER BY hash, film",
    "DELETE FROM new_titles",
    "DELETE FROM new_title_segments",
)
