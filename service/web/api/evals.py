"""`/v1/evals`: uploaded articles measured as a durable run, compared, and shown as a page."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import asdict
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from service import resources
from service.errors import EvalNotFound, JobNotFound
from service.evaluation.comparison import Comparison, compare
from service.evaluation.report import Pages
from service.evaluation.requests import EvalRequest
from service.evaluation.results import OF_THE_SET
from service.films import JSON, film_to_json
from service.jobs import Run, RunState
from service.web.answers import ComparisonAnswer, EvalAnswer, EvalList, EvalUnderWay
from service.web.api.running import STARTED, job_json, run_and_wait
from service.web.deps import Answer, Limit, Offset, ServicesDep
from service.web.ownership import SeenBy
from service.web.services import Services
from service.writing.requests import FilmRef
from service.writing.routes import film_of

router = APIRouter(prefix="/v1/evals", tags=["evals"])

KIND = "eval"
NDJSON = "application/x-ndjson"
Before = Annotated[str, Query(max_length=100, description="Id of the evaluation to compare with.")]
PageNumber = Annotated[int, Query(ge=1, le=10_000, description="Which page of articles.")]
By = Annotated[str, Query(max_length=100, description="Measure that orders the items that changed most.")]


@router.post("", status_code=201, response_model=None, responses={201: {"model": EvalAnswer}, **STARTED})
async def create_eval(request: Request, body: EvalRequest, services: ServicesDep) -> JSONResponse:
    """Start a suite on the articles of the body. `Prefer: respond-async` answers at once with its job."""
    answer = await run_and_wait(request, KIND, await given_to(body, services), services)
    return answer if answer.status_code != 201 else _without_items(answer)


@router.get("", response_model=None, responses={200: {"model": EvalList}})
async def list_evals(services: ServicesDep, seen: SeenBy, limit: Limit = 50, offset: Offset = 0) -> Answer:
    """List the finished evaluations, the newest first; those of the key that asks, all for an admin."""
    found = await services.evals.list(limit=limit, offset=offset, key_id=seen)
    return {"evals": [dict(e) for e in found]}


@router.get("/{eval_id}.html", response_class=HTMLResponse)
async def get_report(eval_id: str, services: ServicesDep, page: PageNumber = 1) -> HTMLResponse:
    """Return the report as a page with nothing from outside; of more than 150 articles, the rest on further
    pages.
    """
    stored: Any = await services.evals.get(eval_id)
    shown = _pages().report(stored["results"], stored["items"], page=page, link=lambda n: f"?page={n}")
    return HTMLResponse(shown)


@router.get("/{eval_id}/items", response_class=StreamingResponse)
async def get_items(eval_id: str, services: ServicesDep) -> StreamingResponse:
    """Stream every article with its measures, findings and claims, as JSON Lines."""
    stored: Any = await services.evals.get(eval_id)
    return StreamingResponse(_lines(stored["items"]), media_type=NDJSON)


@router.get("/{eval_id}/comparison.html", response_class=HTMLResponse)
async def get_comparison_page(
    eval_id: str, services: ServicesDep, before: Before, by: By = ""
) -> HTMLResponse:
    """Return the comparison as a page."""
    a: Any = await services.evals.get(before)
    b: Any = await services.evals.get(eval_id)
    found = compare(a["results"], b["results"], leading=by)
    names = (a["name"] or before, b["name"] or eval_id)
    return HTMLResponse(_pages().comparison(found, *names, a["items"], b["items"]))


@router.get("/{eval_id}/comparison", response_model=None, responses={200: {"model": ComparisonAnswer}})
async def get_comparison(eval_id: str, services: ServicesDep, before: Before, by: By = "") -> Answer:
    """Compare with another evaluation of the same articles: paired differences with intervals."""
    a: Any = await services.evals.get(before)
    b: Any = await services.evals.get(eval_id)
    return comparison_json(compare(a["results"], b["results"], leading=by))


@router.get("/{eval_id}", response_model=None, responses={200: {"model": EvalAnswer | EvalUnderWay}})
async def get_eval(eval_id: str, services: ServicesDep) -> Answer:
    """Return how far an evaluation is, and its results once it is done."""
    try:
        run = await services.runs.get(eval_id)
    except JobNotFound:
        run = None
    if run is None or run.kind != KIND:
        raise EvalNotFound(f"There is no evaluation {eval_id!r}.", remedy="GET /v1/evals lists them.")
    if run.state is RunState.DONE:
        return _shown(await services.evals.get(eval_id))
    return await _unfinished(run, services)


async def _unfinished(run: Run, services: Services) -> Answer:
    told = [e for e in await services.runs.told(run.id) if e.stage == "measured"]
    progress = dict(told[-1].detail) if told else None
    return {**job_json(run), "progress": progress, "results": None, "report": None}


def _shown(stored: Mapping[str, Any]) -> Answer:
    """Return a stored evaluation without its articles' texts."""
    where = f"/v1/evals/{stored['id']}"
    kept = {name: value for name, value in stored.items() if name != "items"}
    count = stored["articles"]
    return {
        **kept,
        "state": RunState.DONE.value,
        "progress": {"done": count, "of": count},
        "report": f"{where}.html",
        "items": f"{where}/items",
    }


def _without_items(answer: JSONResponse) -> JSONResponse:
    stored = orjson.loads(answer.body)
    kept = {n: v for n, v in answer.headers.items() if n in {"location", "preference-applied"}}
    return JSONResponse(_shown(stored), answer.status_code, kept)


async def given_to(body: EvalRequest, services: Services) -> dict[str, JSON]:
    """Return what the run of an evaluation is given. Raises FilmNotFound or FilmAmbiguous."""
    films, about = await _films([a.film for a in body.articles], services)
    return {
        "request": body.model_dump(mode="json"),
        "films": films,
        "about": about,
        "run": uuid.uuid4().hex,
    }


async def _films(refs: Iterable[FilmRef | None], services: Services) -> tuple[list[JSON], list[JSON]]:
    """Return the records of the films named, each once, and for each article which of them it is about.

    Raises FilmNotFound or FilmAmbiguous: nothing is guessed.
    """
    places: dict[FilmRef, int] = {}
    records: list[JSON] = []
    about: list[JSON] = []
    for ref in refs:
        if ref is not None and ref not in places:
            places[ref] = len(records)
            records.append(film_to_json(await film_of(ref, services.films)))
        about.append(None if ref is None else places[ref])
    return records, about


def comparison_json(found: Comparison) -> Answer:
    """Return a comparison as the API shows it."""
    return {
        "items": found.paired,
        "remarks": list(found.remarks),
        "only_before": list(found.only_a),
        "only_after": list(found.only_b),
        "differences": [
            {
                "measure": d.measure.name,
                "label": d.measure.label,
                **{k: v for k, v in asdict(d).items() if k != "measure"},
                "verdict": d.verdict,
            }
            for d in found.differences
        ],
        "changed_most": {
            "by": found.leading,
            "items": [{**asdict(m), "change": m.change} for m in found.moved],
        },
    }


def _pages() -> Pages:
    return Pages(resources.folder("templates"))


async def _lines(items: Iterable[Mapping[str, JSON]]) -> AsyncIterator[bytes]:
    for item in items:
        yield orjson.dumps({k: v for k, v in item.items() if k not in OF_THE_SET}) + b"\n"
