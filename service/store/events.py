"""What runs said of their progress, in order, so that a client may resume where it left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from service.store.database import Database
from service.store.tables import EVENTS
from service.writing.ports import Event


class SqlEvents:
    """Events of runs. Calls block for some tenths of a millisecond; call from a worker thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, run_id: str, event: Event) -> None:
        """Store an event; the same number written twice keeps the first, for a replay writes it again."""
        self.extend([(run_id, event)])

    def extend(self, said: Sequence[tuple[str, Event]]) -> None:
        """Store events, each with its run's id, in one transaction; as `append`."""
        now = datetime.now(UTC)
        rows = [
            {"run": run, "number": e.number, "stage": e.stage, "detail": dict(e.detail), "created": now}
            for run, e in said
        ]
        insert = sqlite.insert if self._database.sqlite else postgresql.insert
        with self._database.write() as connection:
            connection.execute(insert(EVENTS).on_conflict_do_nothing(), rows)

    def after(self, run_id: str, number: int) -> Sequence[Event]:
        """Return the run's events whose number is greater than `number`, in order."""
        query = (
            select(EVENTS.c.number, EVENTS.c.stage, EVENTS.c.detail)
            .where(EVENTS.c.run == run_id, EVENTS.c.number > number)
            .order_by(EVENTS.c.number)
        )
        with self._database.read() as connection:
            return [Event(row.number, row.stage, row.detail) for row in connection.execute(query)]

    def forget(self, older_than: timedelta) -> int:
        """Delete events older than that; return how many."""
        before = datetime.now(UTC) - older_than
        with self._database.write() as connection:
            return connection.execute(delete(EVENTS).where(EVENTS.c.created < before)).rowcount
