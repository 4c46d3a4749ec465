"""Waiting for runs to end: one look at the database for all that are waited for, however many they are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress

AT_ONCE = 500  # ids of one query
MOMENT = 0.02  # seconds that the database has to enter an end, and others to end as well
Ended = Callable[[list[str]], Awaitable[Collection[str]]]
"""Says which of the runs named have ended."""


class Watch:
    """Waits for runs, on one event loop; looks at them every `pause` seconds while anybody waits.

    `soon` has it look at once: the pause is for what ends in other processes.
    """

    def __init__(self, ended: Ended, pause: float) -> None:
        self._ended = ended
        self._pause = pause
        self._waiting: dict[str, set[asyncio.Future[None]]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wanted = asyncio.Event()

    async def wait(self, run_id: str, seconds: float) -> None:
        """Return when the run has ended, or after `seconds`. Raises what the database raises."""
        self._loop = asyncio.get_running_loop()
        mine = self._loop.create_future()
        self._waiting.setdefault(run_id, set()).add(mine)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="finecut watch")
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await mine
        finally:
            others = self._waiting.get(run_id, set())
            others.discard(mine)
            if not others:
                self._waiting.pop(run_id, None)

    def soon(self) -> None:
        """Look in a moment: a run is about to end here. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.call_later, MOMENT, self._wanted.set)

    async def _look(self) -> None:
        try:
            while self._waiting:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._pause):
                        await self._wanted.wait()
                self._wanted.clear()
                ids = list(self._waiting)
                for start in range(0, len(ids), AT_ONCE):
                    self._tell(await self._ended(ids[start : start + AT_ONCE]))
        except Exception as error:  # noqa: BLE001 - told to each who waits
            self._tell(list(self._waiting), error)

    def _tell(self, ended: Iterable[str], error: Exception | None = None) -> None:
        for waiting in [w for run_id in ended for w in self._waiting.get(run_id, ()) if not w.done()]:
            if error is None:
                waiting.set_result(None)
            else:
                waiting.set_exception(error)
