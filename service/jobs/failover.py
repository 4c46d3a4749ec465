"""Failover: a process says that it lives, and takes over the runs of those that no longer do.

DBOS recovers the runs of an executor at that executor's own next launch. Executors that share a
database have names of one life each, so somebody else has to: whoever holds the lock puts the
runs of executors without a fresh heartbeat back into their queue.

A process that was frozen and thaws goes on with runs that another has taken over. That does no
harm: the first record of a step stands, and results are kept under the run's id. What may be paid
twice is the one model call of each such run that was under way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from threading import Event, Thread
from typing import Protocol

LOG = logging.getLogger("finecut.jobs")
BEAT_SECONDS = 0.5
LOOK_SECONDS = 0.5  # between two looks for the dead
STALE_SECONDS = 5.0  # takeover within 10 s, and a slow second or two kill nobody


class Heartbeats(Protocol):
    """Who lives. See `service.store.SqlExecutors`."""

    def beat(self, executor: str) -> None:
        """Enter that the executor lives now."""
        ...

    def fresh(self, seconds: float) -> frozenset[str]:
        """Return the executors that lived within the last `seconds`."""
        ...

    def leave(self, executor: str) -> None:
        """Strike the executor out."""
        ...

    def alone(self) -> AbstractContextManager[bool]:
        """Give whether this process may take over now."""
        ...


class Failover:
    """Beats for one executor and takes over from the others.

    Each in a thread of its own: a heartbeat must not wait while the dead are looked for.
    """

    def __init__(
        self,
        executor: str,
        heartbeats: Heartbeats,
        *,
        holders: Callable[[], Iterable[str]],
        recover: Callable[[list[str]], object],
    ) -> None:
        """`holders` names the executors with unfinished runs; `recover` queues those of some again."""
        self._executor = executor
        self._heartbeats = heartbeats
        self._holders = holders
        self._recover = recover
        self._stop = Event()
        self._draining = Event()
        self._threads = (
            Thread(
                target=self._until_stopped, args=(self.beat, BEAT_SECONDS), name="finecut-beat", daemon=True
            ),
            Thread(
                target=self._until_stopped, args=(self.look, LOOK_SECONDS), name="finecut-look", daemon=True
            ),
        )

    def launch(self) -> None:
        """Enter this executor, then go on in threads."""
        self.beat()
        for thread in self._threads:
            thread.start()

    def drain(self) -> None:
        """Take over nothing more, and go on saying that this executor lives: its runs are ending."""
        self._draining.set()

    def close(self) -> None:
        """Stop and strike this executor out."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        try:
            self._heartbeats.leave(self._executor)
        except Exception:  # the row grows stale by itself
            LOG.warning("executor %s could not be struck out", self._executor, exc_info=True)

    def beat(self) -> None:
        """Say that this executor lives."""
        self._heartbeats.beat(self._executor)

    def look(self) -> list[str]:
        """Take over the runs of the dead, and return who they were."""
        if self._draining.is_set():
            return []
        with self._heartbeats.alone() as may:
            if not may:
                return []
            dead = sorted(set(self._holders()) - self._heartbeats.fresh(STALE_SECONDS) - {self._executor})
            if dead:
                LOG.warning("taking over the runs of %s", ", ".join(dead))
                self._recover(dead)
            return dead

    def _until_stopped(self, work: Callable[[], object], pause: float) -> None:
        while not self._stop.wait(pause):
            try:
                work()
            except Exception:  # a database that restarts is there again at a later time
                LOG.warning("a heartbeat or a look of %s failed", self._executor, exc_info=True)
