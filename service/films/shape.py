"""Readers of untrusted JSON values: each returns the typed value, or says what would be right.

A reader takes a value and the path at which it stands (`cast[3].name`) and raises
InvalidFilmRecord with that path in its message and in `field`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from service.errors import InvalidFilmRecord

T = TypeVar("T")
Reader = Callable[[object, str], T]

SHOWN = 60
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
CURRENCY = re.compile(r"[A-Z]{3}")

LARGEST = 10**18  # what 64 bits hold exactly, and more than any currency needs
MEANT = {  # what other databases call a field of ours
    "actors": "cast", "stars": "cast", "role": "characters", "photography": "cinematography",
    "composer": "music", "composers": "music", "score": "music", "nationality": "countries",
    "runtime": "runtime_minutes", "duration": "runtime_minutes", "imdb_id": "external_ids",
    "gross": "box_office", "revenue": "box_office", "released": "releases", "release_date": "releases",
    "studio": "production_companies", "studios": "production_companies",
}  # fmt: skip
FIRST_YEAR = 1870  # Muybridge and Janssen photographed motion from the 1870s on
LAST_YEAR = 2100


def shown(value: object) -> str:
    """Return `value` as an error message may quote it, cut to a length that reads."""
    text = repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def wrong(at: str, value: object, expected: str, example: str = "") -> InvalidFilmRecord:
    """Return the error for `value` at `at`, which should have been `expected`."""
    remedy = f"For example {example}." if example else ""
    return InvalidFilmRecord(f"{at} must be {expected}, not {shown(value)}.", field=at, remedy=remedy)


def text(value: object, at: str) -> str:
    """Read a string that is not blank, without the spaces around it."""
    if not isinstance(value, str) or not value.strip():
        raise wrong(at, value, "a string that is not empty")
    return _storable(value.strip(), at)


def blankable(value: object, at: str) -> str:
    """Read a string that may be empty; null reads as empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong(at, value, "a string")
    return _storable(value.strip(), at)


def _storable(value: str, at: str) -> str:
    """Return `value`, which no database takes with a NUL or half a surrogate pair in it."""
    if "\0" in value or not (value.isascii() or value.isprintable() or _encodes(value)):
        raise wrong(at, value, "text without NUL characters and lone surrogates")
    return value


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def flag(value: object, at: str) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise wrong(at, value, "true or false")
    return value


def whole(low: int, high: int, what: str) -> Reader[int | None]:
    """Return a reader of whole numbers from `low` to `high`; null reads as None."""

    def read(value: object, at: str) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise wrong(at, value, f"{what} as a whole number from {low} to {high}")
        return value

    return read


year = whole(FIRST_YEAR, LAST_YEAR, "a year")


def number(value: object, at: str) -> float:
    """Read a finite number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LARGEST:
        raise wrong(at, value, "a number that is not negative and below 10 to the 18th", "3500000")
    return value


def maybe(reader: Reader[T]) -> Reader[T | None]:
    """Return a reader that takes null for None."""

    def read(value: object, at: str) -> T | None:
        return None if value is None else reader(value, at)

    return read


def each(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """Return a reader of a list whose items `reader` reads; null reads as the empty list."""

    def read(value: object, at: str) -> tuple[T, ...]:
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise wrong(at, value, "a list")
        return tuple(reader(item, f"{at}[{i}]") for i, item in enumerate(value))

    return read


def table(reader: Reader[T]) -> Reader[Mapping[str, T]]:
    """Return a reader of an object with free keys whose values `reader` reads."""

    def read(value: object, at: str) -> Mapping[str, T]:
        if value is None:
            return MappingProxyType({})
        if not isinstance(value, Mapping):
            raise wrong(at, value, "an object")
        return MappingProxyType({text(k, at): reader(v, f"{at}.{k}") for k, v in value.items()})

    return read


def record(make: Callable[..., T], readers: Mapping[str, Reader[object]], needed: Iterable[str]) -> Reader[T]:
    """Return a reader of an object with exactly the keys of `readers`, all of `needed` among them."""
    required = tuple(needed)

    def read(value: object, at: str) -> T:
        if not isinstance(value, Mapping):
            raise wrong(at, value, f"an object with {', '.join(readers)}")
        for key in value:
            if key not in readers:
                raise unknown(f"{at}.{key}", key, readers)
        for key in required:
            if key not in value:
                raise InvalidFilmRecord(
                    f"{at}.{key} is missing.",
                    field=f"{at}.{key}",
                    remedy=f"{at} needs {', '.join(required)}.",
                )
        return make(**{k: readers[k](v, f"{at}.{k}") for k, v in value.items()})

    return read


def unknown(at: str, key: object, known: Iterable[str]) -> InvalidFilmRecord:
    """Return the error for a key that is none of `known`, naming the nearest."""
    names = list(known)
    meant = MEANT.get(str(key).casefold())
    near = [meant] if meant in names else difflib.get_close_matches(str(key), names, n=1)
    remedy = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(names)}."
    return InvalidFilmRecord(f"{at} is no field of a film record.", field=at, remedy=remedy)


def partial_date(value: object, at: str) -> str:
    """Read a date given to the year, month or day, as it is written in ISO 8601."""
    match = DATE.fullmatch(value) if isinstance(value, str) else None
    if match:
        first, month, day = match.groups()
        try:
            date(int(first), int(month or 1), int(day or 1))
        except ValueError:
            pass
        else:
            year(int(first), at)
            return match.group()
    raise wrong(at, value, "a date as YYYY, YYYY-MM or YYYY-MM-DD", '"2013-01-23"')


def day(value: object, at: str) -> date:
    """Read a full date."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise wrong(at, value, "a date as YYYY-MM-DD", '"2026-11-24"')


def currency(value: object, at: str) -> str:
    """Read an ISO 4217 currency code."""
    if not isinstance(value, str) or not CURRENCY.fullmatch(value):
        raise wrong(at, value, "a currency code of three capitals", '"USD"')
    return value


def one_of(words: Iterable[str]) -> Reader[str]:
    """Return a reader of one of `words`."""
    allowed = tuple(words)

    def read(value: object, at: str) -> str:
        if value not in allowed:
            raise wrong(at, value, f"one of {', '.join(allowed)}")
        return str(value)

    return read
