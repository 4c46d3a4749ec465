"""The dispatcher: finds the batches that have something to do, and drives each.

All state is in the database; of several processes one holds a batch at a time.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from service.jobs.batches.drive import LEASE, TICK, Drive, Ports
from service.jobs.batches.provider import ProviderDrive, ProviderPorts
from service.store.batches import Via

LOG = logging.getLogger("finecut.batches")
ABANDONED = timedelta(hours=24)  # after which a batch whose lines never arrived whole is deleted


class Dispatcher:
    """Keeps the batches of one database going while it is launched."""

    def __init__(
        self, ports: Ports, *, name: str, only: str | None = None, provider: ProviderPorts | None = None
    ) -> None:
        """`name` is this process's own; `only` confines it to one batch.

        Without `provider`, batches that go through a provider's Batch API are left to other processes.
        """
        self._provider = provider
        self._ports = ports
        self._store = ports.store
        self._name = name
        self._only = only
        self._driven: dict[str, asyncio.Task[None]] = {}
        self._awake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    def launch(self) -> None:
        """Begin, on the running event loop."""
        self._loop = asyncio.create_task(self._run(), name="finecut batches")

    async def close(self) -> None:
        """Stop starting lines; runs under way go on with whoever runs them."""
        tasks = [t for t in (self._loop, *self._driven.values()) if t is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._driven.clear()

    def wake(self) -> None:
        """Look at the batches now rather than at the next tick."""
        self._awake.set()

    async def _run(self) -> None:
        await asyncio.to_thread(self._store.drop_abandoned, ABANDONED)
        away = False
        while True:
            try:
                await self._take_up()
                away = False
            except Exception:  # the database may be back at the next tick; why it is not is told once
                if not away:
                    LOG.exception("the batches could not be looked at; it is tried again")
                away = True
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK):  # `wait_for` may swallow the cancelling of this task
                    await self._awake.wait()
            self._awake.clear()

    async def _take_up(self) -> None:
        self._driven = {i: t for i, t in self._driven.items() if not t.done()}
        for batch_id in await asyncio.to_thread(self._store.active):
            if batch_id in self._driven or self._only not in (None, batch_id):
                continue
            if await asyncio.to_thread(self._store.hold, batch_id, self._name, LEASE):
                self._driven[batch_id] = asyncio.create_task(self._drive(batch_id))

    async def _drive(self, batch_id: str) -> None:
        try:
            batch = await asyncio.to_thread(self._store.get, batch_id)
            if batch.via is Via.CALLS:
                await Drive(batch_id, self._name, self._ports).drive()
            elif self._provider is not None:
                await ProviderDrive(batch_id, self._name, self._ports, self._provider).drive()
        except Exception:  # taken up again at a later tick, from the database
            LOG.exception("batch %s broke off; it is taken up again", batch_id)
            await asyncio.sleep(TICK)
