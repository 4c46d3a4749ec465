"""Finding films by title: exact keys first, then slips of the keyboard, then beginnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from service.films.titles import title_key
from service.store import index
from service.store.among import rows_among
from service.store.rows import ALTERNATIVE, IDENTIFIER, MAIN, read_titles
from service.store.title_keys import beginning_probe, slip_probes, slips_allowed
from service.store.title_keys import exact as exact_hash

CANDIDATES = 400  # films that one kind of likeness looks at, at most, those with the most hints first
NAMESAKES = 2000
Scored = Callable[[str], float]


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
    numbers = index.hinted(connection, exact_hash([key]))
    found = _matches(connection, _first(numbers, NAMESAKES), lambda held: float(held == key))
    return sorted(found, key=lambda m: m.order)


def by_identifier(connection: Connection, key: str) -> int | None:
    """Return the number of the film that has `key` (`imdb:tt0113277`) at another site, or None."""
    numbers = index.hinted(connection, exact_hash([key]))
    for number, _, _, titles in _films(connection, numbers):
        if any(t.kind == IDENTIFIER and t.key == key for t in read_titles(titles)):
            return number
    return None


def similar(connection: Connection, title: str, year: int | None, limit: int) -> list[Match]:
    """Return at most `limit` films whose titles are like `title`, the best first.

    A year that differs lowers a match, it does not exclude it.
    """
    key = title_key(title)
    if not key:
        return []
    found = {m.film: m for m in exact(connection, title)}
    if len(found) < limit:
        hints = index.hinted(connection, slip_probes(key))
        found |= _new_matches(connection, hints, found, _closeness(key))
    if len(found) < limit:
        hints = index.hinted(connection, beginning_probe(key))
        found |= _new_matches(connection, hints, found, _begun(key))
    matches: Iterable[Match] = found.values()
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

    def close(held: str) -> float:
        slips = slips_allowed(len(held))
        distance = OSA.distance(key, held, score_cutoff=slips)
        return 1 - distance / max(len(key), len(held)) if distance <= slips else 0.0

    return close


def _begun(key: str) -> Scored:
    """Return what scores a stored key that begins with `key`: the less follows, the better."""
    return lambda held: 0.5 + 0.3 * len(key) / len(held) if held.startswith(key) else 0.0


def _new_matches(
    connection: Connection, hints: Counter[int], found: Iterable[int], scored: Scored
) -> dict[int, Match]:
    for number in found:
        hints.pop(number, None)
    return {m.film: m for m in _matches(connection, _first(hints, CANDIDATES), scored)}


def _first(hints: Counter[int], most: int) -> list[int]:
    """Return the films that the most hints lead to."""
    return [number for number, _ in hints.most_common(most)]


def _matches(connection: Connection, films: Iterable[int], scored: Scored) -> list[Match]:
    """Return each of the films that scores at all, by its best title."""
    found = []
    for number, year, weight, titles in _films(connection, films):
        best = max(
            ((scored(t.key), -t.kind, t) for t in read_titles(titles) if t.kind != IDENTIFIER),
            default=(0.0, -MAIN, None),
        )
        if best[2] is not None and best[0] > 0:
            found.append(Match(number, best[2].kind, best[2].title, best[0], year, weight))
    return found


def _films(connection: Connection, numbers: Iterable[int]) -> Sequence[tuple[int, int | None, int, str]]:
    rows = rows_among(
        connection, "SELECT number, year, weight, titles FROM films", "number", numbers, "bigint"
    )
    return [(number, year, weight, titles) for number, year, weight, titles in rows]


def _agreement(stored: int | None, asked: int) -> float:
    if stored is None:
        return 0.9
    apart = abs(stored - asked)
    return (1.0, 0.95)[apart] if apart < 2 else 0.75
