"""A Source: one format that film metadata comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.films import Film
from service.films.codec import Record
from service.sources.rows import BadRow


@dataclass(frozen=True, slots=True)
class Sample:
    """What a format is recognised by: the path, its first line, its first JSON value (or None)."""

    path: Path
    first_line: str
    first_value: object


@dataclass(frozen=True, slots=True)
class Source:
    """A format: its name, what it is, how it is recognised, how its films are read.

    `read` streams; what it cannot use it yields as a BadRow and goes on. `records` does the same and gives
    each film as JSON, without building it, where a format has a million. `apart`: films of different
    ids are different films.
    """

    name: str
    description: str
    recognises: Callable[[Sample], bool]
    read: Callable[[Path], Iterator[Film | BadRow]]
    records: Callable[[Path], Iterator[Record | BadRow]] | None = None
    apart: bool = False
