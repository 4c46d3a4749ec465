"""`/batches` and `/batches/ID`: how far they are, and their controls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, status
from fastapi.responses import HTMLResponse, RedirectResponse

from service.errors import InputError
from service.jobs.batches import Batches
from service.web.api.batches import batch_json, line_json, progress_json
from service.web.deps import ServicesDep
from service.web.ownership import SeenBy
from service.web.pages.rendering import PageRoute, page

router = APIRouter(include_in_schema=False, route_class=PageRoute)

MOST_BAD = 50  # lines whose errors a page shows
CONTROLS: Mapping[str, Callable[[Batches, str], Awaitable[Any]]] = {
    "pause": lambda batches, batch_id: batches.pause(batch_id),
    "resume": lambda batches, batch_id: batches.resume(batch_id),
    "retry": lambda batches, batch_id: batches.retry(batch_id),
    "cancel": lambda batches, batch_id: batches.cancel(batch_id),
}


@router.get("/batches")
async def listed(services: ServicesDep, seen: SeenBy) -> HTMLResponse:
    """Show the batches, the newest first."""
    batches = await services.batches.list(limit=100, offset=0, key_id=seen)
    return page(services, "batches.html.j2", batches=[batch_json(b) for b in batches])


@router.get("/batches/{batch_id}")
async def progress(batch_id: str, services: ServicesDep) -> HTMLResponse:
    """Show how far a batch is and what is wrong with its lines; the page renews itself while lines run."""
    shown = progress_json(await services.batches.progress(batch_id))
    bad = [line_json(batch_id, line, None) for line in await services.batches.bad(batch_id, MOST_BAD)]
    left = shown["seconds_left"]
    told = None if left is None else str(timedelta(seconds=round(float(str(left)))))
    return page(services, "batch.html.j2", batch=shown, left=told, bad=bad, most=MOST_BAD)


@router.post("/batches/{batch_id}/{control}")
async def steer(batch_id: str, control: str, services: ServicesDep) -> RedirectResponse:
    """Pause, resume, retry or cancel a batch."""
    if control not in CONTROLS:
        raise InputError(f"A batch has no control {control!r}.", remedy=f"There are: {', '.join(CONTROLS)}.")
    await CONTROLS[control](services.batches, batch_id)
    return RedirectResponse(f"/batches/{batch_id}", status.HTTP_303_SEE_OTHER)
