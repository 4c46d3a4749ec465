"""`/v1/jobs`: what runs and ran, where a run is, what it says, and cancelling it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from service.errors import InputError
from service.jobs import RunState
from service.web.answers import JobAnswer, JobList
from service.web.api.running import STREAM, events, job_json
from service.web.deps import Answer, Limit, Offset, ServicesDep
from service.web.ownership import SeenBy

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


class Wanted(BaseModel):
    """Which runs to list."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["review", "edit", "eval"] | None = Field(None, description="What was asked for.")
    state: RunState | None = Field(None, description="Where the run is.")
    limit: Limit = 50
    offset: Offset = 0


@router.get("", response_model=None, responses={200: {"model": JobList}})
async def list_jobs(services: ServicesDep, seen: SeenBy, wanted: Annotated[Wanted, Query()]) -> Answer:
    """List the runs, the newest first, those of batch lines among them.

    A key that is no admin's sees its own. The newest 20,000 are looked through.
    """
    runs = await services.runs.list(key_id=seen, **dict(wanted))
    return {"jobs": [job_json(run) for run in runs]}


@router.get("/{job_id}", response_model=None, responses={200: {"model": JobAnswer}})
async def get_job(job_id: str, services: ServicesDep) -> Answer:
    """Return where the run is; a failed one carries its problem document."""
    return job_json(await services.runs.get(job_id))


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
    return StreamingResponse(events(job_id, int(last_event_id or 0), services), media_type=STREAM)
