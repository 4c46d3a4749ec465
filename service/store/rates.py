"""The rates of API keys, counted in the database for every process that shares it."""

from __future__ import annotations

from sqlalchemy import Column, Double, String, Table, func, select
from sqlalchemy.dialects.postgresql import insert

from service.access import Rate, Taken, take
from service.store.database import Database
from service.store.tables import METADATA

KEY_RATES = Table(
    "key_rates",
    METADATA,
    Column("key", String, primary_key=True),
    Column("arrival", Double, nullable=False),  # seconds since 1970, by the clock of the database
)


class SqlRates:
    """The rates of one Postgres. On SQLite one process serves, and its memory is enough."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, key_id: str, rate: Rate) -> Taken:
        """Count one request of that key, whichever process it came to."""
        return await self._database.run(lambda: self._take(key_id, rate))

    def _take(self, key_id: str, rate: Rate) -> Taken:
        mine = KEY_RATES.c.key == key_id
        now = func.extract("epoch", func.clock_timestamp()).cast(Double)
        with self._database.write() as connection:
            first = insert(KEY_RATES).values(key=key_id, arrival=0.0).on_conflict_do_nothing()
            connection.execute(first)
            row = connection.execute(select(KEY_RATES.c.arrival, now).where(mine).with_for_update()).one()
            taken = take(rate, row[0], row[1])
            connection.execute(KEY_RATES.update().where(mine).values(arrival=taken.arrival))
        return taken
