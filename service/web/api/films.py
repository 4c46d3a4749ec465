"""`/v1/films`: search, read, create, replace, delete, import, fetch."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request, Response, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from service.errors import Conflict, FilmNotFound, InputError, InvalidFilmRecord
from service.films import FilmSummary, disagreements, film_from_json, film_to_json
from service.sources.fetching import wanted
from service.web.answers import FilmList, FilmRecord
from service.web.deps import Answer, Limit, Offset, ServicesDep

router = APIRouter(prefix="/v1/films", tags=["films"])

Record = Annotated[
    dict[str, Any], Body(description="A film record; docs/film-record.md describes its fields.")
]


def _summary(film: FilmSummary) -> Answer:
    return {
        "id": film.id,
        "title": film.title,
        "year": film.year,
        "directors": list(film.directors),
        "match": film.score,
    }


@router.get("", response_model=None, responses={200: {"model": FilmList}})
async def search_films(
    services: ServicesDep,
    title: Annotated[
        str | None, Query(max_length=300, description="A title, also misspelt; without it, all.")
    ] = None,
    year: Annotated[int | None, Query(ge=1870, le=2100)] = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Answer:
    """Search films by title and year, the best match first; or list them all."""
    if title is None or not title.strip():
        found = await services.films.list(limit=limit, offset=offset)
    else:
        found = await services.films.search(title, year, limit)
    return {"films": [_summary(f) for f in found], "total": await services.films.count()}


@router.post(
    "", status_code=status.HTTP_201_CREATED, response_model=None, responses={201: {"model": FilmRecord}}
)
async def create_film(record: Record, services: ServicesDep) -> JSONResponse:
    """Store a new film. An id that is taken is answered 409."""
    film = film_from_json(record)
    try:
        await services.films.get(film.id)
    except FilmNotFound:
        await services.films.create(film)
        return JSONResponse(film_to_json(film), status.HTTP_201_CREATED, {"Location": f"/v1/films/{film.id}"})
    raise Conflict(f"A film with the id {film.id!r} is stored already.", remedy="PUT replaces it.")


@router.post("/import")
async def import_films(request: Request, services: ServicesDep) -> Answer:
    """Import film records, one JSON object a line. Bad lines are reported by number and passed over."""
    lines = (await request.body()).decode("utf-8", errors="replace").splitlines()
    if not any(line.strip() for line in lines):
        raise InputError("The body is empty.", remedy="Send JSON Lines: one film record a line.")
    return await services.films.import_lines(lines)


class Fetch(BaseModel):
    """Which film to fetch: by an id, or by its title and perhaps year."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    title: str = Field("", max_length=300, description="The title as released.")
    year: int | None = Field(None, ge=1870, le=2100, description="Year of the first release.")
    id: str = Field(
        "", max_length=40, description="IMDb's (`tt0113277`), TMDB's (`tmdb:949`) or Wikidata's (`Q42198`)."
    )
    source: Literal["", "tmdb", "omdb", "wikidata"] = Field(
        "", alias="from", description="One service; empty: all that need no key or have one."
    )
    fresh: bool = Field(False, description="Ask the service, also where its answer is kept.")


@router.post("/fetch")
async def fetch_film(asked: Fetch, services: ServicesDep) -> Answer:
    """Fetch a film from TMDB, OMDb or Wikidata and store it, merged with what is stored of it.

    Of several sources' values the more trusted stands, the others are kept with their sources.
    """
    film, fetched = await services.fetch_film(
        wanted(asked.title, asked.year, asked.id), asked.source, fresh=asked.fresh
    )
    return {
        "film": film_to_json(film),
        "sources": [record.provenance["*"].source for record in fetched.films],
        "differ": list(disagreements(film)),
        "problems": list(fetched.problems),
    }


@router.get("/{film_id}")
async def get_film(film_id: str, services: ServicesDep) -> Answer:
    """Return a film's record with the source of every field."""
    return film_to_json(await services.films.get(film_id))


@router.put("/{film_id}")
async def replace_film(film_id: str, record: Record, services: ServicesDep) -> Answer:
    """Store a film under that id, in place of what was there."""
    film = film_from_json({"id": film_id, **record})
    if film.id != film_id:
        raise InvalidFilmRecord(f"The record's id is {film.id!r}, the path's is {film_id!r}.", field="id")
    await services.films.replace(film)
    return film_to_json(film)


@router.delete("/{film_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_film(film_id: str, services: ServicesDep) -> Response:
    """Delete a film; reviews and edits made with it keep what they hold."""
    await services.films.delete(film_id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)
