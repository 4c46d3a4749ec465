"""Our own JSON Lines: one film record a line, as `docs/film-record.md` describes it; read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from service.errors import InvalidFilmRecord
from service.films import Film, film_from_json
from service.sources.rows import BadRow, json_values
from service.sources.source import Sample, Source


def recognises(sample: Sample) -> bool:
    """Return whether the first value is an object with a title and none of another format's marks."""
    value = sample.first_value
    return isinstance(value, Mapping) and "title" in value and "source" not in value


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path`; a record that does not read in full is skipped whole."""
    seen: dict[str, int] = {}
    for item in json_values(path):
        if isinstance(item, BadRow):
            yield item
            continue
        try:
            film = film_from_json(item.value)
        except InvalidFilmRecord as error:
            yield BadRow(path, item.line, str(error))
            continue
        if film.id in seen:
            yield BadRow(path, item.line, f"the id {film.id} stands on line {seen[film.id]} already")
            continue
        seen[film.id] = item.line
        yield film


SOURCE = Source("finecut", "Finecut's own film records, one JSON object a line", recognises, read)
