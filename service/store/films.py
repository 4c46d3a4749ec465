"""The stored films: `FilmStore` of `service/writing/ports.py`, with writing besides."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, select

from service.errors import Conflict, FilmAmbiguous, FilmNotFound, InputError, InvalidFilmRecord
from service.films import JSON, Film, FilmSummary, film_from_json
from service.store import index, search
from service.store.among import rows_among
from service.store.bulk import store_rows
from service.store.database import Database
from service.store.index import Indexed
from service.store.rows import FilmRow, film_row, load, read_titles, summary
from service.store.tables import FILMS

T = TypeVar("T")

NEAREST = 3
CANDIDATES_SHOWN = 20


class SqlFilmStore:
    """Films in a database. Every method raises FilmNotFound for an id that is not stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, film_id: str) -> Film:
        """Return the film; an IMDb id that it goes by at IMDb will do for its own."""
        return await self._read(lambda c: load(_record(c, film_id)))

    async def find(self, title: str, year: int | None = None) -> Film:
        """Return the one film of that title (and year); nothing is guessed.

        Raises FilmNotFound, naming the nearest titles, or FilmAmbiguous with the candidates.
        """
        return await self._read(lambda c: _find(c, title, year))

    async def search(self, title: str, year: int | None = None, limit: int = 10) -> Sequence[FilmSummary]:
        """Return films like `title`, the best first: also misspelt, or only begun."""
        return await self._read(lambda c: _summaries(c, search.similar(c, title, year, limit)))

    async def list(self, *, limit: int, offset: int = 0) -> Sequence[FilmSummary]:
        """Return films in the order of their titles."""
        ordered = select(FILMS.c.record).order_by(FILMS.c.title, FILMS.c.year, FILMS.c.number)
        query = ordered.limit(limit).offset(offset)
        return await self._read(lambda c: [summary(r) for r in c.execute(query).scalars()])

    async def count(self) -> int:
        """Return how many films are stored."""
        return await self._read(lambda c: c.execute(select(func.count()).select_from(FILMS)).scalar_one())

    async def create(self, film: Film) -> None:
        """Store a new film. Raises Conflict where its id is taken."""
        row = film_row(film)
        await self._write(lambda c: _create(c, row))

    async def replace(self, film: Film) -> None:
        """Store a film in place of the one with its id, or as a new one."""
        row = film_row(film)
        await self._write(lambda c: put_film(c, row))

    async def delete(self, film_id: str) -> None:
        """Delete a film."""
        await self._write(lambda c: _delete(c, film_id))

    async def import_films(self, films: Iterable[Film]) -> int:
        """Store films in one transaction, merged with those stored of the same film; return how many."""
        rows = [film_row(f) for f in films]
        await self._write(lambda c: store_rows(c, rows))
        return len(rows)

    async def add(self, films: Iterable[Film]) -> Film:
        """Store records of one film, merged with each other and with the stored film; return that film."""
        rows = [film_row(f) for f in films]

        def work(connection: Connection) -> Film:
            store_rows(connection, rows)
            return load(_record(connection, rows[0].id))

        return await self._write(work)

    async def import_lines(self, lines: Iterable[str]) -> dict[str, JSON]:
        """Store film records given as JSON Lines; return how many, and what was wrong by line number.

        A line that does not read is passed over, the others are stored.
        """
        films: dict[str, Film] = {}
        problems: list[JSON] = []
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    film = film_from_json(json.loads(line))
                    films[film.id] = film
                except InvalidFilmRecord as error:
                    problems.append({"line": number, "field": error.field, "message": str(error)})
                except (ValueError, RecursionError) as error:
                    problems.append({"line": number, "field": "", "message": f"not JSON: {error}"})
        return {"imported": await self.import_films(films.values()), "problems": problems}

    async def _read(self, work: Callable[[Connection], T]) -> T:
        def within() -> T:
            with self._database.read() as connection:
                return work(connection)

        return await self._database.run(within)

    async def _write(self, work: Callable[[Connection], T]) -> T:
        def within() -> T:
            with self._database.write() as connection:
                return work(connection)

        return await self._database.run(within)


def put_film(connection: Connection, row: FilmRow) -> None:
    """Store a film in place of the one with its id, or as a new one."""
    held = _indexed(connection, row.id)
    values = {
        "title": row.title,
        "year": row.year,
        "weight": row.weight,
        "titles": row.stored_titles,
        "record": row.record,
    }
    if held is None:
        numbered = insert(FILMS).values(id=row.id, **values).returning(FILMS.c.number)
        number = connection.execute(numbered).scalar_one()
    else:
        number = held.number
        index.remove(connection, [held])
        connection.execute(FILMS.update().where(FILMS.c.number == number).values(**values))
    index.add(connection, [Indexed(number, row.year, row.weight, row.titles)])


def _indexed(connection: Connection, film_id: str) -> Indexed | None:
    """Return how the film of that id stands in the index; None where it is not stored."""
    columns = (FILMS.c.number, FILMS.c.year, FILMS.c.weight, FILMS.c.titles)
    held = connection.execute(select(*columns).where(FILMS.c.id == film_id)).first()
    return held and Indexed(held.number, held.year, held.weight, read_titles(held.titles))


def _record(connection: Connection, film_id: str) -> str:
    query = select(FILMS.c.record)
    record: str | None = connection.execute(query.where(FILMS.c.id == film_id)).scalar()
    if record is None and (number := search.by_identifier(connection, f"imdb:{film_id}")) is not None:
        record = connection.execute(query.where(FILMS.c.number == number)).scalar()
    if record is None:
        raise FilmNotFound(f"No film has the id {film_id!r}.", remedy="Search by title to see the ids.")
    return record


def _find(connection: Connection, title: str, year: int | None) -> Film:
    if not title.strip():
        raise InputError("The film's title is empty.", field="title", remedy="Give the title as released.")
    matches = search.strongest(search.exact(connection, title, year), title)
    if not matches:
        raise _not_found(connection, title, year)
    if len(matches) > 1:
        raise _ambiguous(connection, title, year, matches)
    query = select(FILMS.c.record).where(FILMS.c.number == matches[0].film)
    return load(connection.execute(query).scalar_one())


def _not_found(connection: Connection, title: str, year: int | None) -> FilmNotFound:
    nearest = _summaries(connection, search.similar(connection, title, year, NEAREST))
    of = f" of {year}" if year is not None else ""
    near = ", ".join(f"{f.title} ({f.year or 'year unknown'}, id {f.id})" for f in nearest)
    remedy = f"Nearest: {near}." if near else "Import its record, or check the spelling."
    return FilmNotFound(f"No film{of} is called {title!r}.", remedy=remedy)


def _ambiguous(
    connection: Connection, title: str, year: int | None, matches: Sequence[search.Match]
) -> FilmAmbiguous:
    shown = _summaries(connection, matches[:CANDIDATES_SHOWN])
    of = f" of {year}" if year is not None else ""
    many = f"{len(matches)} or more" if len(matches) == search.NAMESAKES else len(matches)
    message = f"{many} films{of} are called {title!r}."
    return FilmAmbiguous(message, candidates=[(f.id, f.title, f.year) for f in shown])


def _summaries(connection: Connection, matches: Sequence[search.Match]) -> list[FilmSummary]:
    numbers = [m.film for m in matches]
    records = dict(rows_among(connection, "SELECT number, record FROM films", "number", numbers, "bigint"))
    return [summary(records[m.film], round(m.score, 4)) for m in matches if m.film in records]


def _create(connection: Connection, row: FilmRow) -> None:
    if connection.execute(select(FILMS.c.number).where(FILMS.c.id == row.id)).scalar() is not None:
        raise Conflict(f"A film with the id {row.id!r} is stored already.", remedy="Replace it instead.")
    put_film(connection, row)


def _delete(connection: Connection, film_id: str) -> None:
    held = _indexed(connection, film_id)
    if held is None:
        raise FilmNotFound(f"No film has the id {film_id!r}.")
    index.remove(connection, [held])
    connection.execute(delete(FILMS).where(FILMS.c.number == held.number))
