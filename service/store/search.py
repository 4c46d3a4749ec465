"""Finding films by title: exact keys first, then slips of the keyboard, then beginnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import orjson
from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from service.films.titles import title_key
from service.store import index
from service.store.among import rows_among
from service.store.rows import ALTERNATIVE, IDENTIFIER, MAIN
from service.store.title_keys import exact as exact_hashes
from service.store.title_keys import probes, slips_allowed

CANDIDATES = 150  # films whose titles one kind of likeness compares, at most
RANKED = 4  # times as many are ranked by how well they are known
Scored = Callable[[str], float]
Stored = tuple[int, int | None, int, str]  # number, year, weight, titles of a film


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
    key = title_key(title)
    (hints,) = index.hinted(connection, exact_hashes([key]), most=index.ALL)
    films = _films(connection, hints, most=len(hints))
    return sorted(_matches(films, lambda held: float(held == key)), key=lambda m: m.order)


def by_identifier(connection: Connection, key: str) -> int | None:
    """Return the number of the film that has `key` (`imdb:tt0113277`) at another site, or None."""
    (hints,) = index.hinted(connection, exact_hashes([key]))
    for number, _, _, titles in _films(connection, hints):
        if any(kind == IDENTIFIER and held == key for kind, held, _ in orjson.loads(titles)):
            return number
    return None


def similar(connection: Connection, title: str, year: int | None, limit: int) -> list[Match]:
    """Return at most `limit` films whose titles are like `title`, the best first.

    A year that differs lowers a match, it does not exclude it. Films that only one hint leads to are looked
    at where nothing better is found.
    """
    key = title_key(title)
    if not key:
        return []
    same, slips, begun = index.hinted(connection, *probes(key))
    matches = _matches(_films(connection, same, year), _closeness(key))
    if len(matches) < limit:
        others = Counter({n: hints for n, hints in slips.items() if hints > 1 and n not in same})
        matches += _matches(_films(connection, others, year), _closeness(key))
    if not matches:
        matches = _matches(_films(connection, slips, year), _closeness(key))
    if len(matches) < limit:
        others = begun - Counter({m.film: 1 for m in matches})
        matches += _matches(_films(connection, others, year), _begun(key))
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


def _closeness(key: str) -> Scored:
    """Return what scores a stored key against `key`: 0 beyond the slips that its length allows."""
    length = len(key)

    def close(held: str) -> float:
        slips = slips_allowed(len(held))
        if abs(len(held) - length) > slips:
            return 0.0
        distance = OSA.distance(key, held, score_cutoff=slips)
        return 1 - distance / max(length, len(held)) if distance <= slips else 0.0

    return close


def _begun(key: str) -> Scored:
    """Return what scores a stored key that begins with `key`: the less follows, the better."""
    return lambda held: 0.5 + 0.3 * len(key) / len(held) if held.startswith(key) else 0.0


def _matches(films: Iterable[Stored], scored: Scored) -> list[Match]:
    """Return each of the films that scores at all, by its best title."""
    found = []
    for number, year, weight, titles in films:
        best, by = 0.0, ("", MAIN)
        for kind, key, title in orjson.loads(titles):
            if kind != IDENTIFIER and (score := scored(key)) > best:
                best, by = score, (title, kind)
        if best:
            found.append(Match(number, by[1], by[0], best, year, weight))
    return found


def _films(
    connection: Connection, hints: Counter[int], year: int | None = None, most: int = CANDIDATES
) -> Sequence[Stored]:
    """Return the films that the most hints lead to; of many, those of the year, then the best known."""
    query = "SELECT number, year, weight, titles FROM films"
    numbers, then = [*hints], ""
    if len(numbers) > most:
        numbers = [number for number, _ in hints.most_common(RANKED * most)]
        of_year = f"CASE WHEN year = {year:d} THEN 0 ELSE 1 END, " if year is not None else ""
        then = f"ORDER BY {of_year}weight DESC, number LIMIT {most:d}"
    rows = rows_among(connection, query, "number", numbers, "bigint", then=then)
    return [(number, year, weight, titles) for number, year, weight, titles in rows]


def _agreement(stored: int | None, asked: int) -> float:
    if stored is None:
        return 0.9
    apart = abs(stored - asked)
    return (1.0, 0.95)[apart] if apart < 2 else 0.75
