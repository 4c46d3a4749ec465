"""What the runs of a process say of their progress, written together a few times a second."""

from __future__ import annotations

import logging
from threading import Event as Signal
from threading import Lock, Thread

from service.jobs.ports import EventLog
from service.writing.ports import Event

LOG = logging.getLogger("finecut.jobs")
PAUSE = 0.2  # seconds for which what is said may wait for more


class Journal:
    """Takes events from any thread and keeps nobody waiting: a thread of its own writes them.

    A draft says some twenty things. Each in a transaction of its own, written by the loop that computes,
    they took 7% of its processor time (measured), and on SQLite waited for whoever else was writing.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._said: list[tuple[str, Event]] = []
        self._lock = Lock()  # of what was said
        self._writing = Lock()
        self._more = Signal()
        self._closed = Signal()
        self._thread = Thread(target=self._until_closed, name="finecut journal", daemon=True)
        self._thread.start()

    def say(self, run_id: str, event: Event) -> None:
        """Have an event written soon. One that is lost with the process is said again by the replay."""
        with self._lock:
            self._said.append((run_id, event))
        self._more.set()

    def tell(self, run_id: str, event: Event) -> None:
        """Write an event behind all that was said before. Raises what the log raises for this one."""
        with self._writing:
            self._write()
            self._log.append(run_id, event)

    def close(self) -> None:
        """Write what is left, and end."""
        self._closed.set()
        self._more.set()
        self._thread.join()

    def _until_closed(self) -> None:
        while not self._closed.is_set():
            self._more.wait()
            self._closed.wait(PAUSE)
            self._more.clear()
            with self._writing:
                self._write()

    def _write(self) -> None:
        with self._lock:
            said, self._said = self._said, []
        try:
            if said:
                self._log.extend(said)
        except Exception:  # progress is told, never worth a run
            LOG.warning("%d events of runs were not stored", len(said), exc_info=True)
