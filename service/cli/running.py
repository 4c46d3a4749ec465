"""Building Finecut for one command and taking it down again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from service.app import Finecut, build
from service.errors import InputError
from service.settings import Settings

Request = TypeVar("Request", bound=BaseModel)


def finecut() -> Finecut:
    """Return Finecut as the environment sets it up."""
    return build(Settings())


def run(service: Finecut, work: Callable[[Finecut], Awaitable[None]], *, starter: bool = True) -> None:
    """Do `work` and close what it opened, also after an error.

    A new database gets the starter catalogue, unless `starter` is False.
    """

    async def whole() -> None:
        try:
            await service.open(starter=starter)
            await work(service)
        finally:
            await service.aclose()

    asyncio.run(whole())


def valid(form: type[Request], given: Mapping[str, object]) -> Request:
    """Return the request that the options make. Raises InputError, which names the option at fault."""
    try:
        return form.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{where or 'request'}: {first['msg'].removeprefix('Value error, ')}.", field=where
        ) from None
