"""The front page: what runs here, and where to go on."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.web.deps import ServicesDep
from service.web.exports import page

router = APIRouter(include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
async def home(services: ServicesDep) -> str:
    """Show which model answers, what is stored, and the doors."""
    return page(
        "home.html.j2",
        model=services.model,
        films=await services.films.count(),
        version=services.version,
        reviews=await services.reviews.list(limit=10, offset=0),
        edits=await services.edits.list(limit=10, offset=0),
    )
