"""Processes that run work: each says every second that it lives, so that others take over from the dead."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Double, cast, delete, func, literal, select, text
from sqlalchemy.sql.elements import ColumnElement

from service.store.database import Database
from service.store.tables import EXECUTORS

TAKE_OVER_LOCK = 0x4649_4E46  # "FINF": the advisory lock under which one process takes over


class SqlExecutors:
    """Heartbeats by the clock of the database, for the clocks of machines differ. Calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, executor: str) -> None:
        """Enter that the executor lives now."""
        now = self._now()
        with self._database.write() as connection:
            changed = EXECUTORS.update().where(EXECUTORS.c.id == executor).values(seen=now)
            if not connection.execute(changed).rowcount:
                connection.execute(EXECUTORS.insert().values(id=executor, seen=now))

    def fresh(self, seconds: float) -> frozenset[str]:
        """Return the executors that lived within the last `seconds`."""
        query = select(EXECUTORS.c.id).where(EXECUTORS.c.seen > self._now() - seconds)
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def leave(self, executor: str) -> None:
        """Strike the executor out, so that its unfinished runs are taken over at once."""
        with self._database.write() as connection:
            connection.execute(delete(EXECUTORS).where(EXECUTORS.c.id == executor))

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Give whether this process may take over now: of several, one at a time."""
        if self._database.sqlite:
            yield True
            return
        with self._database.write() as connection:
            # One that froze while it has the lock is thrown out, so that another may.
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '2s'"))
            asked = text("SELECT pg_try_advisory_xact_lock(:lock)")
            yield bool(connection.execute(asked, {"lock": TAKE_OVER_LOCK}).scalar())

    def _now(self) -> ColumnElement[float]:
        if self._database.sqlite:  # one machine, so one clock
            return literal(time.time(), Double)
        return cast(func.extract("epoch", func.clock_timestamp()), Double)
