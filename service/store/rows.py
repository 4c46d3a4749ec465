"""A Film as rows: its record, its titles with their keys, the segments of those keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import orjson

from service.films import JSON, Film, FilmSummary, film_from_json, film_to_json, site_ids
from service.films.titles import title_key
from service.store.title_keys import segments

MAIN, ORIGINAL, ALTERNATIVE, IDENTIFIER = 0, 1, 2, 3  # an identifier stands among titles, as `imdb:tt0113277`
TITLES_OF_ONE_FILM = 400  # blockbusters have some two hundred; `place` is a small number


class TitleRow(NamedTuple):
    """One title of a film as it is looked up."""

    place: int
    kind: int
    key: str
    title: str


class FilmRow(NamedTuple):
    """A film as it is stored."""

    id: str
    title: str
    year: int | None
    weight: int
    record: str
    titles: tuple[TitleRow, ...]

    @property
    def hashes(self) -> tuple[int, ...]:
        """Return the segments of the film's keys, without repeats."""
        return tuple({h: None for row in self.titles for h in segments(row.key) if row.kind != IDENTIFIER})


def film_row(film: Film) -> FilmRow:
    """Return `film` as it is stored."""
    weight = max((r.votes or 0 for r in film.ratings), default=0)
    titles = title_rows(film.title, film.original_title, film.alternative_titles)
    keys = (k for k in identifier_keys(film) if k != f"imdb:{film.id}")  # the id is an index of its own
    titles += tuple(TitleRow(len(titles) + n, IDENTIFIER, key, key) for n, key in enumerate(keys))
    return FilmRow(film.id, film.title, film.year, weight, dump(film_to_json(film)), titles)


def title_rows(main: str, original: str, alternatives: Iterable[str]) -> tuple[TitleRow, ...]:
    """Return a row for each different key among a film's titles, the main title's first."""
    rows: dict[str, TitleRow] = {}
    kinds = ((MAIN, main), (ORIGINAL, original), *((ALTERNATIVE, t) for t in alternatives))
    for kind, title in kinds:
        key = title_key(title)
        if key and key not in rows and len(rows) < TITLES_OF_ONE_FILM:
            rows[key] = TitleRow(len(rows), kind, key, title)
    return tuple(rows.values())


def identifier_keys(film: Film) -> tuple[str, ...]:
    """Return the keys under which the film's ids at other sites stand; no title's key has a colon."""
    return tuple(f"{site}:{value}" for site, value in site_ids(film).items())


def dump(record: Mapping[str, JSON]) -> str:
    """Return a record as the text that is stored."""
    return orjson.dumps(record).decode()


def load(record: str) -> Film:
    """Return the film of a stored record."""
    return film_from_json(orjson.loads(record))


def summary(record: str, score: float = 1.0) -> FilmSummary:
    """Return what a search shows of a stored record."""
    held = orjson.loads(record)
    return FilmSummary(held["id"], held["title"], held.get("year"), tuple(held.get("directors", ())), score)
