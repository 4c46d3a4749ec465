"""Retention: what is older than the settings say is deleted, a little at a time, in the background."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dbos import DBOS

from service.store.retention import CHUNK, SqlRetention

LOG = logging.getLogger("finecut.retention")
EVERY = timedelta(hours=1)
ROUNDS = 400  # of one kind in one sweep: 200,000 rows; the next sweep goes on
PAUSE = 0.02  # seconds between two rounds, for whoever else wants to write
ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]

Forget = Callable[[datetime], int]
"""Deletes some of what ended before a moment and returns how many; 0 where nothing is left."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that is kept for a number of days; 0 keeps it for ever."""

    name: str
    days: int
    forget: Forget


def kinds(store: SqlRetention, leftovers: Path, *, days: int, results_days: int) -> Sequence[Kind]:
    """Return all that is forgotten: traces of what was done after `days`, what was made after `results_days`.

    `leftovers` is the folder where evaluations keep what is measured: a cancelled one leaves its own there.
    A batch goes before the runs of its lines: it must not start a line again that it finds without one.
    """
    return (
        Kind("batches", days, store.batches),
        Kind("runs", days, forget_runs),
        Kind("events", days, store.events),
        Kind("deliveries", days, store.deliveries),
        Kind("executors", days, store.executors),
        Kind("leftovers", days, lambda before: forget_folders(leftovers, before)),
        Kind("results", results_days, store.results),
    )


def forget_runs(before: datetime) -> int:
    """Delete runs that ended before that, with their steps, from DBOS's tables. DBOS must be launched."""
    ended = DBOS.list_workflows(
        status=ENDED, completed_before=before.isoformat(), load_input=False, load_output=False, limit=CHUNK
    )
    if ended:
        DBOS.delete_workflows([run.workflow_id for run in ended])
    return len(ended)


def forget_folders(parent: Path, before: datetime) -> int:
    """Delete the folders in `parent` that were not written to since."""
    if not parent.is_dir():
        return 0
    old = [f for f in parent.iterdir() if f.is_dir() and f.stat().st_mtime < before.timestamp()][:CHUNK]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return sum(not folder.exists() for folder in old)


class Sweeper:
    """Sweeps at the start and then every hour until closed."""

    def __init__(self, of: Sequence[Kind]) -> None:
        self._kinds = of
        self._task: asyncio.Task[None] | None = None

    def launch(self) -> None:
        """Begin, on the running event loop."""
        self._task = asyncio.create_task(self._forever(), name="finecut retention")

    async def close(self) -> None:
        """Stop; what is left is swept after the next start."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def sweep(self) -> Mapping[str, int]:
        """Delete what is too old, within bounds, and return how many of each kind."""
        return {kind.name: await _swept(kind) for kind in self._kinds if kind.days}

    async def _forever(self) -> None:
        while True:
            try:
                gone = {name: count for name, count in (await self.sweep()).items() if count}
            except Exception:  # the database may be away for a while
                LOG.warning("nothing was swept", exc_info=True)
            else:
                if gone:
                    LOG.info("swept", extra={"fields": gone})
            await asyncio.sleep(EVERY.total_seconds())


async def _swept(kind: Kind) -> int:
    before = datetime.now(UTC) - timedelta(days=kind.days)
    total = 0
    for _ in range(ROUNDS):
        gone = await asyncio.to_thread(kind.forget, before)
        total += gone
        if not gone:
            break
        await asyncio.sleep(PAUSE)
    return total
