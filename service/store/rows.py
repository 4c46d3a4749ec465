"""A film as it is stored: its record, and its titles with their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from service.films import Film, FilmSummary, film_from_json, film_to_json
from service.films.codec import Record
from service.films.titles import LONGEST, key_words

MAIN, ORIGINAL, ALTERNATIVE, IDENTIFIER = 0, 1, 2, 3  # an identifier stands among titles, as `imdb:tt0113277`
TITLES_OF_ONE_FILM = 400  # blockbusters have some two hundred


class TitleRow(NamedTuple):
    """One title of a film as it is looked up; `words` are those of its key, which are not stored."""

    kind: int
    key: str
    title: str
    words: Sequence[str] = ()


class FilmRow(NamedTuple):
    """A film as it is stored. `record` is the Film as docs/film-record.md writes it, as JSON text."""

    id: str
    title: str
    year: int | None
    weight: int
    record: str
    titles: tuple[TitleRow, ...]

    @property
    def stored_titles(self) -> str:
        """Return the titles as the database holds them."""
        return orjson.dumps([row[:3] for row in self.titles]).decode()


def film_row(film: Film) -> FilmRow:
    """Return `film` as it is stored."""
    return record_row(film_to_json(film))


def record_row(record: Record) -> FilmRow:
    """Return a film, given as JSON, as it is stored. The record must be one that `film_from_json` reads."""
    held: Mapping[str, Any] = record
    ratings = held.get("ratings")
    weight = max(r.get("votes") or 0 for r in ratings) if ratings else 0
    titles = title_rows(held["title"], held.get("original_title", ""), held.get("alternative_titles", ()))
    own = f"imdb:{held['id']}"  # the id is an index of its own
    if held.get("external_ids", {}) != {"imdb": held["id"]}:
        titles += tuple(TitleRow(IDENTIFIER, key, "") for key in identifier_keys(held) if key != own)
    text = orjson.dumps(held).decode()
    return FilmRow(held["id"], held["title"], held.get("year"), weight, text, titles)


def title_rows(main: str, original: str, alternatives: Iterable[str]) -> tuple[TitleRow, ...]:
    """Return a row for each different key among a film's titles, the main title's first."""
    rows: dict[str, TitleRow] = {}
    kinds = ((MAIN, main), (ORIGINAL, original), *[(ALTERNATIVE, t) for t in alternatives])
    for kind, title in kinds:
        if title and len(rows) < TITLES_OF_ONE_FILM:
            words = key_words(title)
            key = "".join(words)[:LONGEST]
            if key not in rows:
                rows[key] = TitleRow(kind, key, title, words)
    return tuple(rows.values())


def read_titles(stored: str) -> list[TitleRow]:
    """Return the titles that `FilmRow.stored_titles` wrote."""
    return [
        TitleRow(kind, key, title, key_words(title) if kind != IDENTIFIER else ())
        for kind, key, title in orjson.loads(stored)
    ]


def identifier_keys(record: Record) -> tuple[str, ...]:
    """Return the keys under which the film's ids at other sites stand; no title's key has a colon."""
    held: Mapping[str, Any] = record
    own = held["id"]
    sites: dict[str, str] = {"imdb": own} if own[:2] == "tt" and own[2:].isdecimal() else {}
    return tuple([f"{site}:{value}" for site, value in {**sites, **held.get("external_ids", {})}.items()])


def load(record: str) -> Film:
    """Return the film of a stored record."""
    return film_from_json(orjson.loads(record))


def summary(record: str, score: float = 1.0) -> FilmSummary:
    """Return what a search shows of a stored record."""
    held = orjson.loads(record)
    return FilmSummary(held["id"], held["title"], held.get("year"), tuple(held.get("directors", ())), score)
