"""TMDB: a film by its id, by IMDb's, or searched by title. https://developer.themoviedb.org/reference."""

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
from service.sources.formats import tmdb_api

EXTERNAL = {"imdb": "imdb_id", "wikidata": "wikidata_id"}
WITH = "credits,release_dates,alternative_titles,keywords"


def refused(_status: int, value: Mapping[str, Any]) -> Refused | None:
    """Return what TMDB refuses: its `status_code` tells more than HTTP's.

    https://developer.themoviedb.org/docs/errors
    """
    said = text(value.get("status_message"))
    match value.get("status_code"):
        case 3 | 7 | 10 | 14 | 16 | 17 | 31 | 33 | 35 | 36 | 38 | 39 | 45:
            return Refused(Refusal.KEY, said)
        case 34 | 6 | 37:
            return Refused(Refusal.MISSING, said)
        case 9 | 11 | 24 | 25 | 43 | 46:
            return Refused(Refusal.BUSY, said)
    return None


async def find(ask: Ask, wanted: Wanted) -> Answer:
    """Return the movie that is wanted."""
    number = wanted.ids.get("tmdb") or await _number(ask, wanted)
    return await ask(f"movie/{number}", {"append_to_response": WITH})


async def _number(ask: Ask, wanted: Wanted) -> str:
    for site, name in EXTERNAL.items():
        if site in wanted.ids:
            found = (await ask(f"find/{wanted.ids[site]}", {"external_source": name})).value
            if movie := next(objects(found.get("movie_results")), None):
                return text(movie.get("id"))
            raise FilmNotFound(f"TMDB has no film that is {wanted}.", remedy="Give its title instead.")
    query = {"query": wanted.title, "include_adult": "false"}
    if wanted.year is not None:
        query["primary_release_year"] = str(wanted.year)
    found = (await ask("search/movie", query)).value
    candidates = [_candidate(movie) for movie in objects(found.get("results"))]
    return chosen(wanted, candidates, "TMDB").id.removeprefix("tmdb:")


def _candidate(movie: Mapping[str, Any]) -> Candidate:
    titles = dict.fromkeys(text(movie.get(name)) for name in ("title", "original_title"))
    return Candidate(
        f"tmdb:{text(movie.get('id'))}",
        tuple(t for t in titles if t) or ("?",),
        year_of(movie.get("release_date")),
    )


FETCHER = Fetcher(
    source="tmdb",
    service=Service(
        "TMDB",
        Rate(20, 1.0),  # they ask for fewer than 50 a second
        refused,
        parameter="api_key",
        setting="FINECUT_TMDB_KEY",
        keys_at="themoviedb.org/settings/api",
    ),
    find=find,
    fields=lambda answer: tmdb_api.fields(answer.value, answer.fetched.date()),
)
