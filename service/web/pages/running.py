"""`/jobs/ID`: a run while it goes on; then its result, or why it failed."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, status
from fastapi.responses import RedirectResponse, Response

from service.films import JSON
from service.jobs import RunState
from service.jobs.outcome import error_from_json
from service.web.api.running import start
from service.web.deps import ServicesDep
from service.web.pages.rendering import PageRoute, page
from service.web.services import Services

router = APIRouter(include_in_schema=False, route_class=PageRoute)

AT_ONCE = 2.0  # seconds: without a model most runs end within them, and no page between is worth it
DOING = {"review": "Drafting", "edit": "Editing", "eval": "Measuring"}
STAGES = {
    "start": "Read the notes",
    "read": "Read the copy",
    "plan": "Sorted the notes into sections",
    "section": "Wrote a section",
    "checks": "Checked every sentence against record and notes",
    "draft": "The draft stands",
    "round": "Made a round of edits",
    "edits": "Made the second pass",
    "measured": "Measured articles",
    "done": "Stored",
    "failed": "Failed",
}


async def begin(request: Request, kind: str, given: Mapping[str, JSON], services: Services) -> Response:
    """Start a run, and lead to its result where it ends at once, else to its progress."""
    run_id = await start(request, kind, given, services)
    run = await services.runs.wait(run_id, AT_ONCE)
    where = f"/{kind}s/{run_id}" if run.state is RunState.DONE else f"/jobs/{run_id}"
    return RedirectResponse(where, status.HTTP_303_SEE_OTHER)


@router.get("/jobs/{job_id}")
async def job(job_id: str, services: ServicesDep) -> Response:
    """Show how far a run is, or go on to its result."""
    run = await services.runs.get(job_id)
    if run.state is RunState.DONE:
        return RedirectResponse(f"/{run.kind}s/{job_id}", status.HTTP_303_SEE_OTHER)
    if run.state is RunState.FAILED and run.error is not None:
        raise error_from_json(run.error)
    return page(services, "job.html.j2", run=run, stages=STAGES, doing=DOING.get(run.kind, "Running"))


@router.post("/jobs/{job_id}/cancel")
async def cancel(job_id: str, services: ServicesDep) -> Response:
    """Cancel the run at its next step."""
    await services.runs.cancel(job_id)
    return RedirectResponse(f"/jobs/{job_id}", status.HTTP_303_SEE_OTHER)
