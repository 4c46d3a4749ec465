"""The model calls of the last minute, by which all processes of a database keep within one quota."""

from __future__ import annotations

import hashlib
import logging
import time

from sqlalchemy import Connection, Double, cast, delete, func, select, text
from sqlalchemy.exc import InterfaceError, OperationalError

from service.store.database import Database
from service.store.tables import MODEL_CALLS
from service.writing.quota import MINUTE, TRAVEL, Quota, Turn

LOG = logging.getLogger("finecut.store")
UNKNOWN = 1.0  # seconds to wait while the database does not answer: what is not known is not let through


class SqlLedger:
    """Enters calls by the clock of the database. See `service.writing.quota.Ledger`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reserve(self, model: str, quota: Quota, tokens: int) -> Turn:
        """Enter a call of so many tokens where there is room."""
        try:
            return await self._database.run(lambda: self._reserve(model, quota, tokens))
        except (OperationalError, InterfaceError):
            LOG.warning("the ledger of model calls does not answer", exc_info=True)
            return Turn(None, UNKNOWN)

    async def settle(self, entry: int, tokens: int) -> None:
        """Say that the call has ended, and what it used."""
        try:
            await self._database.run(lambda: self._settle(entry, tokens))
        except (OperationalError, InterfaceError):  # it counts for the longer then
            LOG.warning("the end of a model call was not entered", exc_info=True)

    def _reserve(self, model: str, quota: Quota, tokens: int) -> Turn:
        mine = MODEL_CALLS.c.model == model
        with self._database.write() as connection:
            now = self._locked(connection, model)
            connection.execute(delete(MODEL_CALLS).where(mine, MODEL_CALLS.c.at <= now - MINUTE))
            counted = select(func.count(), func.coalesce(func.sum(MODEL_CALLS.c.tokens), 0)).where(mine)
            calls, spent = connection.execute(counted).one()
            full = quota.calls and calls >= quota.calls
            if full or (quota.tokens and calls and spent + tokens > quota.tokens):
                return Turn(None, max(0.01, self._free_at(connection, model, quota, tokens) - now))
            entered = MODEL_CALLS.insert().values(model=model, at=now + TRAVEL, tokens=tokens)
            return Turn(connection.execute(entered.returning(MODEL_CALLS.c.id)).scalar_one())

    def _free_at(self, connection: Connection, model: str, quota: Quota, tokens: int) -> float:
        """Return the moment at which enough of the minute's calls are a minute old."""
        mine, at = MODEL_CALLS.c.model == model, MODEL_CALLS.c.at
        moments: list[float] = []
        if quota.calls:
            last = select(at).where(mine).order_by(at.desc()).offset(quota.calls - 1).limit(1)
            moments += connection.execute(last).scalars()
        if quota.tokens:
            # what the calls after each one used, the latest first
            after = func.sum(MODEL_CALLS.c.tokens).over(order_by=[at.desc(), MODEL_CALLS.c.id])
            used = select(at, (after - MODEL_CALLS.c.tokens).label("after")).where(mine).subquery()
            enough = select(func.min(used.c.at)).where(used.c.after + tokens <= quota.tokens)
            latest = select(func.max(at)).where(mine).scalar_subquery()
            moments += connection.execute(select(func.coalesce(enough.scalar_subquery(), latest))).scalars()
        return max(moments, default=0.0) + MINUTE

    def _settle(self, entry: int, tokens: int) -> None:
        with self._database.write() as connection:
            now = self._now(connection)
            call = MODEL_CALLS.update().where(MODEL_CALLS.c.id == entry)
            connection.execute(call.values(tokens=tokens))
            connection.execute(call.where(MODEL_CALLS.c.at > now).values(at=now))

    def _locked(self, connection: Connection, model: str) -> float:
        """Return the time, once no other process is at the calls of the model."""
        if not self._database.sqlite:  # which locks as a whole
            key = int.from_bytes(hashlib.sha256(f"calls {model}".encode()).digest()[:8], signed=True)
            # A process that froze inside is thrown out, so that the others go on.
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '3s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
        return self._now(connection)

    def _now(self, connection: Connection) -> float:
        if self._database.sqlite:  # one machine, so one clock
            return time.time()
        moment = select(cast(func.extract("epoch", func.clock_timestamp()), Double))
        return float(connection.execute(moment).scalar_one())
