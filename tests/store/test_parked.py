"""Asks that wait for a provider's Batch API, in both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from service.store import Database, SqlBatches, SqlParked
from service.store.batches import BatchLimits, BatchState, Line, LineState, Via
from service.store.parked import AskState, Ended, ParkedAsk, Sent

SENT = Sent("token", "openai:a", "", datetime(2026, 1, 1, tzinfo=UTC))


def _ask(line: int, key: str = "k", model: str = "openai:a") -> ParkedAsk:
    return ParkedAsk(line, key, model, {"name": "draft"}, 100, Decimal("0.01"))


@pytest.fixture
def batches(database: Database) -> SqlBatches:
    """Return a store with a batch of three claimed lines."""
    store = SqlBatches(database)
    store.create("b", BatchLimits(), Via.PROVIDER_BATCH)
    store.add("b", [Line(n, "edit", None, {"content": "x"}) for n in (1, 2, 3)])
    store.accepted("b", "digest")
    store.claim("b", 3)
    return store


def test_a_line_waits_from_its_ask_to_its_answer(batches: SqlBatches, database: Database) -> None:
    parked = SqlParked(database)
    assert batches.get("b").via is Via.PROVIDER_BATCH
    assert parked.ready("b", 9) == [1, 2, 3]
    parked.park("b", _ask(1))
    parked.park("b", _ask(2))
    assert parked.ready("b", 9) == [3]
    waiting = parked.waiting("b", 9)
    first = waiting[0]
    assert (first.line, first.tokens, first.usd, first.ask) == (1, 100, Decimal("0.01"), {"name": "draft"})
    parked.take("b", SENT, waiting)
    assert (parked.count("b", AskState.WAITING), parked.count("b", AskState.SENT)) == (0, 2)
    assert (parked.spent("b").tokens, parked.spent("b").usd) == (200, Decimal("0.02"))
    answered = Ended(1, "k", AskState.ANSWERED, {"text": "yes"}, 7, Decimal("0.000000002"))
    parked.end("b", [answered])
    parked.end("b", [Ended(1, "k", AskState.FAILED, {"type": "x"})])  # the first outcome stays
    assert parked.ended("b", 1) == {"k": (AskState.ANSWERED, {"text": "yes"})}
    assert parked.ready("b", 9) == [1, 3]
    parked.close("token")
    assert [(a.line, a.tries) for a in parked.waiting("b", 9)] == [(2, 1)]
    assert parked.submissions("b") == []
    assert parked.spent("b").tokens == 7
    parked.clear("b", 1)
    assert parked.ended("b", 1) == {}


def test_a_submission_holds_asks_of_one_model(batches: SqlBatches, database: Database) -> None:
    parked = SqlParked(database)
    parked.park("b", _ask(1, model="openai:a"))
    parked.park("b", _ask(2, model="openai:b"))
    assert {a.model for a in parked.waiting("b", 9)} == {"openai:a"}


def test_what_is_parked_twice_is_parked_once(batches: SqlBatches, database: Database) -> None:
    parked = SqlParked(database)
    parked.park("b", _ask(1))
    parked.take("b", SENT, parked.waiting("b", 9))
    parked.park("b", _ask(1))
    assert (parked.count("b", AskState.SENT), parked.count("b", AskState.WAITING)) == (1, 0)


def test_what_a_line_was_started_with_stands(batches: SqlBatches, database: Database) -> None:
    parked = SqlParked(database)
    assert parked.started("b", 1) is None
    parked.start("b", 1, {"film": {"title": "Roma"}})
    parked.start("b", 1, {"film": {"title": "Another"}})
    assert parked.started("b", 1) == {"film": {"title": "Roma"}}


def test_a_retry_forgets_failures_of_failed_lines_alone(batches: SqlBatches, database: Database) -> None:
    parked = SqlParked(database)
    for line in (1, 2):
        for key in ("good", "bad"):
            parked.park("b", _ask(line, key))
    parked.take("b", SENT, parked.waiting("b", 9))
    for line in (1, 2):
        outcomes = {"good": AskState.ANSWERED, "bad": AskState.FAILED}
        parked.end("b", [Ended(line, key, state, {}) for key, state in outcomes.items()])
    batches.settle("b", 1, LineState.FAILED, error={"message": "no"})
    assert batches.retry("b") == 1
    assert (set(parked.ended("b", 1)), set(parked.ended("b", 2))) == ({"good"}, {"good", "bad"})


def test_a_cancelled_batch_is_looked_at_until_its_submissions_are_closed(
    batches: SqlBatches, database: Database
) -> None:
    parked = SqlParked(database)
    parked.park("b", _ask(1))
    parked.take("b", SENT, parked.waiting("b", 9))
    parked.sent("token", "batch_1")
    assert [(s.token, s.model, s.provider_id) for s in parked.submissions("b")] == [
        ("token", "openai:a", "batch_1")
    ]
    batches.unclaim("b")
    batches.set_state("b", BatchState.CANCELLED, "asked", of=[BatchState.RUNNING])
    assert batches.active() == ["b"]
    parked.close("token")
    assert batches.active() == []


def test_a_deleted_batch_leaves_nothing_parked(batches: SqlBatches, database: Database) -> None:
    parked = SqlParked(database)
    parked.start("b", 1, {})
    parked.park("b", _ask(1))
    parked.take("b", SENT, parked.waiting("b", 9))
    batches.drop("b")
    assert (parked.started("b", 1), parked.waiting("b", 9), parked.submissions("b")) == (None, [], [])
