"""Health, and what each kind of problem means."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.errors import NotFound
from service.films import JSON
from service.web.deps import Answer, ServicesDep
from service.web.errors import PROBLEMS

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> Answer:
    """Tell that the process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(services: ServicesDep) -> JSONResponse:
    """Tell whether requests can be served: the database answers, and which model would."""
    films = await services.films.count()
    ready = films > 0
    body: dict[str, JSON] = {
        "status": "ready" if ready else "no films: import some, or run `finecut films import --starter`",
        "films": films,
        "model": dict(services.model),
        "version": services.version,
    }
    return JSONResponse(body, 200 if ready else 503)


@router.get("/problems/{name}")
async def problem(name: str) -> Answer:
    """Explain a problem type that an error names."""
    for known in PROBLEMS:
        if known.name == name:
            return {"type": f"/problems/{name}", "title": known.title, "status": known.status}
    raise NotFound(
        f"There is no problem type {name!r}.", remedy=f"There are: {', '.join(p.name for p in PROBLEMS)}."
    )
