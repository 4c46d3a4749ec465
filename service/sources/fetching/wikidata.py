"""Wikidata: a film by its number, by IMDb's or TMDB's id, or searched by title; with the labels it names.

https://www.wikidata.org/w/api.php, with `maxlag` and a User-Agent as its etiquette asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from service.access import Rate
from service.errors import FilmNotFound
from service.sources.cells import text
from service.sources.fetching.answers import Answer, Refusal, Refused
from service.sources.fetching.api import Service
from service.sources.fetching.fetcher import Ask, Fetcher, objects
from service.sources.fetching.wanted import Candidate, Wanted, chosen
from service.sources.licences import licence_of
from service.sources.wikidata import (
    FILM_KINDS,
    IMDB,
    INSTANCE,
    TMDB,
    fields,
    is_film,
    referred,
    titles_of,
    year_of,
)

AT_ONCE = 50  # entities a request, as the service bounds it
LOOKED_AT = 20  # films of a search whose titles and years are compared
LANGUAGES = "en|mul|en-gb|en-us"
COMMON = {"format": "json", "formatversion": "2", "maxlag": "5"}
BUSY = frozenset({"maxlag", "ratelimited", "readonly", "internal_api_error_DBQueryError"})
ABSENT = frozenset({"no-such-entity", "missingtitle"})
BY_SITE = {"imdb": IMDB, "tmdb": TMDB}


def refused(_status: int, value: Mapping[str, Any]) -> Refused | None:
    """Return what Wikidata refuses: it says so in `error`, with status 200."""
    error = value.get("error")
    if not isinstance(error, dict):
        return None
    code, said = text(error.get("code")), text(error.get("info"))
    if code in ABSENT:
        return Refused(Refusal.MISSING, said)
    return Refused(Refusal.BUSY if code in BUSY else Refusal.UNUSABLE, said)


async def find(ask: Ask, wanted: Wanted) -> Answer:
    """Return the film's entity, and with it the labels of the entities that its statements name."""
    number = wanted.ids.get("wikidata") or await _number(ask, wanted)
    answer = await _entities(ask, [number], {"props": "labels|aliases|claims"})
    entity = _held(answer).get(number)
    if entity is None or "missing" in entity or not is_film(entity):
        raise FilmNotFound(f"Wikidata's {number} is no film.", remedy="Check the id, or give the title.")
    named: dict[str, Any] = {}
    numbers = iter(sorted(referred(entity)))
    while some := list(islice(numbers, AT_ONCE)):
        named |= _held(await _entities(ask, some, {"props": "labels", "languages": LANGUAGES}))
    return Answer({"film": number, "entities": {**named, number: entity}}, answer.fetched)


async def _number(ask: Ask, wanted: Wanted) -> str:
    for site, prop in BY_SITE.items():
        if site in wanted.ids and (found := await _search(ask, f"haswbstatement:{prop}={wanted.ids[site]}")):
            return found[0]
    if not wanted.title:
        raise FilmNotFound(f"Wikidata has no film that is {wanted}.", remedy="Give its title instead.")
    kinds = "|".join(f"{INSTANCE}={kind}" for kind in sorted(FILM_KINDS))
    quoted = wanted.title.replace('"', " ").strip()
    found = await _search(ask, f'"{quoted}" haswbstatement:{kinds}')
    held = _held(await _entities(ask, found, {"props": "labels|aliases|claims"})) if found else {}
    candidates = [
        Candidate(number, tuple(titles_of(entity)) or (number,), year_of(entity))
        for number, entity in held.items()
        if "missing" not in entity and is_film(entity)
    ]
    return chosen(wanted, candidates, "Wikidata").id


async def _search(ask: Ask, query: str) -> list[str]:
    asked = {"action": "query", "list": "search", "srsearch": query, "srlimit": str(LOOKED_AT)}
    answer = await ask("", {**COMMON, **asked})
    found = answer.value.get("query")
    hits = objects(found.get("search")) if isinstance(found, dict) else iter(())
    return [text(hit.get("title")) for hit in hits]


async def _entities(ask: Ask, numbers: Iterable[str], asked: Mapping[str, str]) -> Answer:
    return await ask("", {**COMMON, "action": "wbgetentities", "ids": "|".join(numbers), **asked})


def _held(answer: Answer) -> dict[str, Any]:
    held = answer.value.get("entities")
    return {n: e for n, e in held.items() if isinstance(e, dict)} if isinstance(held, dict) else {}


def _fields(answer: Answer) -> Mapping[str, object]:
    day = answer.fetched.date().isoformat()
    provenance = {"source": "wikidata", "licence": licence_of("wikidata"), "retrieved": day}
    held = _held(answer)
    return fields(held[answer.value["film"]], held, provenance, [])


FETCHER = Fetcher(
    source="wikidata", service=Service("Wikidata", Rate(5, 1.0), refused), find=find, fields=_fields
)
