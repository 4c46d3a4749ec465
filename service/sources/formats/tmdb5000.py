"""The TMDB-5000 tables: `tmdb_5000_movies.csv`, with `tmdb_5000_credits.csv` beside it where it is there.

Either file may be given; their names may have something more before `.csv`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from service.films import Film
from service.sources.cells import named, text, without_empty
from service.sources.csv_rows import films_of_table, has_columns, table_rows
from service.sources.licences import licence_of
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow
from service.sources.source import Sample, Source
from service.sources.tmdb import credits_of, facts

MOVIES = ("budget", "genres", "id", "original_title", "production_companies", "title")
CREDITS = ("movie_id", "title", "cast", "crew")
OBJECTS = ("genres", "keywords", "production_companies", "production_countries", "spoken_languages")


def recognises(sample: Sample) -> bool:
    """Return whether the first line has the columns of one of the two tables."""
    return has_columns(sample.first_line, ",", MOVIES) or has_columns(sample.first_line, ",", CREDITS)


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path` and what of them could not be read."""
    day = retrieved_on(path)
    first = next((row for row in table_rows(path) if not isinstance(row, BadRow)), None)
    if first is not None and "movie_id" in first[1]:
        yield from films_of_table(path, lambda row: _with_credits({}, row, day))
        return
    people: dict[str, Mapping[str, object]] = {}
    for beside in sorted(path.parent.glob("tmdb_5000_credits*.csv*")):
        for item in table_rows(beside):
            if isinstance(item, BadRow):
                yield item
            else:
                people[item[1]["movie_id"]] = item[1]
    yield from films_of_table(path, lambda row: _with_credits(row, people.get(text(row.get("id")), {}), day))


def _with_credits(row: Mapping[str, object], people: Mapping[str, object], day: date) -> Mapping[str, object]:
    movie: dict[str, object] = {**row, **{name: _json(row.get(name)) for name in OBJECTS}}
    number = text(row.get("id")) or text(people.get("movie_id"))
    movie.setdefault("title", people.get("title"))
    cast, crew = _json(people.get("cast")), _json(people.get("crew"))
    fields = facts(movie) | credits_of(cast, crew)
    fields |= {field: held for field, held in (("cast", cast), ("directors", crew)) if isinstance(held, str)}
    fields |= {name: movie[name] for name in ("genres", "keywords") if isinstance(movie[name], str)}
    provenance = {"source": "tmdb5000", "licence": licence_of("tmdb5000"), "retrieved": day.isoformat()}
    fields |= {
        "id": f"tmdb:{number}" if number else "",
        "keywords": fields.get("keywords") or named(movie["keywords"]),
        "external_ids": {"tmdb": number} if number else {},
        "provenance": {"*": {**provenance, "reference": f"movie/{number}"}},
    }
    return without_empty(fields)


def _json(cell: object) -> object:
    """Return the JSON of a cell, or a text where it is none: the record then names the field."""
    try:
        return json.loads(text(cell)) if text(cell) else []
    except ValueError:
        return f"no JSON: {text(cell)}"


SOURCE = Source("tmdb5000", "the TMDB-5000 tables", recognises, read)
