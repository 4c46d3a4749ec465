"""What is older than it need be kept, deleted in small transactions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, select, tuple_

from service.store.batch_tables import BATCHES, LINES, REQUESTS
from service.store.batches import BatchState
from service.store.database import Database
from service.store.tables import EDITS, EVALS, EVENTS, EXECUTORS, REVIEWS
from service.store.webhooks import DELIVERIES

CHUNK = 500  # rows of one transaction: on SQLite every other writer waits for it
ENDED = (BatchState.DONE.value, BatchState.CANCELLED.value)


class SqlRetention:
    """Deletes from one database. A call deletes a bounded number of rows and says how many; it blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def events(self, before: datetime) -> int:
        """Delete what runs said of their progress."""
        return self._delete(EVENTS, EVENTS.c.created < before)

    def deliveries(self, before: datetime) -> int:
        """Delete messages to webhooks that no process tried to deliver since."""
        return self._delete(DELIVERIES, DELIVERIES.c.due < before)

    def executors(self, before: datetime) -> int:
        """Strike out processes that have not lived since."""
        return self._delete(EXECUTORS, EXECUTORS.c.seen < before.timestamp())

    def batches(self, before: datetime) -> int:
        """Delete ended batches, their lines first; the reviews and edits that they made stay."""
        ended = BATCHES.c.state.in_(ENDED) & (BATCHES.c.updated < before)
        mine = select(BATCHES.c.id).where(ended)
        lines = sum(self._delete(table, table.c.batch.in_(mine)) for table in (REQUESTS, LINES))
        return lines or self._delete(BATCHES, ended)

    def results(self, before: datetime) -> int:
        """Delete reviews, edits and evaluations that were neither made nor decided upon since."""
        return sum(
            self._delete(table, (table.c.created < before) & (table.c.updated < before))
            for table in (REVIEWS, EDITS, EVALS)
        )

    def _delete(self, table: Table, old: ColumnElement[bool]) -> int:
        key = list(table.primary_key)
        chosen = select(*key).where(old).limit(CHUNK)
        with self._database.write() as connection:
            return connection.execute(delete(table).where(tuple_(*key).in_(chosen))).rowcount
