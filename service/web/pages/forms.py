"""Forms as a browser sends them, read into the requests that the API has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request

from service.errors import FilmNotFound, InputError
from service.films import Film
from service.resources import COPY
from service.web.services import Films
from service.writing.requests import FilmRef, valid
from service.writing.routes import film_of

TITLE_AND_YEAR = re.compile(r"(?P<title>.+?)\s*\((?P<year>\d{4})\)\s*")
MAX_FIELDS = 100


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a URL-encoded form, the last of a name; raises InputError for another body.

    Browsers send lines ending in CR LF; the text that was pasted mostly had LF alone, so LF is kept.
    """
    try:
        pairs = parse_qsl(
            (await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise InputError("This is no form.", remedy="Send the page's own form.") from None
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


async def film_named(text: str, films: Films) -> Film | None:
    """Return the film that a field names as `Title (Year)`, `Title` or an id; None for an empty field.

    Raises FilmNotFound, with the nearest titles, or FilmAmbiguous, with the candidates.
    """
    named = text.strip()
    if not named:
        return None
    try:
        return await films.get(named)
    except FilmNotFound:
        pass
    whole = TITLE_AND_YEAR.fullmatch(named)
    if whole is not None:
        ref = valid(FilmRef, {"title": whole["title"], "year": int(whole["year"])})
    else:
        ref = valid(FilmRef, {"title": named})
    return await film_of(ref, films)


def filled(fields: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return those of the fields that hold something."""
    return {name: fields[name].strip() for name in names if fields.get(name, "").strip()}


def example_fields() -> dict[str, str]:
    """Return the example copy and its film, to try a form with."""
    return {"content": COPY.read(), "film": f"{COPY.title} ({COPY.year})"}
