"""Pages: templates filled with everything escaped, and errors shown as pages instead of JSON."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import cache
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service import resources
from service.errors import FilmAmbiguous, FinecutError
from service.web.errors import problem_of
from service.web.services import Services

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@cache
def _templates() -> Environment:
    folder = resources.folder("templates")
    loader = FileSystemLoader([folder / "pages", folder / "partials"])
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["words"] = lambda name: str(name).replace("_", " ")
    return environment


def page(services: Services, name: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return the page `templates/pages/NAME`; scripts and styles may come from this site alone."""
    template = _templates().get_template(name)
    html = template.render(model=services.model, version=services.version, **values)
    return HTMLResponse(html, status, HEADERS)


def refused(
    services: Services, name: str, error: FinecutError, fields: Mapping[str, str], **values: object
) -> HTMLResponse:
    """Return a form's page with what is wrong; what was typed stays in its fields."""
    status = problem_of(error).status
    return page(services, name, status=status, fields=fields, error=shown(error), **values)


def shown(error: FinecutError) -> dict[str, Any]:
    """Return an error as the partial `_error.html.j2` takes it."""
    candidates = error.candidates if isinstance(error, FilmAmbiguous) else ()
    return {"message": error.message, "remedy": error.remedy, "candidates": candidates}


Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose errors are pages: what is wrong, and what would be right."""

    def get_route_handler(self) -> Handler:
        """Return the handler, answering a FinecutError with `error.html.j2`."""
        handler: Handler = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handler(request)
            except FinecutError as error:
                problem = problem_of(error)
                services: Services = request.app.state.services
                return page(
                    services, "error.html.j2", status=problem.status, title=problem.title, error=shown(error)
                )

        return guarded
