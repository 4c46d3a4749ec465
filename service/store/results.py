"""Stored reviews, edits and evaluations: JSON by id, newest first in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Table, select

from service.errors import EditNotFound, EvalNotFound, NotFound, ReviewNotFound
from service.films import JSON
from service.store.database import Database
from service.store.moments import utc
from service.store.tables import EDITS, EVALS, REVIEWS

LONGEST_TITLE = 300  # characters of a title that a list shows
LISTED = (
    "title",
    "name",
    "suite",
    "language",
    "format",
    "film",
    "facts_per_100_words",
    "scores",
    "words",
    "rounds",
    "articles",
)
"""What a list shows of a result, where the result has it."""
OF_A_FILM = ("id", "title", "year")


class SqlResults:
    """Results of one kind. `not_found` is raised for an id that is not stored."""

    def __init__(self, database: Database, table: Table, not_found: type[NotFound]) -> None:
        self._database = database
        self._table = table
        self._not_found = not_found

    async def get(self, result_id: str) -> Mapping[str, JSON]:
        """Return a stored result. Raises the NotFound of its kind."""
        return await self._database.run(lambda: self._get(result_id))

    async def put(self, result_id: str, value: Mapping[str, JSON], key_id: str = "") -> None:
        """Store a result as made for that API key, or the new value of one with that id.

        The time of its creation and its key stay.
        """
        await self._database.run(lambda: self._put(result_id, dict(value), key_id))

    async def key_of(self, result_id: str) -> str:
        """Return the API key that a result was made for; empty where it has none or is not stored."""
        return await self._database.run(lambda: self._key_of(result_id))

    async def list(
        self, *, limit: int, offset: int = 0, key_id: str | None = None
    ) -> Sequence[Mapping[str, JSON]]:
        """Return short entries of the stored results: id, created, updated, what is short in them.

        Of one API key alone where it is given.
        """
        return await self._database.run(lambda: self._list(limit, offset, key_id))

    def _get(self, result_id: str) -> Mapping[str, JSON]:
        table = self._table
        with self._database.read() as connection:
            row = connection.execute(select(table.c.value).where(table.c.id == result_id)).first()
        if row is None:
            raise self._not_found(f"Nothing in {table.name} has the id {result_id!r}.")
        value: Mapping[str, JSON] = row[0]
        return value

    def _key_of(self, result_id: str) -> str:
        table = self._table
        with self._database.read() as connection:
            key_id = connection.scalar(select(table.c.key_id).where(table.c.id == result_id))
        return str(key_id or "")

    def _put(self, result_id: str, value: dict[str, JSON], key_id: str) -> None:
        table = self._table
        now = datetime.now(UTC)
        values = {"updated": now, "summary": shown_in_list(value), "value": value}
        with self._database.write() as connection:
            changed = connection.execute(table.update().where(table.c.id == result_id).values(**values))
            if not changed.rowcount:
                made = {"id": result_id, "created": now, "key_id": key_id}
                connection.execute(table.insert().values(**made, **values))

    def _list(self, limit: int, offset: int, key_id: str | None) -> Sequence[Mapping[str, JSON]]:
        table = self._table
        query = (
            select(table.c.id, table.c.created, table.c.updated, table.c.summary)
            .order_by(table.c.created.desc(), table.c.id)
            .limit(limit)
            .offset(offset)
        )
        if key_id is not None:
            query = query.where(table.c.key_id == key_id)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            {**row.summary, "id": row.id, "created": _moment(row.created), "updated": _moment(row.updated)}
            for row in rows
        ]


def reviews(database: Database) -> SqlResults:
    """Return the stored reviews of `database`."""
    return SqlResults(database, REVIEWS, ReviewNotFound)


def edits(database: Database) -> SqlResults:
    """Return the stored edits of `database`."""
    return SqlResults(database, EDITS, EditNotFound)


def evals(database: Database) -> SqlResults:
    """Return the stored evaluations of `database`."""
    return SqlResults(database, EVALS, EvalNotFound)


def shown_in_list(value: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return the part of a result that a list shows, and of its film what tells it from others.

    >>> shown_in_list({"title": "Heat", "content": "x" * 999, "film": {"id": "h", "cast": []}, "words": 90})
    {'title': 'Heat', 'film': {'id': 'h'}, 'words': 90}
    """
    shown = {name: value[name] for name in LISTED if value.get(name) is not None}
    title, film = shown.get("title"), shown.get("film")
    if isinstance(title, str) and len(title) > LONGEST_TITLE:
        shown["title"] = f"{title[: LONGEST_TITLE - 1]}…"
    if isinstance(film, dict):
        shown["film"] = {name: film[name] for name in OF_A_FILM if name in film}
    return shown


def _moment(stored: datetime) -> str:
    """Return a stored moment in ISO 8601."""
    return utc(stored).isoformat()
