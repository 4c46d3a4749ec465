"""OMDb: a film by IMDb's id, or searched by title. https://www.omdbapi.com/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.access import Rate
from service.errors import FilmNotFound
from service.sources.cells import text
from service.sources.fetching.answers import Answer, Refusal, Refused
from service.sources.fetching.api import Service
from service.sources.fetching.fetcher import Ask, Fetcher, objects, year_of
from service.sources.fetching.wanted import Candidate, Wanted, chosen
from service.sources.formats import omdb


def refused(status: int, value: Mapping[str, Any]) -> Refused | None:
    """Return what OMDb refuses: it says so in `Error`, often with status 200; a spent share is a 401."""
    if value.get("Response") != "False":
        return None
    said = text(value.get("Error"))
    lower = said.lower()
    if "limit" in lower:
        return Refused(Refusal.SPENT, said)
    if status in (401, 403) or "api key" in lower:
        return Refused(Refusal.KEY, said)
    if "not found" in lower or "incorrect imdb id" in lower or "too many results" in lower:
        return Refused(Refusal.MISSING, said)
    return Refused(Refusal.BUSY if status >= 500 else Refusal.UNUSABLE, said)


async def find(ask: Ask, wanted: Wanted) -> Answer:
    """Return the film that is wanted."""
    if wanted.ids and "imdb" not in wanted.ids and not wanted.title:
        raise FilmNotFound(f"OMDb knows films by IMDb's id, not by {wanted}.", remedy="Give IMDb's id.")
    imdb = wanted.ids.get("imdb") or await _imdb(ask, wanted)
    return await ask("", {"i": imdb, "plot": "short"})


async def _imdb(ask: Ask, wanted: Wanted) -> str:
    query = {"s": wanted.title, "type": "movie"}
    if wanted.year is not None:
        query["y"] = str(wanted.year)
    found = (await ask("", query)).value
    candidates = [
        Candidate(text(held.get("imdbID")), (text(held.get("Title")),), year_of(held.get("Year")))
        for held in objects(found.get("Search"))
    ]
    return chosen(wanted, candidates, "OMDb").id


FETCHER = Fetcher(
    source="omdb",
    service=Service(
        "OMDb",
        Rate(5, 1.0),
        refused,
        parameter="apikey",
        setting="FINECUT_OMDB_KEY",
        keys_at="omdbapi.com/apikey.aspx",
    ),
    find=find,
    fields=lambda answer: omdb.fields(answer.value, answer.fetched.date()),
)
