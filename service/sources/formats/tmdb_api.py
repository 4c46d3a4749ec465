"""TMDB's API, version 3: movie objects, best with `append_to_response=credits,release_dates,…`.

A file holds one object, an array, JSON Lines, or an answer whose `results` or `parts` are movies. Amounts
are in US dollars. https://developer.themoviedb.org/reference/movie-details.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from service.films import Film
from service.sources.cells import named, text, without_empty
from service.sources.licences import licence_of
from service.sources.records import films_of_json
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow
from service.sources.source import Sample, Source
from service.sources.tmdb import credits_of, facts
from service.sources.words import country_of_code

BOARDS = {
    "US": "MPA",
    "GB": "BBFC",
    "DE": "FSK",
    "KR": "KMRB",
    "IE": "IFCO",
    "AU": "ACB",
    "FR": "CNC",
    "NL": "Kijkwijzer",
}
INSIDE = ("results", "parts")


def recognises(sample: Sample) -> bool:
    """Return whether the first value is a movie object of TMDB, or holds some."""
    value = sample.first_value
    if not isinstance(value, Mapping):
        return False
    return _is_movie(value) or any(_is_movie(v) for v in _inside(value))


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path` and what of them could not be read."""
    day = retrieved_on(path)
    return films_of_json(path, lambda value: fields(value, day), inside=_inside)


def fields(movie: Mapping[str, object], day: date | None) -> Mapping[str, object]:
    """Return the fields of a film record that a movie object gives. Raises ValueError."""
    number, imdb = text(movie.get("id")), text(movie.get("imdb_id"))
    if not number:
        raise ValueError("it has no id")
    cast_and_crew = movie.get("credits") or movie.get("casts")
    given = cast_and_crew if isinstance(cast_and_crew, Mapping) else {}
    merged = facts(movie) | credits_of(given.get("cast"), given.get("crew"))
    released, certificates = _releases(movie)
    merged |= {
        "id": imdb or f"tmdb:{number}",
        "alternative_titles": _titles(movie),
        "keywords": _keywords(movie.get("keywords")),
        "certificates": certificates,
        "external_ids": without_empty({"tmdb": number, "imdb": imdb}),
        "provenance": {"*": _provenance(number, day)},
    }
    if released:
        merged["releases"] = released
    return without_empty(merged)


def _is_movie(value: object) -> bool:
    return isinstance(value, Mapping) and "original_title" in value and "vote_average" in value


def _inside(value: Mapping[str, object]) -> list[object]:
    for key in INSIDE:
        held = value.get(key)
        if isinstance(held, list) and not _is_movie(value):
            return held
    return []


def _titles(movie: Mapping[str, object]) -> list[str]:
    held = movie.get("alternative_titles")
    titles = named(held.get("titles") or held.get("results"), "title") if isinstance(held, Mapping) else []
    main = {text(movie.get("title")), text(movie.get("original_title"))}
    return [t for t in titles if t not in main]


def _keywords(held: object) -> list[str]:
    return named(held.get("keywords") or held.get("results")) if isinstance(held, Mapping) else named(held)


def _releases(movie: Mapping[str, object]) -> tuple[list[object], list[object]]:
    """Return releases by day and the certificates of the boards that have a name here."""
    found: dict[tuple[str, str], None] = {}
    ratings: dict[tuple[str, str], None] = {}
    for code, day, certificate in _dated(movie):
        if day:
            found[day, country_of_code(code)] = None
        if certificate and code in BOARDS:
            ratings[BOARDS[code], certificate] = None
    releases: list[object] = [{"date": day, "place": place} for day, place in sorted(found)]
    return releases, [{"board": board, "rating": rating} for board, rating in ratings]


def _dated(movie: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yield (country code, day, certificate) of both forms that the API has had."""
    dates, older = movie.get("release_dates"), movie.get("releases")
    for place in dates.get("results", ()) if isinstance(dates, Mapping) else ():
        for release in place.get("release_dates", ()):
            day = text(release.get("release_date"))[:10]
            yield text(place.get("iso_3166_1")), day, text(release.get("certification"))
    for release in older.get("countries", ()) if isinstance(older, Mapping) else ():
        day = text(release.get("release_date"))[:10]
        yield text(release.get("iso_3166_1")), day, text(release.get("certification"))


def _provenance(number: str, day: date | None) -> dict[str, object]:
    reference = f"movie/{number}"
    retrieved = day.isoformat() if day else None
    return {"source": "tmdb", "licence": licence_of("tmdb"), "retrieved": retrieved, "reference": reference}


SOURCE = Source("tmdb", "JSON answers of TMDB's API", recognises, read)
