"""Finding films by title: exact keys first, then slips of the keyboard, then beginnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Select, bindparam, select

from service.films.titles import title_key
from service.store.rows import ALTERNATIVE, IDENTIFIER
from service.store.tables import FILMS, SEGMENTS, TITLES
from service.store.title_keys import probes, slips_allowed, transpositions

CANDIDATES = 1200  # titles that one query looks at, at most: beyond it, too many are alike to choose from
NAMESAKES = 500
BEGINNINGS = 100
SURVIVORS = 200
AFTER_EVERYTHING = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Match:
    """A film that answers to a query: by which title, and how well (1 is exactly)."""

    film: int
    kind: int
    title: str
    score: float
    year: int | None = None
    weight: int = 0

    @property
    def order(self) -> tuple[float, int, int, int]:
        """Return what matches are sorted by: the better, better known, newer first."""
        return (-self.score, self.kind, -self.weight, -(self.year or 0))


def exact(connection: Connection, title: str) -> list[Match]:
    """Return every film one of whose titles has the key of `title`, the best known first."""
    found = _matches(connection, BY_KEYS, {"keys": [title_key(title)]}, lambda _: 1.0)
    return sorted(_with_films(connection, found), key=lambda m: m.order)


def similar(connection: Connection, title: str, year: int | None, limit: int) -> list[Match]:
    """Return at most `limit` films whose titles are like `title`, the best first.

    A year that differs lowers a match, it does not exclude it.
    """
    key = title_key(title)
    if not key:
        return []
    close = _closeness(key)
    found = _matches(connection, BY_KEYS, {"keys": [key, *transpositions(key)]}, close)
    wanting = len({m.film for m in found}) < limit
    if wanting and (hashes := list(dict.fromkeys(probes(key)))):
        found += _matches(connection, BY_SEGMENTS, {"hashes": hashes}, close)
    if len({m.film for m in found}) < limit:
        between = {"low": key, "high": key + AFTER_EVERYTHING}
        found += _matches(connection, BY_BEGINNING, between, lambda held: 0.5 + 0.3 * len(key) / len(held))
    matches = _with_films(connection, found)
    if year is not None:
        matches = [replace(m, score=m.score * _agreement(m.year, year)) for m in matches]
    return sorted(matches, key=lambda m: m.order)[:limit]


def strongest(matches: Sequence[Match], title: str) -> list[Match]:
    """Return those of exactly matching films that `title` means most plainly.

    As written, before folded; as main or original title, before an alternative one.
    """
    main = [m for m in matches if m.kind != ALTERNATIVE]
    wanted = " ".join(title.split()).casefold()
    written = [m for m in main if " ".join(m.title.split()).casefold() == wanted]
    return written or main or list(matches)


def _closeness(key: str) -> Callable[[str], float]:
    """Return what scores a stored key against `key`: 0 beyond the slips that its length allows."""

    def close(held: str) -> float:
        slips = slips_allowed(len(held))
        distance = OSA.distance(key, held, score_cutoff=slips)
        return 1 - distance / max(len(key), len(held)) if distance <= slips else 0.0

    return close


def _matches(
    connection: Connection,
    query: Select[Any],
    values: Mapping[str, object],
    scored: Callable[[str], float],
) -> list[Match]:
    rows = connection.execute(query, values)
    found = ((film, kind, title, scored(key)) for film, kind, key, title in rows)
    return [Match(film, kind, title, score) for film, kind, title, score in found if score > 0]


def _with_films(connection: Connection, found: Iterable[Match]) -> list[Match]:
    """Return the best match of each film, with the film's year and weight."""
    best: dict[int, Match] = {}
    for match in sorted(found, key=lambda m: m.order)[:SURVIVORS]:
        best.setdefault(match.film, match)
    films = connection.execute(OF_FILMS, {"films": list(best)})
    return [replace(best[f.number], year=f.year, weight=f.weight) for f in films]


def _agreement(stored: int | None, asked: int) -> float:
    if stored is None:
        return 0.9
    apart = abs(stored - asked)
    return (1.0, 0.95)[apart] if apart < 2 else 0.75


_COLUMNS = (TITLES.c.film, TITLES.c.kind, TITLES.c.key, TITLES.c.title)
BY_KEYS = (
    select(*_COLUMNS)
    .where(TITLES.c.key.in_(bindparam("keys", expanding=True)), TITLES.c.kind != IDENTIFIER)
    .limit(NAMESAKES)
)
BY_SEGMENTS = (
    select(*_COLUMNS)
    .select_from(SEGMENTS.join(TITLES, TITLES.c.film == SEGMENTS.c.film))
    .where(SEGMENTS.c.hash.in_(bindparam("hashes", expanding=True)), TITLES.c.kind != IDENTIFIER)
    .limit(CANDIDATES)
)
BY_BEGINNING = (
    select(*_COLUMNS)
    .where(TITLES.c.key > bindparam("low"), TITLES.c.key < bindparam("high"), TITLES.c.kind != IDENTIFIER)
    .limit(BEGINNINGS)
)
OF_FILMS = select(FILMS.c.number, FILMS.c.year, FILMS.c.weight).where(
    FILMS.c.number.in_(bindparam("films", expanding=True))
)
