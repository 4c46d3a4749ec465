"""Webhooks, and what is still to be delivered to them: an outbox, so that a restart loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import JSON as JSON_TYPE
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Delete,
    ForeignKey,
    Insert,
    Integer,
    String,
    Table,
    Update,
    delete,
    select,
)

from service.errors import NotFound
from service.films import JSON
from service.store.database import Database
from service.store.tables import METADATA

WEBHOOKS = Table(
    "webhooks",
    METADATA,
    Column("id", String, primary_key=True),
    Column("url", String, nullable=False),
    Column("secret", String, nullable=False),  # it signs, so no hash will do; empty where it is derived
    Column("created", DateTime(timezone=True), nullable=False),
)

DELIVERIES = Table(
    "webhook_deliveries",
    METADATA,
    Column("id", String, primary_key=True),  # the message's id: the same at every attempt
    Column("webhook", String, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("payload", JSON_TYPE, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", DateTime(timezone=True), nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told when a run or batch ends.

    `secret` is Standard Webhooks' (`whsec_…`), empty where it is derived and not stored.
    """

    id: str
    url: str
    secret: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to send: to which webhook and address, how often it was tried before."""

    id: str
    webhook: str
    url: str
    secret: str
    payload: Mapping[str, JSON]
    attempts: int


class SqlWebhooks:
    """The webhooks of one database. Calls block; `Database.run` takes them off the loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, webhook: Webhook) -> None:
        """Store a webhook."""
        values = {
            "id": webhook.id,
            "url": webhook.url,
            "secret": webhook.secret,
            "created": webhook.created,
        }
        await self._database.run(lambda: self._write(WEBHOOKS.insert().values(values)))

    async def list(self) -> Sequence[Webhook]:
        """Return the webhooks, the oldest first."""
        return await self._database.run(self._list)

    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook and what was still to be sent to it. Raises NotFound."""
        gone = await self._database.run(
            lambda: self._write(delete(WEBHOOKS).where(WEBHOOKS.c.id == webhook_id))
        )
        if not gone:
            raise NotFound(f"There is no webhook {webhook_id!r}.", remedy="GET /v1/webhooks lists them.")

    def enqueue(self, message_id: str, kind: str, data: Mapping[str, JSON]) -> None:
        """Put a message out for every webhook; a message put out before is not put out again."""
        with self._database.write() as connection:
            put_out(connection, message_id, kind, data)

    async def claim(self, lease: timedelta, limit: int = 20) -> Sequence[Delivery]:
        """Return messages that are due, and let no other process have them during `lease`."""
        return await self._database.run(lambda: self._claim(lease, limit))

    async def sent(self, delivery_id: str) -> None:
        """Forget a message that was delivered, or given up."""
        await self._database.run(
            lambda: self._write(delete(DELIVERIES).where(DELIVERIES.c.id == delivery_id))
        )

    async def retry(self, delivery_id: str, *, after: timedelta) -> None:
        """Let a message that was not taken be due again `after` a while."""
        change = DELIVERIES.update().where(DELIVERIES.c.id == delivery_id)
        due = datetime.now(UTC) + after
        await self._database.run(
            lambda: self._write(change.values(due=due, attempts=DELIVERIES.c.attempts + 1))
        )

    def _list(self) -> Sequence[Webhook]:
        with self._database.read() as connection:
            rows = connection.execute(select(WEBHOOKS).order_by(WEBHOOKS.c.created, WEBHOOKS.c.id))
            return [Webhook(row.id, row.url, row.secret, row.created) for row in rows]

    def _claim(self, lease: timedelta, limit: int) -> Sequence[Delivery]:
        now = datetime.now(UTC)
        query = (
            select(DELIVERIES, WEBHOOKS.c.url, WEBHOOKS.c.secret)
            .join(WEBHOOKS, WEBHOOKS.c.id == DELIVERIES.c.webhook)
            .where(DELIVERIES.c.due <= now)
            .order_by(DELIVERIES.c.due)
            .limit(limit)
            .with_for_update(skip_locked=True, of=DELIVERIES)
        )
        with self._database.write() as connection:
            due = [
                Delivery(row.id, row.webhook, row.url, row.secret, row.payload, row.attempts)
                for row in connection.execute(query)
            ]
            claimed = DELIVERIES.c.id.in_([d.id for d in due])
            connection.execute(DELIVERIES.update().where(claimed).values(due=now + lease))
        return due

    def _write(self, statement: Insert | Update | Delete) -> int:
        with self._database.write() as connection:
            return connection.execute(statement).rowcount


def put_out(connection: Connection, message_id: str, kind: str, data: Mapping[str, JSON]) -> None:
    """Put a message out for every webhook, in the caller's transaction.

    `kind` is its type (`run.done`), `data` what it tells. One that waits already is not put out again.
    """
    now = datetime.now(UTC)
    payload = {"type": kind, "timestamp": now.isoformat(timespec="seconds"), "data": dict(data)}
    for webhook in connection.execute(select(WEBHOOKS.c.id)).scalars().all():
        delivery = f"{message_id}-{webhook}"
        if connection.execute(select(DELIVERIES.c.id).where(DELIVERIES.c.id == delivery)).first() is None:
            row = {"id": delivery, "webhook": webhook, "payload": payload, "attempts": 0, "due": now}
            connection.execute(DELIVERIES.insert().values(**row))
