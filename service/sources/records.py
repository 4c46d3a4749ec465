"""From a raw record to a Film: what all formats do once they have named their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from service.errors import InvalidFilmRecord
from service.films import Film
from service.films.codec import salvage
from service.sources.rows import BadRow, Value, json_values

Inside = Callable[[Mapping[str, object]], Sequence[object]]
Named = Callable[[Mapping[str, object]], Mapping[str, object]]


def nothing_inside(_value: Mapping[str, object]) -> Sequence[object]:
    """Return no values: an object is a record itself."""
    return ()


def films_of_json(path: Path, named: Named, *, inside: Inside = nothing_inside) -> Iterator[Film | BadRow]:
    """Yield a Film for each JSON object of `path`, its fields given by `named`, and what was lost.

    Where `inside` finds values in an object, they are the records instead of it.
    """
    seen: dict[str, int] = {}
    for item in _values(path, inside):
        if isinstance(item, BadRow):
            yield item
        elif not isinstance(item.value, Mapping):
            yield BadRow(path, item.line, f"a film record is a JSON object, not {type(item.value).__name__}")
        else:
            yield from film_of(path, item, named, seen)


def _values(path: Path, inside: Inside) -> Iterator[Value | BadRow]:
    for item in json_values(path):
        held = inside(item.value) if isinstance(item, Value) and isinstance(item.value, Mapping) else ()
        if held:
            yield from (Value(item.line, value) for value in held)
        else:
            yield item


def film_of(path: Path, item: Value, named: Named, seen: dict[str, int]) -> Iterator[Film | BadRow]:
    """Yield the film of one record and a BadRow for each field that does not read.

    `seen` gathers ids with their lines: a second record of one id is skipped.
    """
    assert isinstance(item.value, Mapping)
    try:
        film, lost = salvage(named(item.value))
    except InvalidFilmRecord as error:
        yield BadRow(path, item.line, str(error))
        return
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        yield BadRow(path, item.line, f"the record does not have its format's shape ({error})")
        return
    if film.id in seen:
        yield BadRow(path, item.line, f"the id {film.id} stands on line {seen[film.id]} already")
        return
    seen[film.id] = item.line
    for problem in lost:
        yield BadRow(path, item.line, str(problem), problem.field)
    yield film
