"""Health, and what each kind of problem means."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.errors import NotFound
from service.films import JSON
from service.web.answers import ReadyAnswer
from service.web.deps import Answer, ServicesDep
from service.web.errors import PROBLEMS

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> Answer:
    """Tell that the process answers."""
    return {"status": "ok"}


@router.get("/readyz", response_model=None, responses={s: {"model": ReadyAnswer} for s in (200, 503)})
async def readyz(services: ServicesDep) -> JSONResponse:
    """Tell whether requests can be served: the database answers in this version's form, holds films, and
    the model can be built. Tells which model that is.
    """
    faults = list(await services.faults())
    films = 0 if faults else await services.films.count()
    if not faults and not films:
        faults.append("no films: import some, or run `finecut films import --starter`")
    body: dict[str, JSON] = {
        "status": "; ".join(faults) or "ready",
        "films": films,
        "model": dict(services.model),
        "version": services.version,
    }
    return JSONResponse(body, 503 if faults else 200)


@router.get("/problems/{name}")
async def problem(name: str) -> Answer:
    """Explain a problem type that an error names."""
    for known in PROBLEMS:
        if known.name == name:
            return {"type": f"/problems/{name}", "title": known.title, "status": known.status}
    raise NotFound(
        f"There is no problem type {name!r}.", remedy=f"There are: {', '.join(p.name for p in PROBLEMS)}."
    )
