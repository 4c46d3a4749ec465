"""The formats that Finecut reads, and reading a file without being told its format."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import Path
from textwrap import shorten

from service.errors import InputError, UnsupportedFormat
from service.films import Film, film_to_json
from service.films.codec import Record
from service.sources.formats import (
    imdb1000,
    imdb5000,
    imdb_tsv,
    infobox,
    json_lines,
    omdb,
    tmdb5000,
    tmdb_api,
    wikidata,
)
from service.sources.rows import BadRow, first_json, json_values, text_lines
from service.sources.source import Sample, Source

SOURCES: tuple[Source, ...] = (
    imdb_tsv.SOURCE,
    tmdb_api.SOURCE,
    omdb.SOURCE,
    wikidata.SOURCE,
    tmdb5000.SOURCE,
    imdb5000.SOURCE,
    imdb1000.SOURCE,
    infobox.SOURCE,
    json_lines.SOURCE,
)
"""Every format, in the order in which they are tried."""

ZIP = b"PK\x03\x04"
SHOWN = 70  # characters of a line that no format knows


def read_films(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path`, whatever its format, and what of it could not be used.

    Raises InputError where nothing is there, UnsupportedFormat where no format knows it.
    """
    return recognise(path).read(path)


def read_records(path: Path) -> Generator[Record | BadRow, None, None]:
    """Yield the films of `path` as JSON, and what of it could not be used. Raises as `read_films` does."""
    source = recognise(path)
    if source.records is not None:
        yield from source.records(path)
        return
    for item in source.read(path):
        yield item if isinstance(item, BadRow) else film_to_json(item)


def recognise(path: Path) -> Source:
    """Return the format of `path`. Raises as `read_films` does."""
    if not path.exists():
        raise InputError(f"There is no file {path}.", field="path")
    sample = _sample(path)
    for source in SOURCES:
        if source.recognises(sample):
            return source
    known = ", ".join(f"{s.name} ({s.description})" for s in SOURCES)
    raise UnsupportedFormat(f"{path} {_fault(path)}.", field="path", remedy=f"Known are: {known}.")


def _fault(path: Path) -> str:
    """Return what is the matter with a path that no format knows."""
    if path.is_dir():
        return "is a folder without IMDb's title.basics.tsv; give the files in it one by one"
    with path.open("rb") as file:
        opening = file.read(len(ZIP))
    if not opening:
        return "is empty"
    if opening == ZIP:
        return "is a ZIP archive, which is to be unpacked first"
    faults = chain(text_lines(path), json_values(path) if opening[:1] in (b"{", b"[") else ())
    fault = next((f"line {item.line}: {item.reason}" for item in faults if isinstance(item, BadRow)), "")
    if fault:
        return f"has no format that is known here ({fault})"
    first = next((item[1].strip() for item in text_lines(path) if isinstance(item, tuple)), "")
    json = "its first value has no known format's names" if first[:1] in ("{", "[") else ""
    shown = (
        json or f"its first line names no known table's columns: {shorten(first, SHOWN, placeholder='…')!r}"
    )
    return f"has no format that is known here ({shown})"


def _sample(path: Path) -> Sample:
    if path.is_dir():
        return Sample(path, "", None)
    first = next((item[1] for item in text_lines(path) if isinstance(item, tuple)), "")
    value = first_json(path) if first.lstrip()[:1] in {"{", "["} else None
    return Sample(path, first, value)
