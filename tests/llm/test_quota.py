"""Quotas by the minute and budgets by the request."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.errors import BudgetExceeded
from service.llm.quota import Budget, Budgeted, Window, guess_tokens
from service.writing.ports import Answer, Ask, Message, Usage
from tests.fakes.model import FakeModel


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_calls_over_the_quota_wait_until_the_first_is_a_minute_old() -> None:
    clock = Clock()
    window = Window(2, 0, clock)
    assert window.reserve(1) == 0
    clock.now = 20
    assert window.reserve(1) == 0
    clock.now = 30
    assert window.reserve(1) == 30
    clock.now = 60
    assert window.reserve(1) == 0
    assert window.reserve(1) == 20


def test_tokens_over_the_quota_wait_until_enough_are_a_minute_old() -> None:
    clock = Clock()
    window = Window(0, 100, clock)
    assert window.reserve(60) == 0
    clock.now = 10
    assert window.reserve(40) == 0
    assert window.reserve(50) == 50
    assert window.reserve(70) == 60
    clock.now = 60
    assert window.reserve(50) == 0


def test_call_larger_than_the_quota_goes_alone() -> None:
    window = Window(0, 100, Clock())
    assert window.reserve(500) == 0
    assert window.reserve(1) == 60


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
