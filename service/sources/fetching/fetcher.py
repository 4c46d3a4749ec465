"""A Fetcher: one service that films can be fetched from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from service.sources.cells import text
from service.sources.fetching.answers import Answer
from service.sources.fetching.api import Service
from service.sources.fetching.wanted import Wanted


class Ask(Protocol):
    """Asks the service for a path with parameters."""

    def __call__(self, path: str, parameters: Mapping[str, str]) -> Awaitable[Answer]:
        """Return the answer."""
        ...


@dataclass(frozen=True, slots=True)
class Fetcher:
    """A service, how a film is found there, and how its answer becomes the fields of a record.

    `source` is the name that the values' provenance bears. `find` raises as `Api` and `chosen` do.
    """

    source: str
    service: Service
    find: Callable[[Ask, Wanted], Awaitable[Answer]]
    fields: Callable[[Answer], Mapping[str, object]]


def objects(held: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of what should be a list of them."""
    for item in held if isinstance(held, list) else ():
        if isinstance(item, dict):
            yield item


def year_of(cell: object) -> int | None:
    """Return the year that a date or a span of years begins with, or None.

    >>> year_of("1995-12-15"), year_of("2011–2013"), year_of("")
    (1995, 2011, None)
    """
    digits = text(cell)[:4]
    return int(digits) if len(digits) == 4 and digits.isdecimal() else None
