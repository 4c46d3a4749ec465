"""Meeting: which stored film a new record is about, and the two made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from service.films import Film, merge, same_film, site_ids
from service.films.titles import title_key
from service.store.rows import IDENTIFIER, identifier_keys, load
from service.store.tables import FILMS, TITLES

ASKED_AT_ONCE = 500  # values a query: drivers bound how many one statement takes


def merged(connection: Connection, films: Iterable[Film]) -> list[Film]:
    """Return each record as it is to be stored: merged with the stored film that it is about, if any.

    Records that meet in one stored film, or share an id, become one.
    """
    given = list(films)
    held = _held(connection, given)
    done: dict[str, Film] = {}
    for film in given:
        stored = _met(film, held.get(film.id, ()))
        film_id = stored.id if stored else film.id
        before = done.get(film_id) or stored
        done[film_id] = merge(before, film) if before else film
    return list(done.values())


def _met(film: Film, candidates: Sequence[Film]) -> Film | None:
    """Return the candidate of the same id, else the first that is the same film."""
    own = next((c for c in candidates if c.id == film.id), None)
    return own or next((c for c in candidates if same_film(c, film)), None)


def _held(connection: Connection, films: Sequence[Film]) -> Mapping[str, list[Film]]:
    """Return, by the id of each new record, the stored films that it may be about."""
    askers: dict[int, set[str]] = defaultdict(set)
    years = {film.id: film.year for film in films}
    keys = _by(films, _keys)
    for row in _rows(connection, TITLED, TITLES.c.key, list(keys)):
        askers[row.film] |= {i for i in keys[row.key] if row.kind == IDENTIFIER or years[i] == row.year}
    ids = _by(films, lambda film: {film.id, *site_ids(film).values()})
    for row in _rows(connection, RECORDS, FILMS.c.id, list(ids)):
        askers[row.number] |= ids[row.id]
    found: dict[str, list[Film]] = defaultdict(list)
    for row in _rows(connection, RECORDS, FILMS.c.number, [n for n, asked in askers.items() if asked]):
        film = load(row.record)
        for asker in askers[row.number]:
            found[asker].append(film)
    return found


def _keys(film: Film) -> set[str]:
    return {*identifier_keys(film), *(title_key(t) for t in film.titles)}


def _by(films: Iterable[Film], keys_of: Callable[[Film], set[str]]) -> dict[str, set[str]]:
    """Return the ids of the films that each key belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    for film in films:
        for key in keys_of(film):
            found[key].add(film.id)
    return found


def _rows(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Sequence[object]
) -> Iterator[Row[Any]]:
    for start in range(0, len(values), ASKED_AT_ONCE):
        yield from connection.execute(query.where(column.in_(values[start : start + ASKED_AT_ONCE])))


TITLED = select(TITLES.c.film, TITLES.c.kind, TITLES.c.key, FILMS.c.year).join(
    FILMS, FILMS.c.number == TITLES.c.film
)
RECORDS = select(FILMS.c.number, FILMS.c.id, FILMS.c.record)
