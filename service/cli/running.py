"""Building Finecut for one command and taking it down again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from service.app import Finecut, build
from service.settings import Settings


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
