"""Take-over of the runs of a dead executor, on a real DBOS and the real table of heartbeats."""

from __future__ import annotations

import asyncio
from pathlib import Path

from service.jobs import RunState
from service.jobs.failover import STALE_SECONDS, Failover
from service.store import SqlExecutors, open_database
from service.store.database import Database
from tests.jobs.test_runs import Bench, CountingModel


class Queue:
    """Who holds runs, and whose were recovered."""

    def __init__(self, *holders: str) -> None:
        self.holders = holders
        self.recovered: list[str] = []


def _failover(database: Database, queue: Queue) -> Failover:
    return Failover(
        "me", SqlExecutors(database), holders=lambda: queue.holders, recover=queue.recovered.extend
    )


def test_runs_of_the_living_and_of_oneself_are_left_alone(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/finecut.db")
    SqlExecutors(database).beat("living")
    queue = Queue("me", "living", "dead")
    assert _failover(database, queue).look() == ["dead"]
    assert queue.recovered == ["dead"]
    database.close()


def test_one_that_drains_still_lives_and_takes_over_nothing(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/finecut.db")
    queue = Queue("dead")
    failover = _failover(database, queue)
    failover.drain()
    failover.beat()
    assert failover.look() == []
    assert SqlExecutors(database).fresh(STALE_SECONDS) == {"me"}
    database.close()


def test_one_that_left_is_fresh_no_more(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/finecut.db")
    executors = SqlExecutors(database)
    executors.beat("me")
    executors.leave("me")
    assert executors.fresh(STALE_SECONDS) == frozenset()
    database.close()


async def test_a_run_of_a_dead_executor_is_taken_over_and_its_finished_call_not_paid_again(
    tmp_path: Path,
) -> None:
    """Breaks where DBOS changes its private recovery, or what it takes."""
    database = open_database(f"sqlite:///{tmp_path}/finecut.db")
    before, after = CountingModel(), CountingModel()
    dead = Bench(tmp_path, before, executor="dead", shared=True)
    await asyncio.to_thread(dead.runs.launch)
    run_id = await dead.runs.start("pauses", {})
    async for event in dead.runs.events(run_id):
        assert event.stage == "asked"
        break
    await dead.runs.close(patience_seconds=0)
    living = Bench(tmp_path, after, executor="living", shared=True, heartbeats=SqlExecutors(database))
    living.gate.set()
    await asyncio.to_thread(living.runs.launch)
    try:
        run = await living.runs.wait(run_id, 20)
    finally:
        await living.runs.close(patience_seconds=0)
        database.close()
    assert run.state is RunState.DONE
    assert (before.calls, after.calls) == (1, 1)
    assert living.stored[run_id]["texts"] == ["test 1", "test 1"]


async def test_one_that_only_serves_queues_a_run_for_another(tmp_path: Path) -> None:
    serving = Bench(tmp_path, CountingModel(), executor="serving", shared=True, concurrency=0)
    await asyncio.to_thread(serving.runs.launch)
    run_id = await serving.runs.start("twice", {})
    assert (await serving.runs.wait(run_id, 1)).state is RunState.RUNNING
    await serving.runs.close(patience_seconds=0)
    assert serving.stored == {}
    working = Bench(tmp_path, CountingModel(), executor="working", shared=True)
    await asyncio.to_thread(working.runs.launch)
    try:
        run = await working.runs.wait(run_id, 20)
    finally:
        await working.runs.close(patience_seconds=0)
    assert run.state is RunState.DONE
