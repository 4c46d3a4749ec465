"""`/score`: a text's score, its findings and its facts, each number with what it is made of."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.document import detect_format
from service.errors import FinecutError
from service.films import Film
from service.web.api.measures import ScoreRequest
from service.web.deps import ServicesDep
from service.web.pages.copy import by_verdict, marked
from service.web.pages.forms import example_fields, filled, film_named, read_form
from service.web.pages.rendering import PageRoute, page, refused
from service.writing.measuring import check_text
from service.writing.requests import valid
from service.writing.scoring import score_text

router = APIRouter(include_in_schema=False, route_class=PageRoute)

EMPTY = {"content": "", "film": "", "keyphrase": ""}


@router.get("/score")
async def form(services: ServicesDep, *, film: str = "", example: bool = False) -> HTMLResponse:
    """Show the form, empty or filled with the example."""
    fields = {**EMPTY, "film": film, **(example_fields() if example else {})}
    return page(services, "score.html.j2", fields=fields, error=None, result=None)


@router.post("/score")
async def score(request: Request, services: ServicesDep) -> HTMLResponse:
    """Show the score of a text; what was typed stays in the form, also after an error."""
    fields = {**EMPTY, **await read_form(request)}
    try:
        film = await film_named(fields["film"], services.films)
        asked = valid(ScoreRequest, {"content": fields["content"], **filled(fields, "keyphrase")})
    except FinecutError as error:
        return refused(services, "score.html.j2", error, fields, result=None)
    result = await asyncio.to_thread(_measured, asked, film)
    return page(services, "score.html.j2", fields=fields, error=None, result=result)


def _measured(asked: ScoreRequest, film: Film | None) -> dict[str, Any]:
    written = detect_format("", asked.content)
    scored: dict[str, Any] = score_text(asked.content, written, film, asked.keyphrase or "")
    checked: dict[str, Any] = check_text(asked.content, written, film) if film else {"claims": []}
    return {
        "scored": scored,
        "claims": by_verdict(checked["claims"]),
        "coverage": checked.get("coverage"),
        "film": film,
        "pieces": marked(asked.content, scored["findings"], checked["claims"]),
    }
