"""Building Finecut for one command and taking it down again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.app import Finecut


def finecut() -> Finecut:
    """Return Finecut as the environment sets it up."""
    from service.app import build  # noqa: PLC0415 - not every command needs all of it
    from service.settings import Settings  # noqa: PLC0415 - as above

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
