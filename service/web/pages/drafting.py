"""`/draft` and `/reviews/ID`: notes to a review, every sentence with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from service.errors import FilmNotFound, FinecutError, InputError
from service.films import film_to_json
from service.resources import NOTES
from service.reviews import SectionName, parse_notes
from service.web.api.running import given_to
from service.web.deps import ServicesDep
from service.web.exports import in_paragraphs
from service.web.pages.copy import by_verdict
from service.web.pages.films import lines_of
from service.web.pages.forms import filled, film_named, read_form
from service.web.pages.rendering import PageRoute, page, refused
from service.web.pages.running import begin
from service.web.services import Services
from service.writing.draft import HEADINGS
from service.writing.requests import ReviewRequest, valid

router = APIRouter(include_in_schema=False, route_class=PageRoute)

MAX_VALUE = 90  # characters of a field shown beside a sentence; the film's page has the whole
EMPTY = {
    "film": "",
    "notes": "",
    "words": "",
    "tone": "",
    "language": "en",
    "rating": "",
    "author": "",
    "spoilers": "",
}


@router.get("/draft")
async def form(services: ServicesDep, *, film: str = "", example: bool = False) -> HTMLResponse:
    """Show the form, empty or filled with the example."""
    fields = {**EMPTY, "film": film}
    if example:
        fields |= {"film": f"{NOTES.title} ({NOTES.year})", "notes": NOTES.read()}
    return page(services, "draft.html.j2", fields=fields, error=None)


@router.post("/draft")
async def draft(request: Request, services: ServicesDep) -> Response:
    """Start the draft; what was typed stays in the form after an error."""
    fields = {**EMPTY, **await read_form(request)}
    try:
        film = await film_named(fields["film"], services.films)
        if film is None:
            raise InputError(
                "No film is named.", field="film", remedy="Type its title, with the year if need be."
            )
        asked = valid(ReviewRequest, {**_asked(fields), "film": {"id": film.id}})
    except FinecutError as error:
        return refused(services, "draft.html.j2", error, fields)
    return await begin(request, "review", given_to(asked, film), services)


def _asked(fields: Mapping[str, str]) -> dict[str, Any]:
    notes = [{"id": n.id, "text": n.text, "section": n.section} for n in parse_notes(fields["notes"])]
    given: dict[str, Any] = filled(fields, "words", "tone", "language", "rating", "author")
    return {**given, "notes": notes, "spoilers": bool(fields["spoilers"])}


@router.get("/reviews/{review_id}")
async def result(review_id: str, services: ServicesDep) -> HTMLResponse:
    """Show the review; each sentence leads to its notes and fields."""
    review: Mapping[str, Any] = await services.reviews.get(review_id)
    notes = {n["id"]: n["text"] for n in review["notes"]["given"]}
    record = await _record(review["film"]["id"], services)
    return page(
        services,
        "review.html.j2",
        review=review,
        sections=list(_sections(review, {**record, **notes})),
        notes=notes,
        claims_by_verdict=by_verdict(review["claims"]["claims"]),
        told=[e for e in review["trail"] if e["proposed"] or e["reasons"]],
    )


async def _record(film_id: str, services: Services) -> dict[str, str]:
    """Return what the record says in each field, as `film.NAME`; nothing where the film was deleted since."""
    try:
        film = film_to_json(await services.films.get(film_id))
    except FilmNotFound:
        return {}
    return {f"film.{name}": _short("; ".join(lines_of(value))) for name, value in film.items()}


def _short(text: str) -> str:
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE].rsplit(' ', 1)[0]} …"


def _sections(review: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the sections with their paragraphs of numbered sentences; `said` tells what each source says."""
    headings = HEADINGS[review["language"]]
    number = 0
    for section in review["sections"]:
        sentences = []
        for sentence in section["sentences"]:
            number += 1
            sources = [{"id": s, "says": said.get(s, "")} for s in sentence["sources"]]
            sentences.append({"number": number, "text": sentence["text"], "sources": sources})
        paragraphs = list(in_paragraphs(sentences, section["paragraphs"]))
        yield {"heading": headings[SectionName(section["name"])], "paragraphs": paragraphs}
