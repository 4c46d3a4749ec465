"""Meeting: which stored film a new record is about, and what becomes of the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import orjson
from sqlalchemy import Connection

from service.films import film_to_json, merge, same_film
from service.films.merge import renewed
from service.store import index
from service.store.among import rows_among
from service.store.index import Indexed, foremost
from service.store.rows import IDENTIFIER, FilmRow, TitleRow, load, read_titles, record_row
from service.store.title_keys import dated, exact

STORED = "SELECT number, id, year, weight, record, titles FROM films"
MOST_KIN = 1 << 20  # films of one title and year, or one id: all of them


_film = lru_cache(maxsize=64)(load)  # two films that meet are looked at twice


class Stored(NamedTuple):
    """A film as the database holds it."""

    number: int
    id: str
    year: int | None
    weight: int
    record: str
    titles: str

    @property
    def indexed(self) -> Indexed:
        """Return the film as it stands in the index."""
        return Indexed(self.number, self.year, self.weight, read_titles(self.titles))


@dataclass(frozen=True, slots=True)
class Meeting:
    """What new records come to: films that are new, and stored films that they change."""

    new: tuple[FilmRow, ...]
    changed: tuple[tuple[Stored, FilmRow], ...]


def meet(connection: Connection, given: Iterable[FilmRow], *, apart: bool = False) -> Meeting:
    """Return what becomes of new records: merged with the stored films they are about, and one another.

    `apart` says that records of different ids are about different films, as one site's are. A stored film
    that a record says nothing new about is left out.
    """
    rows = _by_id(given)
    stored = {held.id: held for held in _stored(connection, "id", rows)}
    strangers = [row for row in rows.values() if row.id not in stored]
    kin = _kin(connection, strangers)
    latest: dict[int, FilmRow] = {}
    films = {held.number: held for held in stored.values()}
    new = _Newcomers(apart=apart)
    for row in rows.values():
        held = stored.get(row.id) or next((k for k in kin.get(row.id, ()) if _same(k.record, row)), None)
        if held is None:
            new.add(row)
        else:
            films[held.number] = held
            before = latest[held.number].record if held.number in latest else held.record
            latest[held.number] = merged(before, row)
    changed = tuple((films[n], row) for n, row in latest.items() if row.record != films[n].record)
    return Meeting(new.rows, changed)


def merged(held: str, row: FilmRow) -> FilmRow:
    """Return the stored record `held` with what `row` says of the same film."""
    if held == row.record:
        return row
    record = renewed(orjson.loads(held), orjson.loads(row.record))
    return record_row(record or film_to_json(merge(_film(held), _film(row.record))))


class _Newcomers:
    """Films that are not stored yet, those that are one film made one."""

    def __init__(self, *, apart: bool) -> None:
        self._apart = apart
        self._rows: list[FilmRow] = []
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)

    @property
    def rows(self) -> tuple[FilmRow, ...]:
        """Return them in the order in which they came."""
        return tuple(self._rows)

    def add(self, row: FilmRow) -> None:
        """Take a film, into the one before it that it is the same as, if any."""
        at = None if self._apart else self._place(row)
        if at is None:
            at = len(self._rows)
            self._rows.append(row)
        else:
            self._rows[at] = merged(self._rows[at].record, row)
        if not self._apart:
            for key in _meeting_keys(self._rows[at]):
                self._by_key[key].append(at)

    def _place(self, row: FilmRow) -> int | None:
        places = {at for key in _meeting_keys(row) for at in self._by_key.get(key, ())}
        return next((at for at in sorted(places) if _same(self._rows[at].record, row)), None)


def _by_id(given: Iterable[FilmRow]) -> dict[str, FilmRow]:
    """Return the records by id; those that share one become one."""
    rows: dict[str, FilmRow] = {}
    for row in given:
        rows[row.id] = merged(rows[row.id].record, row) if row.id in rows else row
    return rows


def _meeting_keys(row: FilmRow) -> set[str]:
    """Return what two rows of one film have in common at least one of: an id, or a title with the year."""
    own = {f"imdb:{row.id}"} if row.id[:2] == "tt" else set()
    return own | {t.key if t.kind == IDENTIFIER else f"{t.key} {row.year}" for t in row.titles}


def _same(held: str, row: FilmRow) -> bool:
    return same_film(_film(held), _film(row.record))


def _kin(connection: Connection, rows: Sequence[FilmRow]) -> Mapping[str, list[Stored]]:
    """Return, by the id of each new record, the stored films that it may be about, in their order."""
    found: defaultdict[str, list[Stored]] = defaultdict(list)
    if not rows or index.empty(connection):
        return found
    ids = {t.key for row in rows for t in row.titles if t.kind == IDENTIFIER} | {
        f"imdb:{row.id}" for row in rows
    }
    keys = {(t.key, row.year) for row in rows if row.year for t in row.titles if t.kind != IDENTIFIER}
    by_id, by_title = index.hinted(connection, (exact([*ids]), MOST_KIN), (dated([*keys]), MOST_KIN))
    hinted = {*foremost(by_id, MOST_KIN), *foremost(by_title, MOST_KIN)}
    own = _stored(connection, "id", _site_ids(rows))
    candidates = {held.number: held for held in (*own, *_stored(connection, "number", hinted))}
    if not candidates:
        return found
    askers: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for key in _meeting_keys(row):
            askers[key].append(row.id)
    for _, held in sorted(candidates.items()):
        shared = _meeting_keys(_bare_row(held))
        for asker in dict.fromkeys(asker for key in sorted(shared) for asker in askers.get(key, ())):
            found[asker].append(held)
    return found


def _site_ids(rows: Iterable[FilmRow]) -> set[str]:
    """Return ids that a stored film may have as its own: IMDb's are."""
    keys = (t.key for row in rows for t in row.titles if t.kind == IDENTIFIER)
    return {key.removeprefix("imdb:") for key in keys if key.startswith("imdb:")}


def _bare_row(held: Stored) -> FilmRow:
    titles: list[TitleRow] = read_titles(held.titles)
    return FilmRow(held.id, "", held.year, 0, held.record, tuple(titles))


def _stored(connection: Connection, column: str, values: Iterable[int] | Iterable[str]) -> list[Stored]:
    kind = rows_among(connection, STORED, column, values, "bigint" if column == "number" else "text")
    return [Stored(*row) for row in kind]
