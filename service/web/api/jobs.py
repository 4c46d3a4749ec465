"""`/v1/jobs`: where a run is, what it says, and cancelling it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse

from service.errors import InputError
from service.jobs import RunState
from service.jobs.outcome import error_from_json
from service.web.answers import JobAnswer
from service.web.api.running import job_json
from service.web.deps import Answer, ServicesDep
from service.web.errors import problem_json
from service.web.services import Services

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


@router.get("/{job_id}", response_model=None, responses={200: {"model": JobAnswer}})
async def get_job(job_id: str, services: ServicesDep) -> Answer:
    """Return where the run is; a failed one carries its problem document."""
    run = await services.runs.get(job_id)
    job = job_json(run)
    if run.state is RunState.FAILED and run.error is not None:
        job["error"] = problem_json(error_from_json(run.error))
    return job


@router.delete("/{job_id}", response_model=None, responses={200: {"model": JobAnswer}})
async def cancel_job(job_id: str, services: ServicesDep) -> Answer:
    """Cancel the run at its next step; one that has ended stays as it is."""
    return job_json(await services.runs.cancel(job_id))


@router.get("/{job_id}/events", response_class=StreamingResponse)
async def job_events(
    job_id: str, services: ServicesDep, last_event_id: Annotated[str | None, Header()] = None
) -> StreamingResponse:
    """Stream what the run says as Server-Sent Events, resumable by `Last-Event-ID`.

    A client that leaves ends nothing but its own stream.
    """
    if last_event_id is not None and not last_event_id.isdigit():
        raise InputError(
            f"Last-Event-ID is {last_event_id!r}.",
            field="Last-Event-ID",
            remedy="Send the number of the last event seen.",
        )
    await services.runs.get(job_id)
    return StreamingResponse(
        _stream(job_id, int(last_event_id or 0), services), media_type="text/event-stream"
    )


async def _stream(job_id: str, after: int, services: Services) -> AsyncIterator[str]:
    async for event in services.runs.events(job_id, after):
        data = json.dumps(dict(event.detail), ensure_ascii=False)
        yield f"id: {event.number}\nevent: {event.stage}\ndata: {data}\n\n"
