"""What runs said of their progress, in order, so that a client may resume where it left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from service.store.database import Database
from service.store.tables import EVENTS
from service.writing.ports import Event


class SqlEvents:
    """Events of runs. Calls block for some tenths of a millisecond; call from a worker thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, run_id: str, event: Event) -> None:
        """Store an event; the same number written twice keeps the first, for a replay writes it again."""
        said = {"number": event.number, "stage": event.stage, "detail": dict(event.detail)}
        try:
            with self._database.write() as connection:
                connection.execute(EVENTS.insert().values(run=run_id, **said, created=datetime.now(UTC)))
        except IntegrityError:
            return

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
