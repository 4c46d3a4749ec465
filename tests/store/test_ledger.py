"""The ledger of model calls that processes share: its rule is the one in memory, whatever the database."""

from __future__ import annotations

import asyncio
import random

import pytest
from sqlalchemy.exc import OperationalError

from service.llm.quota import MemoryLedger
from service.store import Database, SqlLedger
from service.store.tables import MODEL_CALLS
from service.writing.quota import MINUTE, TRAVEL, Quota, Turn


class Clocked(SqlLedger):
    """A ledger whose clock the test sets."""

    now = 1000.0

    def _now(self, connection: object) -> float:
        return self.now


@pytest.fixture
def ledger(database: Database) -> Clocked:
    with database.write() as connection:
        connection.execute(MODEL_CALLS.delete())
    return Clocked(database)


@pytest.mark.parametrize("quota", [Quota(calls=3), Quota(tokens=100), Quota(calls=4, tokens=150)])
async def test_it_decides_as_the_one_in_memory(ledger: Clocked, quota: Quota) -> None:
    dice = random.Random(quota.calls + quota.tokens)
    memory = MemoryLedger(lambda: ledger.now)
    for _ in range(60):
        ledger.now += dice.choice([0.0, 1.5, 7.0, 20.0])
        tokens = dice.choice([10, 40, 90, 120])
        turns = [await kept.reserve("m", quota, tokens) for kept in (ledger, memory)]
        assert [t.entry is None for t in turns] in ([True, True], [False, False])
        assert turns[0].wait == pytest.approx(turns[1].wait)
        if turns[0].entry and turns[1].entry and dice.random() < 0.8:
            ledger.now += dice.choice([0.2, 2.0, 5.0])
            used = dice.choice([5, tokens])
            await ledger.settle(turns[0].entry, used)
            await memory.settle(turns[1].entry, used)


async def test_of_many_that_ask_at_once_no_more_are_let_through_than_there_is_room_for(
    database: Database,
) -> None:
    with database.write() as connection:
        connection.execute(MODEL_CALLS.delete())
    processes = [SqlLedger(database) for _ in range(4)]
    turns = await asyncio.gather(
        *(processes[i % 4].reserve("m", Quota(calls=7), 1) for i in range(40)),
        *(processes[i % 4].reserve("other", Quota(calls=2), 1) for i in range(10)),
    )
    assert sum(turn.entry is not None for turn in turns) == 9
    assert all(0 < turn.wait <= MINUTE + TRAVEL for turn in turns if turn.entry is None)


async def test_a_database_that_does_not_answer_lets_nothing_through(database: Database) -> None:
    class Gone(SqlLedger):
        def _reserve(self, model: str, quota: Quota, tokens: int) -> Turn:
            raise OperationalError("SELECT 1", {}, ConnectionError("gone"))

    turn = await Gone(database).reserve("m", Quota(calls=1), 1)
    assert (turn.entry, turn.wait > 0) == (None, True)
