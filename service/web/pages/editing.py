"""`/edit` and `/edits/ID`: a copy through the second pass, and the writer's word on every edit."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.document import Format, detect_format, parse
from service.errors import FinecutError
from service.films import Film
from service.web.api.running import given_to
from service.web.deps import ServicesDep
from service.web.exports import with_edits
from service.web.pages.copy import by_verdict
from service.web.pages.forms import example_fields, filled, film_named, read_form
from service.web.pages.rendering import PageRoute, page, refused
from service.web.pages.running import begin
from service.web.services import Services
from service.writing.requests import EditsRequest, valid
from service.writing.routes import decide
from service.writing.scoring import score_text

router = APIRouter(include_in_schema=False, route_class=PageRoute)

EMPTY = {"content": "", "film": "", "keyphrase": "", "protect": "", "intensity": "normal"}


@router.get("/edit")
async def form(services: ServicesDep, *, film: str = "", example: bool = False) -> HTMLResponse:
    """Show the form, empty or filled with the example."""
    fields = {**EMPTY, "film": film, **(example_fields() if example else {})}
    return page(services, "edit.html.j2", fields=fields, error=None)


@router.post("/edit")
async def edit(request: Request, services: ServicesDep) -> Response:
    """Start the edit; what was typed stays in the form after an error."""
    fields = {**EMPTY, **await read_form(request)}
    try:
        film = await film_named(fields["film"], services.films)
        asked = valid(EditsRequest, _asked(fields, film))
    except FinecutError as error:
        return refused(services, "edit.html.j2", error, fields)
    return await begin(request, "edit", given_to(asked, film), services)


def _asked(fields: Mapping[str, str], film: Film | None) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "content": fields["content"],
        "format": detect_format("", fields["content"]),
        "protect": [line.strip() for line in fields["protect"].splitlines() if line.strip()],
        **filled(fields, "keyphrase", "intensity"),
    }
    return asked if film is None else {**asked, "film": {"id": film.id}}


@router.get("/edits/{edit_id}")
async def result(edit_id: str, services: ServicesDep) -> HTMLResponse:
    """Show the copy with every edit marked, its reason and the gates it passed."""
    stored: Mapping[str, Any] = await services.edits.get(edit_id)
    scores = await _scores(stored, services)
    facts = stored["facts"]
    return page(
        services,
        "edited.html.j2",
        edit=stored,
        pieces=list(with_edits(stored["source"], stored["edits"])),
        scores=scores,
        words=parse(stored["content"], Format(stored["format"])).words,
        facts=[] if facts is None else by_verdict(facts["claims"]),
        undecided=all(stored["decisions"].values()),
    )


@router.post("/edits/{edit_id}/decisions")
async def decisions(edit_id: str, request: Request, services: ServicesDep) -> Response:
    """Accept or reject an edit, or all, and show the copy again."""
    fields = await read_form(request)
    stored = await services.edits.get(edit_id)
    chosen = {name: [fields[name]] for name in ("accept", "reject") if name in fields}
    every = {"accept": True, "reject": False}.get(fields.get("all", ""))
    await services.edits.put(edit_id, decide(stored, every=every, **chosen))
    touched = next(iter(chosen.values()), [""])[0]
    where = f"/edits/{edit_id}" + (f"#why-{touched}" if touched else "")
    return RedirectResponse(where, status.HTTP_303_SEE_OTHER)


async def _scores(stored: Mapping[str, Any], services: Services) -> dict[str, Any]:
    """Return the scores before and now: with an edit rejected, `now` is measured on what stands."""
    if all(stored["decisions"].values()):
        return {"before": stored["scores"]["before"], "now": stored["scores"]["after"]}
    film = None
    if stored["film"] is not None:
        try:
            film = await services.films.get(stored["film"]["id"])
        except FinecutError:  # deleted since: the copy is scored without its names
            film = None
    written = Format(stored["format"])
    now = await asyncio.to_thread(score_text, stored["content"], written, film, ideas=False)
    return {"before": stored["scores"]["before"], "now": now}
