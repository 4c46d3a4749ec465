"""The "IMDB 1000" table of films of 2006 to 2016.

Its rows have no id; one is made from title and year. `Revenue` is what a film took in the United States alone
and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from service.document import fold
from service.films import Film
from service.sources.cells import items, minutes, text, whole, without_empty
from service.sources.csv_rows import films_of_table, has_columns
from service.sources.licences import licence_of
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow
from service.sources.source import Sample, Source
from service.sources.words import genre

COLUMNS = ("Title", "Director", "Actors", "Year", "Runtime (Minutes)")


def recognises(sample: Sample) -> bool:
    """Return whether the first line has the table's columns."""
    return has_columns(sample.first_line, ",", COLUMNS)


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path` and what of them could not be read."""
    day = retrieved_on(path)
    return films_of_table(path, lambda row: _fields(row, day))


def _fields(row: Mapping[str, object], day: date) -> Mapping[str, object]:
    title, year = text(row.get("Title")), text(row.get("Year"))
    mark = text(row.get("Rating"))
    slug = "-".join("".join(c if c.isalnum() else " " for c in fold(title)).split())
    rating = {"site": "IMDb", "value": float(mark or 0), "votes": whole(row.get("Votes"))}
    provenance = {"source": "imdb1000", "licence": licence_of("imdb1000"), "retrieved": day.isoformat()}
    return without_empty(
        {
            "id": f"imdb1000:{slug}-{year}" if slug else "",
            "title": title,
            "year": whole(year),
            "runtime_minutes": minutes(row.get("Runtime (Minutes)")),
            "genres": [genre(g) for g in items(row.get("Genre"))],
            "directors": items(row.get("Director")),
            "cast": items(row.get("Actors")),
            "ratings": [rating] if mark else [],
            "provenance": {"*": {**provenance, "reference": f"rank {text(row.get('Rank'))}"}},
        }
    )


SOURCE = Source("imdb1000", 'the "IMDB 1000" table', recognises, read)
