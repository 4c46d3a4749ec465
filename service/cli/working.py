"""`finecut worker`: a process that runs what others queued, on one Postgres with them."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Annotated

import typer

from service.app import Finecut, build, working
from service.cli.console import say
from service.cli.exits import exiting
from service.cli.running import run
from service.errors import InputError
from service.settings import Settings

LOOK = 5.0


@exiting
def worker(
    drain: Annotated[
        bool,
        typer.Option(
            "--drain",
            help="For the old version in an upgrade: begin no lines of batches, and stop once no run of this "
            "version is left.",
        ),
    ] = False,
) -> None:
    """Run queued drafts and edits, without HTTP; stop with Ctrl-C or SIGTERM, which lets runs end first."""
    settings = Settings()
    if settings.sqlalchemy_url.startswith("sqlite"):
        raise InputError(
            "Workers share a Postgres; SQLite serves one process, and `finecut serve` is that.",
            field="database_url",
            remedy="Set FINECUT_DATABASE_URL=postgresql://user@host/name on every machine.",
        )
    if not settings.run_here:
        raise InputError("A worker that runs nothing is of no use.", remedy="Set FINECUT_RUN_HERE above 0.")
    run(build(settings), partial(_work, drain=drain))


async def _work(service: Finecut, *, drain: bool) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with working(service, batches=not drain) as runs:
        say("Finecut works on what is queued  (stop with Ctrl-C)")
        if drain:
            await drained(runs.unfinished, stopped)
        else:
            await stopped.wait()
        say("Stopping: running work may end, the rest is taken over")


async def drained(unfinished: Callable[[], Awaitable[int]], stopped: asyncio.Event) -> None:
    """Return once no run is left, which is looked at every LOOK seconds, or when it is stopped."""
    while not stopped.is_set() and (left := await unfinished()):
        say(f"{left:,} runs of this version are left")
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK):
                await stopped.wait()
