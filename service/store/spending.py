"""What the API keys spend on models, month by month, and their budgets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Column, Connection, String, Table, Update, func, select

from service.errors import BudgetExceeded
from service.store.database import Database
from service.store.keys import API_KEYS, MICROS
from service.store.tables import METADATA
from service.writing.ports import Usage
from service.writing.spending import Held, Left, month_of

KEY_SPENDING = Table(
    "key_spending",
    METADATA,
    Column("key", String, primary_key=True),
    Column("month", String, primary_key=True),  # as `2026-11`, UTC
    Column("calls", BigInteger, nullable=False),
    Column("tokens", BigInteger, nullable=False),  # those set aside for calls under way among them
    Column("micros", BigInteger, nullable=False),  # millionths of a US dollar
)
REMEDY = "Wait for the next month, or have a key made with a larger budget (`finecut keys create`)."


class SqlSpending:
    """Every key's account, one row a month."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_month(self, month: str) -> Mapping[str, Usage]:
        """Return what each key has spent in a month, by the key's id."""
        return await self._database.run(lambda: self._of_month(month))

    async def left(self, key_id: str) -> Left:
        """Return what a key may still spend this month; what is set aside for calls under way is gone."""
        return await self._database.run(lambda: self._left(key_id, month_of(datetime.now(UTC))))

    def purse(self, key_id: str) -> SqlPurse:
        """Return the purse of a key."""
        return SqlPurse(self._database, key_id)

    def _of_month(self, month: str) -> Mapping[str, Usage]:
        with self._database.read() as connection:
            rows = connection.execute(select(KEY_SPENDING).where(KEY_SPENDING.c.month == month)).all()
        return {r.key: Usage(r.calls, r.tokens, cost=Decimal(r.micros) / MICROS) for r in rows}

    def _left(self, key_id: str, month: str) -> Left:
        mine = (KEY_SPENDING.c.key == API_KEYS.c.id) & (KEY_SPENDING.c.month == month)
        query = (
            select(
                API_KEYS.c.budget_tokens - func.coalesce(KEY_SPENDING.c.tokens, 0),
                API_KEYS.c.budget_micros - func.coalesce(KEY_SPENDING.c.micros, 0),
            )
            .select_from(API_KEYS.outerjoin(KEY_SPENDING, mine))
            .where(API_KEYS.c.id == key_id)
        )
        with self._database.read() as connection:
            tokens, micros = connection.execute(query).first() or (None, None)
        return Left(tokens, None if micros is None else Decimal(micros) / MICROS)


class SqlPurse:
    """One key's money. See `service.writing.spending.Purse`.

    Tokens are set aside before a call, so that calls at once cannot pass the budget together. What a call
    costs is known when it has ended: calls under way may pass a budget of dollars by their own cost.
    """

    def __init__(self, database: Database, key_id: str) -> None:
        self._database = database
        self._key_id = key_id

    async def hold(self, tokens: int) -> Held:
        """Set tokens aside. Raises BudgetExceeded."""
        return await self._database.run(lambda: self._hold(tokens, month_of(datetime.now(UTC))))

    async def settle(self, held: Held, usage: Usage) -> None:
        """Put what the call used in place of what was set aside."""
        await self._database.run(lambda: self._settle(held, usage))

    def _hold(self, tokens: int, month: str) -> Held:
        with self._database.write() as connection:
            budget = connection.execute(
                select(API_KEYS.c.budget_tokens, API_KEYS.c.budget_micros)
                .where(API_KEYS.c.id == self._key_id)
                .with_for_update()  # also keeps two calls of one key apart
            ).first()
            spent, micros = self._account(connection, month)
            granted, dollars = (None, None) if budget is None else budget
            if granted is not None and spent + tokens > granted:
                told = f"The next call could pass the key's {granted} tokens for {month}"
                raise BudgetExceeded(f"{told}; {spent} are used or set aside.", remedy=REMEDY)
            if dollars is not None and micros >= dollars:
                told = f"The key's {Decimal(dollars) / MICROS} US dollars for {month} are spent."
                raise BudgetExceeded(told, remedy=REMEDY)
            connection.execute(self._mine(month).values(tokens=KEY_SPENDING.c.tokens + tokens))
        return Held(month, tokens)

    def _account(self, connection: Connection, month: str) -> tuple[int, int]:
        """Return the tokens and millionths of a dollar spent; a month without an account gets one."""
        mine = select(KEY_SPENDING.c.tokens, KEY_SPENDING.c.micros).where(
            KEY_SPENDING.c.key == self._key_id, KEY_SPENDING.c.month == month
        )
        row = connection.execute(mine).first()
        if row is None:
            opened = KEY_SPENDING.insert().values(key=self._key_id, month=month, calls=0, tokens=0, micros=0)
            connection.execute(opened)
            return 0, 0
        return row.tokens, row.micros

    def _settle(self, held: Held, usage: Usage) -> None:
        used = usage.prompt_tokens + usage.completion_tokens
        columns = KEY_SPENDING.c
        with self._database.write() as connection:
            connection.execute(
                self._mine(held.month).values(
                    calls=columns.calls + usage.calls,
                    tokens=columns.tokens + used - held.tokens,
                    micros=columns.micros + int((usage.cost or Decimal(0)) * MICROS),
                )
            )

    def _mine(self, month: str) -> Update:
        return KEY_SPENDING.update().where(KEY_SPENDING.c.key == self._key_id, KEY_SPENDING.c.month == month)
