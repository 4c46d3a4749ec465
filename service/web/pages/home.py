"""The front page: what one can do here, and what was done last."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.web.deps import ServicesDep
from service.web.ownership import SeenBy
from service.web.pages.rendering import PageRoute, page

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/")
async def home(services: ServicesDep, seen: SeenBy) -> HTMLResponse:
    """Show the doors and the latest reviews and edits."""
    return page(
        services,
        "home.html.j2",
        films=await services.films.count(),
        reviews=await services.reviews.list(limit=8, offset=0, key_id=seen),
        edits=await services.edits.list(limit=8, offset=0, key_id=seen),
    )
