"""What routes may ask for, as `Annotated` aliases. FastAPI sees no other dependency."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from service.access import Scope
from service.web.services import Services


def _services(request: Request) -> Services:
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


async def may_write(request: Request, services: Services) -> bool:
    """Tell whether the caller may do what needs the scope `write`; one who was asked for no key may."""
    return await _allows(Scope.WRITE, request, services)


async def is_admin(request: Request, services: Services) -> bool:
    """Tell whether the caller may do what needs the scope `admin`; one who was asked for no key may."""
    return await _allows(Scope.ADMIN, request, services)


async def _allows(scope: Scope, request: Request, services: Services) -> bool:
    key_id = getattr(request.state, "key_id", None)
    key = None if key_id is None else await services.keys.get(key_id)
    return key_id is None or (key is not None and key.scope.allows(scope))


ServicesDep = Annotated[Services, Depends(_services)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many to list.")]
Offset = Annotated[int, Query(ge=0, le=2**31 - 1, description="How many to pass over.")]

Answer = dict[str, Any]
"""A JSON object; the shapes are in `service.writing.shapes`, FastAPI need not validate them again."""
