"""The "IMDB 5000" table: `;` or `,` between columns, one director, three actors, words joined by `|`.

`gross` is what a film took in the United States alone and is left out; `budget` is in the film's own
currency, which the table does not name, so it is kept for films of the United States only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from service.films import Film
from service.sources.cells import items, minutes, text, whole, without_empty
from service.sources.csv_rows import films_of_table, has_columns
from service.sources.licences import licence_of
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow, text_lines
from service.sources.source import Sample, Source
from service.sources.words import country, genre

COLUMNS = ("director_name", "movie_title", "movie_imdb_link", "title_year", "plot_keywords")
IMDB_ID = re.compile(r"tt\d{7,}")
MPA = frozenset({"G", "PG", "PG-13", "R", "NC-17", "X", "M", "GP", "Approved", "Passed"})


def recognises(sample: Sample) -> bool:
    """Return whether the first line has the table's columns."""
    return any(has_columns(sample.first_line, separator, COLUMNS) for separator in ";,")


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path` and what of them could not be read."""
    day = retrieved_on(path)
    first = next((item[1] for item in text_lines(path) if isinstance(item, tuple)), "")
    separator = ";" if has_columns(first, ";", COLUMNS) else ","
    return films_of_table(path, lambda row: _fields(row, day), separator)


def _fields(row: Mapping[str, object], day: date) -> Mapping[str, object]:
    found = IMDB_ID.search(text(row.get("movie_imdb_link")))
    imdb = found[0] if found else ""
    made_in = country(text(row.get("country")))
    budget = whole(row.get("budget")) if made_in == "United States" else None
    votes, mark = whole(row.get("num_voted_users")), text(row.get("imdb_score"))
    rated = text(row.get("content_rating"))
    provenance = {"source": "imdb5000", "licence": licence_of("imdb5000"), "retrieved": day.isoformat()}
    return without_empty(
        {
            "id": imdb,
            "title": text(row.get("movie_title")),
            "year": whole(row.get("title_year")),
            "runtime_minutes": minutes(row.get("duration")),
            "directors": [name] if (name := text(row.get("director_name"))) else [],
            "cast": [name for n in (1, 2, 3) if (name := text(row.get(f"actor_{n}_name")))],
            "genres": [genre(g) for g in items(row.get("genres"), "|")],
            "keywords": items(row.get("plot_keywords"), "|"),
            "countries": [made_in] if made_in else [],
            "languages": items(row.get("language")),
            "certificates": [{"board": "MPA", "rating": rated}] if rated in MPA else [],
            "budget": {"amount": budget, "currency": "USD"} if budget else None,
            "ratings": [{"site": "IMDb", "value": float(mark), "votes": votes}] if mark else [],
            "external_ids": {"imdb": imdb} if imdb else {},
            "provenance": {"*": {**provenance, "reference": imdb}},
        }
    )


SOURCE = Source("imdb5000", 'the "IMDB 5000" table', recognises, read)
