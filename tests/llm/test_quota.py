"""Quotas by the minute and budgets by the request."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.errors import BudgetExceeded, ModelOverloaded, ModelUnavailable
from service.llm import Hear
from service.llm.quota import Budget, Budgeted, MemoryLedger, Throttled, guess_tokens
from service.writing.ports import Answer, Ask, Message, Usage
from service.writing.quota import MINUTE, TRAVEL, Quota, Turn
from tests.fakes.model import FakeModel


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def _let_through(ledger: MemoryLedger, quota: Quota, tokens: int = 1) -> float:
    """Return the wait for a call, which ends at once where it is let through."""
    turn = await ledger.reserve("m", quota, tokens)
    if turn.entry is not None:
        await ledger.settle(turn.entry, tokens)
    return turn.wait


async def test_calls_over_the_quota_wait_until_the_first_is_a_minute_old() -> None:
    clock = Clock()
    ledger, quota = MemoryLedger(clock), Quota(calls=2)
    assert await _let_through(ledger, quota) == 0
    clock.now = 20
    assert await _let_through(ledger, quota) == 0
    clock.now = 30
    assert await _let_through(ledger, quota) == 30
    clock.now = 60
    assert await _let_through(ledger, quota) == 0
    assert await _let_through(ledger, quota) == 20


async def test_tokens_over_the_quota_wait_until_enough_are_a_minute_old() -> None:
    clock = Clock()
    ledger, quota = MemoryLedger(clock), Quota(tokens=100)
    assert await _let_through(ledger, quota, 60) == 0
    clock.now = 10
    assert await _let_through(ledger, quota, 40) == 0
    assert await _let_through(ledger, quota, 50) == 50
    assert await _let_through(ledger, quota, 70) == 60
    clock.now = 60
    assert await _let_through(ledger, quota, 50) == 0


async def test_call_larger_than_the_quota_goes_alone() -> None:
    ledger, quota = MemoryLedger(Clock()), Quota(tokens=100)
    assert await _let_through(ledger, quota, 500) == 0
    assert await _let_through(ledger, quota, 1) == 60


async def test_a_call_under_way_counts_as_if_it_came_to_the_provider_late() -> None:
    clock = Clock()
    ledger, quota = MemoryLedger(clock), Quota(calls=1)
    assert (await ledger.reserve("m", quota, 1)).entry is not None
    assert (await ledger.reserve("m", quota, 1)).wait == MINUTE + TRAVEL
    assert (await ledger.reserve("another", quota, 1)).entry is not None


async def test_a_call_that_ends_late_counts_from_when_it_came_and_with_what_it_used() -> None:
    clock = Clock()
    ledger, quota = MemoryLedger(clock), Quota(tokens=100)
    late = await ledger.reserve("m", quota, 50)
    clock.now = 10
    assert await _let_through(ledger, quota, 20) == 0
    assert late.entry is not None
    await ledger.settle(late.entry, 80)
    assert await _let_through(ledger, quota, 1) == MINUTE + TRAVEL - 10
    clock.now = MINUTE + TRAVEL
    assert await _let_through(ledger, quota, 80) == 0
    await ledger.settle(late.entry, 5)  # it is forgotten by now
    assert await _let_through(ledger, quota, 1) == 7


async def test_every_try_of_a_call_takes_a_turn_and_waits_as_the_provider_asks() -> None:
    answers: list[Answer | Exception] = [
        ModelOverloaded("busy", retry_after=0.01),
        ModelUnavailable("gone"),
        Answer("x", "m", Usage(1, 80, 40)),
    ]
    inner = FakeSpeaker(lambda _: answers.pop(0))
    ledger = Counting()
    model = Throttled(inner, ledger, Quota(calls=10), retries=2)
    assert (await model.ask(ASK)).text == "x"
    assert (ledger.reserved, ledger.settled) == (3, [100, 200, 120])


async def test_a_call_that_keeps_failing_is_given_up_after_its_tries() -> None:
    ledger = Counting()
    inner = FakeSpeaker(lambda _: ModelOverloaded("busy", retry_after=0.0))
    with pytest.raises(ModelOverloaded):
        await Throttled(inner, ledger, Quota(calls=10), retries=2).ask(ASK)
    assert ledger.reserved == 3


async def test_a_provider_that_asks_for_too_long_a_pause_is_given_up_at_once() -> None:
    ledger = Counting()
    inner = FakeSpeaker(lambda _: ModelOverloaded("busy", retry_after=3600.0))
    with pytest.raises(ModelOverloaded):
        await Throttled(inner, ledger, Quota(calls=10), retries=2).ask(ASK)
    assert ledger.reserved == 1


class Counting(MemoryLedger):
    """A ledger that tells what was entered."""

    def __init__(self) -> None:
        super().__init__()
        self.reserved = 0
        self.settled: list[int] = []

    async def reserve(self, model: str, quota: Quota, tokens: int) -> Turn:
        self.reserved += 1
        return await super().reserve(model, quota, tokens)

    async def settle(self, entry: int, tokens: int) -> None:
        self.settled.append(tokens)
        await super().settle(entry, tokens)


class FakeSpeaker(FakeModel):
    """The fake model, as the model room wants one."""

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        return await super().ask(ask)

    async def aclose(self) -> None:
        """Hold nothing."""


ASK = Ask("a", "v", (Message("user", "x" * 300),), max_tokens=100)


def test_guess_of_tokens_is_rather_too_high() -> None:
    assert guess_tokens(ASK) == 200


async def test_budget_of_tokens_stops_the_call_that_could_pass_it() -> None:
    model = Budgeted(FakeModel(lambda _: Answer("x", "m", Usage(1, 80, 40))), Budget(tokens=400))
    await model.ask(ASK)
    await model.ask(ASK)
    with pytest.raises(BudgetExceeded, match="400 tokens granted; 240 are used"):
        await model.ask(ASK)
    assert model.spent.calls == 2


async def test_budget_of_money_stops_when_it_is_spent() -> None:
    usage = Usage(1, 1, 1, cost=Decimal("0.06"))
    model = Budgeted(FakeModel(lambda _: Answer("x", "m", usage)), Budget(cost=Decimal("0.10")))
    await model.ask(ASK)
    await model.ask(ASK)
    with pytest.raises(BudgetExceeded, match=r"0\.10 US dollars granted are spent"):
        await model.ask(ASK)
