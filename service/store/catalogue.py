"""The starter catalogue: some fifty well-known films, facts only, shipped with the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from service.films import Film, film_from_json


@cache
def catalogue() -> tuple[Film, ...]:
    """Return the films of the starter catalogue, in the order of their file.

    >>> {film.year for film in catalogue() if film.title == "Solaris"} == {1972, 2002}
    True
    """
    text = files("service.store").joinpath("data/catalogue.jsonl").read_text(encoding="utf-8")
    return tuple(film_from_json(json.loads(line)) for line in text.splitlines())
