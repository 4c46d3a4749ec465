"""OMDb's answers: one JSON object a film, alone, in an array or one a line.

`BoxOffice` is what the film took in the United States alone, which is no box office that a
claim about the world could be held against, and `Awards` is a sentence without categories: both are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from service.films import Film
from service.sources.cells import iso_day, items, minutes, noted_names, text, whole, without_empty
from service.sources.licences import licence_of
from service.sources.records import films_of_json
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow
from service.sources.source import Sample, Source
from service.sources.words import country, genre

KINDS = {"movie": "film", "series": "tv_series", "episode": "tv_episode", "game": "video_game"}
MPA = frozenset({"G", "PG", "PG-13", "R", "NC-17", "X", "M", "GP", "M/PG", "APPROVED", "PASSED"})
SITES = {"Internet Movie Database": "IMDb"}
WORKS = ("novel", "book", "play", "short story", "memoir", "comic", "manga", "musical", "article", "poem")


def recognises(sample: Sample) -> bool:
    """Return whether the first value is an answer of OMDb."""
    value = sample.first_value
    return isinstance(value, Mapping) and "imdbID" in value and "Title" in value


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path` and what of them could not be read."""
    day = retrieved_on(path)
    return films_of_json(path, lambda value: fields(value, day))


def fields(answer: Mapping[str, object], day: date | None) -> Mapping[str, object]:
    """Return the fields of a film record that an answer gives. Raises ValueError."""
    imdb = text(answer.get("imdbID"))
    released = iso_day(answer.get("Released"))
    return without_empty(
        {
            "id": imdb,
            "title": text(answer.get("Title")),
            "kind": KINDS.get(text(answer.get("Type")), text(answer.get("Type"))),
            "year": whole(text(answer.get("Year")).replace("-", "–").partition("–")[0]),
            "releases": [{"date": released}] if released else [],
            "runtime_minutes": minutes(answer.get("Runtime")),
            "genres": [genre(g) for g in items(answer.get("Genre"))],
            "directors": [name for name, _ in noted_names(answer.get("Director"))],
            "cast": items(answer.get("Actors")),
            "countries": [country(c) for c in items(answer.get("Country"))],
            "languages": items(answer.get("Language")),
            "certificates": _certificates(text(answer.get("Rated"))),
            "ratings": list(_ratings(answer)),
            "external_ids": {"imdb": imdb} if imdb else {},
            "provenance": {"*": _provenance(imdb, day)},
            **_writing(answer.get("Writer")),
        }
    )


def _writing(cell: object) -> dict[str, object]:
    """Return the writers by what their notes say they wrote."""
    lists: dict[str, list[str]] = {"writers": [], "screenplay": [], "story": []}
    based_on: list[object] = []
    for name, note in noted_names(cell):
        work = next((w for w in WORKS if re.search(rf"\b{w}\b", note)), None)
        if work:
            based_on.append({"authors": [name], "kind": work})
        elif "character" not in note:
            lists["writers"].append(name)
        for role in ("screenplay", "story"):
            if not work and role in note:
                lists[role].append(name)
    unique = {role: list(dict.fromkeys(names)) for role, names in lists.items()}
    return {**unique, "based_on": based_on}


def _certificates(rated: str) -> list[object]:
    return [{"board": "MPA", "rating": rated}] if rated.upper() in MPA else []


def _ratings(answer: Mapping[str, object]) -> Iterator[dict[str, object]]:
    given = answer.get("Ratings")
    for rating in given if isinstance(given, list) else ():
        site = SITES.get(text(rating.get("Source")), text(rating.get("Source")))
        mark, _, maximum = text(rating.get("Value")).rstrip("%").partition("/")
        entry: dict[str, object] = {"site": site, "value": float(mark), "maximum": float(maximum or 100)}
        if site == "IMDb":
            entry["votes"] = whole(answer.get("imdbVotes"))
        yield entry


def _provenance(imdb: str, day: date | None) -> dict[str, object]:
    retrieved = day.isoformat() if day else None
    return {"source": "omdb", "licence": licence_of("omdb"), "retrieved": retrieved, "reference": imdb}


SOURCE = Source("omdb", "JSON answers of OMDb", recognises, read)
