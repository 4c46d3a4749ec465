"""`/evals`: many articles measured at once, their report, and one evaluation held against another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from service.document import detect_format
from service.errors import FinecutError, InputError
from service.evaluation.measures import measure_named
from service.evaluation.requests import EvalRequest
from service.web.api.evals import KIND, given_to
from service.web.deps import ServicesDep
from service.web.ownership import SeenBy
from service.web.pages.forms import filled, read_form
from service.web.pages.rendering import PageRoute, page, refused
from service.web.pages.running import begin
from service.web.services import Services
from service.writing.requests import valid

router = APIRouter(include_in_schema=False, route_class=PageRoute)

EMPTY = {"articles": "", "name": "", "suite": "articles", "keyphrase": ""}
CHIEF = ("score", "cliches", "repeats_per_1000", "name_variants", "contradicted", "words")
"""The measures that the page of an evaluation shows; its report has all of them."""


@router.get("/evals")
async def listed(services: ServicesDep, seen: SeenBy) -> HTMLResponse:
    """Show the form and the evaluations that were made."""
    return await _form(services, seen, EMPTY)


@router.post("/evals")
async def evaluate(request: Request, services: ServicesDep, seen: SeenBy) -> Response:
    """Start an evaluation; what was typed stays in the form after an error."""
    fields = {**EMPTY, **await read_form(request)}
    try:
        given = {
            "articles": list(_articles(fields["articles"])),
            **filled(fields, "name", "suite", "keyphrase"),
        }
        return await begin(request, KIND, await given_to(valid(EvalRequest, given), services), services)
    except FinecutError as error:
        return await _form(services, seen, fields, error)


async def _form(
    services: Services, seen: str | None, fields: Mapping[str, str], error: FinecutError | None = None
) -> HTMLResponse:
    made = await services.evals.list(limit=50, offset=0, key_id=seen)
    if error is not None:
        return refused(services, "evals.html.j2", error, fields, evals=made)
    return page(services, "evals.html.j2", fields=fields, error=None, evals=made)


def _articles(lines: str) -> Iterator[dict[str, Any]]:
    """Yield the articles of JSON Lines. Raises InputError, which names the line."""
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        try:
            article = json.loads(line)
            content = article.pop("content", None) or article.pop("text")
        except (ValueError, KeyError, AttributeError):
            raise InputError(
                f"Line {number} is no JSON object with `text`.",
                field="articles",
                remedy='Give one article a line, as {"id": …, "text": …}, or choose files.',
            ) from None
        film = article.pop("film", None)
        about = {"film": {"title": film} if isinstance(film, str) else film} if film else {}
        known = {name: str(article[name]) for name in ("id", "group") if article.get(name)}
        yield {"content": content, "format": detect_format("", str(content)), **known, **about}


@router.get("/evals/{eval_id}")
async def result(eval_id: str, services: ServicesDep, seen: SeenBy) -> HTMLResponse:
    """Show the chief measures of each group, and the ways to the report and to a comparison."""
    stored: Mapping[str, Any] = await services.evals.get(eval_id)
    groups = stored["results"]["groups"]
    measures = [measure_named(n) for n in CHIEF if any(n in g["measures"] for g in groups)]
    made = await services.evals.list(limit=50, offset=0, key_id=seen)
    others = [e for e in made if e["id"] != eval_id]
    return page(services, "eval.html.j2", evaluation=stored, groups=groups, measures=measures, others=others)
