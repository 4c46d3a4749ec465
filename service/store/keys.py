"""Stored API keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Column, DateTime, Integer, Row, String, Table, select

from service.access import ApiKey, Scope
from service.errors import NotFound
from service.store.database import Database
from service.store.tables import METADATA

MICROS = 1_000_000  # of a US dollar

API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("per_minute", Integer),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("revoked", DateTime(timezone=True)),
    Column("budget_tokens", BigInteger),
    Column("budget_micros", BigInteger),
)


class SqlKeys:
    """The keys of one database. A revoked key stays, so that the logs' key ids keep their meaning."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key_id: str) -> ApiKey | None:
        """Return the key of that id, revoked or not, or None."""
        return await self._database.run(lambda: self._get(key_id))

    async def list(self) -> Sequence[ApiKey]:
        """Return every key, the oldest first."""
        return await self._database.run(self._list)

    async def add(self, key: ApiKey) -> None:
        """Store a new key."""
        await self._database.run(lambda: self._add(key))

    async def revoke(self, key_id: str) -> None:
        """Take a key out of force; one that is revoked already stays so. Raises NotFound."""
        await self._database.run(lambda: self._revoke(key_id))

    async def any_in_force(self) -> bool:
        """Return whether any key would be let in."""
        return any(key.revoked is None for key in await self.list())

    def _get(self, key_id: str) -> ApiKey | None:
        with self._database.read() as connection:
            row = connection.execute(select(API_KEYS).where(API_KEYS.c.id == key_id)).first()
        return None if row is None else _key(row)

    def _list(self) -> Sequence[ApiKey]:
        with self._database.read() as connection:
            rows = connection.execute(select(API_KEYS).order_by(API_KEYS.c.created, API_KEYS.c.id))
            return [_key(row) for row in rows]

    def _add(self, key: ApiKey) -> None:
        with self._database.write() as connection:
            connection.execute(
                API_KEYS.insert().values(
                    id=key.id,
                    name=key.name,
                    scope=key.scope.value,
                    digest=key.digest,
                    per_minute=key.per_minute,
                    created=key.created,
                    revoked=key.revoked,
                    budget_tokens=key.budget_tokens,
                    budget_micros=None if key.budget_usd is None else int(key.budget_usd * MICROS),
                )
            )

    def _revoke(self, key_id: str) -> None:
        in_force = API_KEYS.c.revoked.is_(None)
        with self._database.write() as connection:
            change = (
                API_KEYS.update().where(API_KEYS.c.id == key_id, in_force).values(revoked=datetime.now(UTC))
            )
            changed = connection.execute(change).rowcount
        if not changed and self._get(key_id) is None:
            raise NotFound(f"There is no key {key_id!r}.", remedy="`finecut keys list` shows them.")


def _key(row: Row[tuple[object, ...]]) -> ApiKey:
    dollars = None if row.budget_micros is None else Decimal(row.budget_micros) / MICROS
    return ApiKey(
        row.id,
        row.name,
        Scope(row.scope),
        row.digest,
        row.created,
        row.per_minute,
        row.revoked,
        row.budget_tokens,
        dollars,
    )
