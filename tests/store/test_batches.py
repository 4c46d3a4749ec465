"""The lines of batches in both kinds of database."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from service.errors import Conflict, NotFound
from service.store import Database, SqlBatches, edits
from service.store.batches import BatchLimits, BatchState, Line, LineState
from service.writing.ports import Usage

LIMITS = BatchLimits(2, 500, Decimal("0.25"))


@pytest.fixture
def batches(database: Database) -> SqlBatches:
    store = SqlBatches(database)
    store.create("b", LIMITS)
    bad = Line(2, "", error={"type": "InputError", "message": "no"}, state=LineState.INVALID)
    store.add("b", [Line(1, "edit", "a", {"content": "x"}), bad, Line(3, "edit", None, {"content": "y"})])
    store.accepted("b", "digest")
    return store


def test_a_line_is_claimed_once_and_its_cost_counted_once(batches: SqlBatches) -> None:
    (line,) = batches.claim("b", 1)
    assert (line.number, line.request, line.state) == (1, {"content": "x"}, LineState.RUNNING)
    assert [x.number for x in batches.claim("b", 9)] == [3]
    assert batches.claim("b", 9) == []
    for _ in range(2):
        batches.settle("b", 1, LineState.DONE, usage=Usage(1, 10, 5, cost=Decimal("0.000000125")))
    batch = batches.get("b")
    assert (batch.tokens, batch.usd, batch.limits) == (15, Decimal("0.000000125"), LIMITS)
    assert [x.number for x in batches.running("b")] == [3]
    assert not batches.finish("b")


async def test_results_come_in_order_with_what_is_stored(batches: SqlBatches, database: Database) -> None:
    batches.claim("b", 9)
    batches.settle("b", 3, LineState.FAILED, error={"message": "busy"})
    batches.settle("b", 1, LineState.DONE)
    await edits(database).put("b-1", {"content": "better"})
    first, second, third = batches.results("b", 0, 10)
    assert (first[0].custom_id, first[1]) == ("a", {"content": "better"})
    assert [second[0].state, third[0].state] == [LineState.INVALID, LineState.FAILED]
    assert [x.number for x, _ in batches.results("b", 2, 10)] == [3]
    tally = batches.tally("b", timedelta(minutes=5))
    assert (tally.lately, tally.states[LineState.INVALID]) == (2, 1)
    assert batches.finish("b")
    assert batches.retry("b") == 1
    assert batches.set_state("b", BatchState.RUNNING, of=[BatchState.DONE])
    assert [x.run_id("b") for x in batches.claim("b", 9)] == ["b-3-1"]


def test_one_process_holds_a_batch(batches: SqlBatches) -> None:
    assert batches.active() == ["b"]
    assert batches.hold("b", "one", 60)
    assert not batches.hold("b", "two", 60)
    batches.release("b", "two")
    assert not batches.hold("b", "two", 60)
    batches.release("b", "one")
    assert batches.hold("b", "two", 0)
    assert batches.hold("b", "one", 60)


def test_cancelling_ends_waiting_lines_and_dropping_removes_all(batches: SqlBatches) -> None:
    assert batches.set_state("b", BatchState.CANCELLED, of=[BatchState.RUNNING])
    assert batches.claim("b", 9) == []
    assert batches.active() == []
    with pytest.raises(Conflict):
        batches.create("b", LIMITS)
    batches.drop("b")
    with pytest.raises(NotFound):
        batches.get("b")
    assert batches.tally("b", timedelta(minutes=5)).states == {}


def test_lines_that_a_cancelling_ended_do_not_count_as_speed(batches: SqlBatches) -> None:
    batches.set_state("b", BatchState.CANCELLED, "asked", of=[BatchState.RUNNING])
    tally = batches.tally("b", timedelta(minutes=5))
    assert (tally.lately, tally.states[LineState.CANCELLED]) == (0, 2)
