"""Finding films by title: exact keys first, then slips of the keyboard, other words, beginnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2, log10
from typing import NamedTuple

import orjson
from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from service.films.titles import LONGEST, key_words
from service.store import index
from service.store.among import rows_among
from service.store.index import Leads, film_of, foremost
from service.store.rows import ALTERNATIVE, IDENTIFIER, MAIN
from service.store.title_keys import dated, probes, slips_allowed
from service.store.title_keys import exact as exact_hashes

CANDIDATES = 64  # films whose titles one kind of likeness compares, at least
NAMESAKES = 500  # films of exactly one title that are told apart, at most
OF_A_PIECE = 1000  # films that one piece of a key leads to, at most
MOST_MARKS = 6.5  # the logarithm of the most marks that a film has
STORED = "SELECT number, year, weight, titles FROM films"


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


def exact(connection: Connection, title: str, year: int | None = None) -> list[Match]:
    """Return the films one of whose titles has the key of `title`, the best known first; of `year` only.

    There are NAMESAKES of them at most.
    """
    key = _key(key_words(title))
    hashes = exact_hashes([key]) if year is None else dated([(key, year)])
    (leads,) = index.hinted(connection, (hashes, NAMESAKES))
    films = _films(connection, foremost(leads, NAMESAKES)).values()
    of_year = [film for film in films if year is None or film.year == year]
    return sorted(_matches(of_year, lambda held, _: float(held.key == key)), key=lambda m: m.order)


def by_identifier(connection: Connection, key: str) -> int | None:
    """Return the number of the film that has `key` (`imdb:tt0113277`) at another site, or None."""
    (leads,) = index.hinted(connection, (exact_hashes([key]), CANDIDATES))
    for film in _films(connection, foremost(leads, CANDIDATES)).values():
        if any(title.kind == IDENTIFIER and title.key == key for title in film.titles):
            return film.number
    return None


def similar(connection: Connection, title: str, year: int | None, limit: int) -> list[Match]:
    """Return at most `limit` films whose titles are like `title`, the best first.

    A year that differs lowers a match, it does not exclude it. Of equal matches those written as asked for
    come first, before better known ones where `title` has an article, accent or mark that its key has not.
    """
    words = key_words(title)
    key = _key(words)
    if not key:
        return []
    films: dict[int, Stored] = {}
    matches: dict[int, Match] = {}
    for numbers, scored in _stages(connection, words, year, limit):
        if len(matches) >= limit:
            break
        films |= _films(connection, [n for n in numbers if n not in films])
        others = (films[n] for n in numbers if n in films and n not in matches)
        matches |= {m.film: m for m in _matches(others, scored)}
    found: Iterable[Match] = matches.values()
    if year is not None:
        found = [replace(m, score=m.score * _agreement(m.year, year)) for m in found]
    wanted = _written(title)
    precise = wanted != " ".join(words)

    def order(match: Match) -> tuple[float, ...]:
        otherwise = _written(match.title) != wanted
        score, kind, weight, year = match.order
        return score, precise and otherwise, kind, weight, otherwise, year

    return sorted(found, key=order)[:limit]


def _stages(
    connection: Connection, words: Sequence[str], year: int | None, limit: int
) -> Iterator[tuple[list[int], Scored]]:
    """Yield the numbers of candidates of one kind of likeness after the other, and what scores them."""
    key, asked = _key(words), probes(words, year)
    namesakes, most = 2 * limit, max(CANDIDATES, 2 * limit)
    same, of_year, slips, pieces, wordless, begun = index.hinted(
        connection,
        (asked.exact, namesakes),
        (asked.dated, namesakes),
        (asked.deleted, most),
        (asked.pieces, OF_A_PIECE),
        (asked.wordless, most),
        (asked.begun, 2 * most),
    )
    yield [*foremost(of_year, namesakes), *foremost(same, namesakes)], _closeness(key)
    yield [*foremost(slips, most), *_often_hinted(pieces, most)], _closeness(key)
    yield foremost(wordless, most), _but_one_word(words)
    yield foremost(begun, 2 * most), _begun(key)


def _often_hinted(leads: Leads, most: int) -> list[int]:
    """Return the films that the most pieces lead to; a piece tells the more, the fewer films have it."""
    told: defaultdict[int, float] = defaultdict(float)
    for of_piece in leads:
        worth = 1 + log2(OF_A_PIECE / len(of_piece)) if len(of_piece) < OF_A_PIECE else 1.0
        for lead in of_piece:
            told[lead] += worth
    ranked = sorted(told, key=lambda lead: (-told[lead], lead))[:most]
    return [film_of(lead) for lead in ranked]


def strongest(matches: Sequence[Match], title: str) -> list[Match]:
    """Return those of exactly matching films that `title` means most plainly.

    As written, before folded; as main or original title, before an alternative one.
    """
    main = [m for m in matches if m.kind != ALTERNATIVE]
    wanted = _written(title)
    return [m for m in main if _written(m.title) == wanted] or main or list(matches)


def _written(title: str) -> str:
    """Return a title as it is written, but for case and spaces: `Él` is not `El`, `If....` is not `If`."""
    return " ".join(title.split()).casefold()


class Title(NamedTuple):
    """A title of a stored film."""

    kind: int
    key: str
    title: str


class Stored(NamedTuple):
    """A stored film, as far as a search looks at it."""

    number: int
    year: int | None
    weight: int
    titles: Sequence[Title]


Scored = Callable[[Title, int], float]  # by how many people marked the film


def _key(words: Sequence[str]) -> str:
    return "".join(words)[:LONGEST]


def _closeness(key: str) -> Scored:
    """Return what scores a stored key against `key`: 0 beyond the slips that its length allows."""
    length = len(key)

    def close(held: Title, _weight: int) -> float:
        slips = slips_allowed(len(held.key))
        if abs(len(held.key) - length) > slips:
            return 0.0
        distance = OSA.distance(key, held.key, score_cutoff=slips)
        return 1 - distance / max(length, len(held.key)) if distance <= slips else 0.0

    return close


def _but_one_word(words: Sequence[str]) -> Scored:
    """Return what scores titles that have one word less, more or another: the less of it, the better."""
    key, ours = _key(words), _with_one_left_out(words)

    def close(held: Title, _weight: int) -> float:
        if ours.isdisjoint(_with_one_left_out(key_words(held.title))):
            return 0.0
        return OSA.normalized_similarity(key, held.key)

    return close


def _with_one_left_out(words: Sequence[str]) -> set[str]:
    return {"".join(words), *("".join(words[:n]) + "".join(words[n + 1 :]) for n in range(len(words)))}


def _begun(key: str) -> Scored:
    """Return what scores a stored key that begins with `key`: little more and being known count."""

    def begins(held: Title, weight: int) -> float:
        if not held.key.startswith(key):
            return 0.0
        return 0.5 + 0.2 * len(key) / len(held.key) + 0.1 * min(1.0, log10(weight + 1) / MOST_MARKS)

    return begins


def _matches(films: Iterable[Stored], scored: Scored) -> list[Match]:
    """Return each of the films that scores at all, by its best title."""
    found = []
    for number, year, weight, titles in films:
        best, by = 0.0, Title(MAIN, "", "")
        for title in titles:
            if title.kind != IDENTIFIER and (score := scored(title, weight)) > best:
                best, by = score, title
        if best:
            found.append(Match(number, by.kind, by.title, best, year, weight))
    return found


def _films(connection: Connection, numbers: Sequence[int]) -> dict[int, Stored]:
    """Return the films of these numbers that are stored, in the order of their numbers."""
    rows = rows_among(connection, STORED, "number", numbers, "bigint")
    return {
        number: Stored(number, year, weight, [Title(*title) for title in orjson.loads(titles)])
        for number, year, weight, titles in rows
    }


def _agreement(stored: int | None, asked: int) -> float:
    if stored is None:
        return 0.9
    apart = abs(stored - asked)
    return (1.0, 0.95)[apart] if apart < 2 else 0.75
