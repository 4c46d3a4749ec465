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
BEAT_SECONDS = 1.0
STALE_SECONDS = 5.0  # takeover well within 10 s, and a slow second kills nobody


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
    """Beats for one executor and takes over from the others, in a thread of its own."""

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
        self._thread = Thread(target=self._beat_until_stopped, name="finecut-failover", daemon=True)

    def launch(self) -> None:
        """Enter this executor, then go on in a thread."""
        self._heartbeats.beat(self._executor)
        self._thread.start()

    def drain(self) -> None:
        """Take over nothing more, and go on saying that this executor lives: its runs are ending."""
        self._draining.set()

    def close(self) -> None:
        """Stop and strike this executor out."""
        self._stop.set()
        self._thread.join()
        try:
            self._heartbeats.leave(self._executor)
        except Exception:  # the row grows stale by itself
            LOG.warning("executor %s could not be struck out", self._executor, exc_info=True)

    def tick(self) -> list[str]:
        """Beat once and return the executors whose runs were taken over."""
        self._heartbeats.beat(self._executor)
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

    def _beat_until_stopped(self) -> None:
        while not self._stop.wait(BEAT_SECONDS):
            try:
                self.tick()
            except Exception:  # a database that restarts is there again at a later tick
                LOG.warning("the heartbeat of %s was missed", self._executor, exc_info=True)
