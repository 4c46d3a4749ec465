"""What an API key may spend on models in a month."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from service.access import Scope, issue
from service.errors import BudgetExceeded, ModelTimeout
from service.llm import Charged
from service.store import Database, SqlKeys, SqlSpending
from service.writing.ports import Answer, Ask, Message, Usage
from service.writing.spending import Held
from tests.fakes.model import FakeModel

ASK = Ask("t", "v", (Message("user", "x" * 300),), None, max_tokens=100)  # 200 tokens at most, by the guess
COST = Answer("ok", "m", Usage(1, 100, 20, cost=Decimal("0.01")))


async def key_of(database: Database, *, tokens: int | None = None, usd: str | None = None) -> str:
    key, _ = issue("k", Scope.WRITE, budget_tokens=tokens, budget_usd=None if usd is None else Decimal(usd))
    await SqlKeys(database).add(key)
    kept = await SqlKeys(database).get(key.id)
    assert kept is not None
    assert (kept.budget_tokens, kept.budget_usd) == (key.budget_tokens, key.budget_usd)
    return key.id


def charged(database: Database, key_id: str, given: Answer | Exception = COST) -> Charged:
    return Charged(FakeModel(lambda _: given), SqlSpending(database).purse(key_id))


async def spent(database: Database, key_id: str) -> Usage:
    month = (await SqlSpending(database).purse(key_id).hold(0)).month
    return (await SqlSpending(database).of_month(month))[key_id]


async def test_calls_are_charged_to_the_key(database: Database) -> None:
    key_id = await key_of(database)
    model = charged(database, key_id)
    for _ in range(3):
        await model.ask(ASK)
    assert await spent(database, key_id) == Usage(3, 360, cost=Decimal("0.03"))


async def test_a_call_that_could_pass_the_tokens_is_not_made(database: Database) -> None:
    key_id = await key_of(database, tokens=300)
    model = charged(database, key_id)
    await model.ask(ASK)
    with pytest.raises(BudgetExceeded, match="300 tokens") as refused:
        await model.ask(ASK)
    assert "120 are used" in str(refused.value)
    assert (await spent(database, key_id)).prompt_tokens == 120


async def test_spent_dollars_end_the_calls(database: Database) -> None:
    key_id = await key_of(database, usd="0.02")
    model = charged(database, key_id)
    await model.ask(ASK)
    await model.ask(ASK)
    with pytest.raises(BudgetExceeded, match=r"0\.02 US dollars"):
        await model.ask(ASK)


async def test_a_failed_call_costs_nothing(database: Database) -> None:
    key_id = await key_of(database, tokens=300)
    with pytest.raises(ModelTimeout):
        await charged(database, key_id, ModelTimeout("too slow")).ask(ASK)
    assert await spent(database, key_id) == Usage(0, 0, cost=Decimal(0))


async def test_calls_at_once_cannot_pass_the_budget_together(database: Database) -> None:
    key_id = await key_of(database, tokens=450)
    model = charged(database, key_id)
    outcomes = await asyncio.gather(*(model.ask(ASK) for _ in range(8)), return_exceptions=True)
    made = [o for o in outcomes if isinstance(o, Answer)]
    assert made
    assert all(isinstance(o, Answer | BudgetExceeded) for o in outcomes)
    assert (await spent(database, key_id)).prompt_tokens == 120 * len(made) <= 450


async def test_a_call_counts_for_the_month_it_began_in(database: Database) -> None:
    key_id = await key_of(database)
    purse = SqlSpending(database).purse(key_id)
    now = await purse.hold(200)
    await purse.settle(now, Usage(1, 50, 10))
    await purse.settle(Held("1999-01", 5), Usage(1, 50, 10))  # a month without an account: nothing is entered
    assert (await SqlSpending(database).of_month(now.month))[key_id].prompt_tokens == 60
    assert not await SqlSpending(database).of_month("1999-01")
