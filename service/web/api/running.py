"""Starting a run from a POST, waiting for it, and answering with its result or where it will be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import Request, status
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel

from service.errors import InputError
from service.films import JSON, Film, film_to_json
from service.jobs import Run, RunState
from service.jobs.outcome import error_from_json
from service.web import prefer
from service.web.answers import JobAnswer
from service.web.errors import problem_json
from service.web.services import Results, Services
from service.writing.requests import FilmRef
from service.writing.routes import film_of

STARTED: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "The run goes on; `Location` leads to its job.",
        "model": JobAnswer,
    }
}


STREAM = "text/event-stream"


async def run_request(
    request: Request, body: BaseModel, kind: str, ref: FilmRef | None, services: Services
) -> Response:
    """Start a run of `kind` for `body`; answer 201 with the result, or 202 while it goes on.

    Who accepts `text/event-stream` gets what the run says as it says it, and in `Location` where it runs.
    """
    film = None if ref is None else await film_of(ref, services.films)
    given = given_to(body, film)
    if STREAM not in request.headers.get("accept", ""):
        return await run_and_wait(request, kind, given, services)
    run_id = await start(request, kind, given, services)
    return StreamingResponse(
        events(run_id, 0, services), media_type=STREAM, headers={"Location": f"/v1/jobs/{run_id}"}
    )


async def events(run_id: str, after: int, services: Services) -> AsyncIterator[str]:
    """Yield what a run says behind its event `after`, as Server-Sent Events."""
    async for event in services.runs.events(run_id, after):
        data = json.dumps(dict(event.detail), ensure_ascii=False)
        yield f"id: {event.number}\nevent: {event.stage}\ndata: {data}\n\n"


def given_to(body: BaseModel, film: Film | None) -> dict[str, JSON]:
    """Return what a run of a request about a film is given."""
    return {
        "request": body.model_dump(mode="json"),
        "film": None if film is None else film_to_json(film),
    }


async def run_and_wait(
    request: Request, kind: str, given: Mapping[str, JSON], services: Services
) -> JSONResponse:
    """Start a run of `kind` with what is `given` to it, its `request` among that; answer as above."""
    run_id = await start(request, kind, given, services)
    preference = prefer.read(request.headers.get("prefer"), services.limits.wait_seconds)
    run = await services.runs.wait(run_id, preference.wait_seconds)
    headers = {"Preference-Applied": preference.applied} if preference.applied else {}
    return await answer(run, kind, services, headers)


async def start(request: Request, kind: str, given: Mapping[str, JSON], services: Services) -> str:
    """Start a run of `kind`, or find the one that the request's `Idempotency-Key` started; return its id.

    Raises InputError where the key came with another body.
    """
    payload = given["request"]
    assert isinstance(payload, dict)
    key_id: str | None = getattr(request.state, "key_id", None)
    started: dict[str, JSON] = {**given, "model": payload.get("model"), "key": key_id}
    key = request.headers.get("idempotency-key")
    if key is None:
        return await services.runs.start(kind, started)
    fingerprint = hashlib.sha256(json.dumps([kind, payload], sort_keys=True).encode()).hexdigest()
    started["fingerprint"] = fingerprint
    run_id = keyed_id(request, kind, key)
    earlier = await services.runs.request_of(run_id)
    if earlier is not None and earlier.get("fingerprint") != fingerprint:
        raise InputError(
            "This Idempotency-Key was used with another body.",
            field="Idempotency-Key",
            remedy="Send a new key with a new request.",
        )
    return await services.runs.start(kind, started, run_id=run_id)


def keyed_id(request: Request, kind: str, idempotency_key: str) -> str:
    """Return the id of what a request with an `Idempotency-Key` makes: its own for every API key."""
    caller: str | None = getattr(request.state, "key_id", None)
    parts = [kind, *([caller] if caller else []), idempotency_key]
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


async def answer(run: Run, kind: str, services: Services, headers: Mapping[str, str]) -> JSONResponse:
    """Answer with a run's result, its error, or its place."""
    where = f"/v1/{kind}s/{run.id}"
    if run.state is RunState.FAILED and run.error is not None:
        raise error_from_json(run.error)
    if run.state is RunState.DONE:
        stored = await stored_of(kind, services).get(run.id)
        return JSONResponse(dict(stored), status.HTTP_201_CREATED, {"Location": where, **headers})
    job = f"/v1/jobs/{run.id}"
    return JSONResponse(job_json(run), status.HTTP_202_ACCEPTED, {"Location": job, **headers})


def stored_of(kind: str, services: Services) -> Results:
    """Return the store of results of that kind."""
    return {"review": services.reviews, "edit": services.edits, "eval": services.evals}[kind]


def job_json(run: Run) -> dict[str, JSON]:
    """Return a run as the API shows it; a failed one carries its problem document."""
    where = f"/v1/{run.kind}s/{run.id}"
    shown: dict[str, JSON] = {
        "id": run.id,
        "kind": run.kind,
        "state": run.state.value,
        "created": run.created.isoformat(),
        "updated": run.updated.isoformat(),
        "result": where if run.state is RunState.DONE else None,
        "events": f"/v1/jobs/{run.id}/events",
    }
    if run.state is RunState.FAILED and run.error is not None:
        shown["error"] = problem_json(error_from_json(run.error))
    return shown
