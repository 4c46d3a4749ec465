"""`finecut worker`: a process that runs what others queued, on one Postgres with them."""

from __future__ import annotations

import asyncio
import signal

from service.app import Finecut, build, working
from service.cli.console import say
from service.cli.exits import exiting
from service.cli.running import run
from service.errors import InputError
from service.settings import Settings


@exiting
def worker() -> None:
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
    run(build(settings), _work)


async def _work(service: Finecut) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with working(service):
        say("Finecut works on what is queued  (stop with Ctrl-C)")
        await stopped.wait()
        say("Stopping: running work may end, the rest is taken over")
