"""`/films` and `/films/ID`: the stored records, every value with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.films import Film, film_to_json
from service.web.deps import ServicesDep
from service.web.pages.rendering import PageRoute, page

router = APIRouter(include_in_schema=False, route_class=PageRoute)

PAGE = 50
NO_FIELDS = frozenset({"id", "title", "provenance", "conflicts", "complete", "kind"})


@router.get("/films")
async def search(services: ServicesDep, title: str = "", after: int = 0) -> HTMLResponse:
    """Show films like a title, or all in the order of their titles."""
    wanted, start = title.strip()[:300], max(0, min(after, 2**31 - 1))
    if wanted:
        found = await services.films.search(wanted, None, PAGE)
    else:
        found = await services.films.list(limit=PAGE, offset=start)
    total = await services.films.count()
    more = start + PAGE if not wanted and start + PAGE < total else None
    return page(services, "films.html.j2", films=found, title=wanted, total=total, more=more)


@router.get("/films/{film_id}")
async def film(film_id: str, services: ServicesDep) -> HTMLResponse:
    """Show a film's record with sources, dates, licences and conflicts."""
    stored = await services.films.get(film_id)
    return page(services, "film.html.j2", film=stored, fields=list(_fields(stored)))


def _fields(film: Film) -> Iterator[dict[str, Any]]:
    for name, value in film_to_json(film).items():
        if name in NO_FIELDS or value in (None, "", [], {}):
            continue
        yield {
            "name": name,
            "lines": list(lines_of(value)),
            "complete": name in film.complete,
            "source": film.source_of(name),
            "others": [(list(lines_of(a.value)), a.provenance) for a in film.conflicts.get(name, ())],
        }


def lines_of(value: object) -> Iterator[str]:
    """Yield a field's value, as JSON has it, as lines to read, one for each entry of a list."""
    if isinstance(value, list):
        for entry in value:
            yield ", ".join(lines_of(entry)) if not isinstance(entry, Mapping) else _entry(entry)
    elif isinstance(value, Mapping):
        yield from (f"{name}: {' '.join(lines_of(entry))}" for name, entry in value.items())
    else:
        yield str(value)


def _entry(entry: Mapping[str, Any]) -> str:
    first, *rest = (", ".join(lines_of(v)) for v in entry.values() if v not in (None, "", [], {}, True))
    return f"{first} ({'; '.join(rest)})" if rest else first
