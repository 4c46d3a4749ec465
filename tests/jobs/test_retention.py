"""Retention: what is too old goes, what is not stays, in DBOS's tables and ours."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.errors import JobNotFound, ReviewNotFound
from service.films import JSON
from service.jobs import Runs, RunsConfig
from service.jobs.retention import Forget, Kind, Sweeper, forget_folders, forget_runs, kinds
from service.jobs.webhooks import new_webhook
from service.store import SqlBatches, SqlEvents, SqlWebhooks, edits, open_database, reviews
from service.store.batches import BatchLimits, BatchState, Line
from service.store.retention import CHUNK, SqlRetention
from service.store.tables import EVENTS
from service.writing.ports import Event, Model, Progress
from tests.jobs.test_runs import CountingModel, MemoryLog

LATER = datetime.now(UTC) + timedelta(days=1)
EARLIER = datetime.now(UTC) - timedelta(days=1)


async def _no_result(kind: str, run_id: str, result: Mapping[str, JSON], key_id: str = "") -> None:
    """Keep nothing."""


async def _idle(request: Mapping[str, JSON], *, model: Model, progress: Progress) -> Mapping[str, JSON]:
    return {}


def _as_of_tomorrow(kind: Kind) -> Forget:
    return lambda _before: kind.forget(LATER)


async def test_runs_that_ended_go_and_those_that_have_not_stay(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/runs.db"
    runs = Runs(
        RunsConfig(url, "1", "one"),
        use_cases={"idle": _idle},
        models=lambda _name: CountingModel(),
        results=_no_result,
        events=MemoryLog(),
    )
    runs.launch()
    try:
        ended = await runs.start("idle", {})
        await runs.wait(ended, 10)
        assert await asyncio.to_thread(forget_runs, EARLIER) == 0
        assert (await runs.get(ended)).id == ended
        assert await asyncio.to_thread(forget_runs, LATER) == 1
        with pytest.raises(JobNotFound):
            await runs.get(ended)
    finally:
        await runs.close()
    with sa.create_engine(url).connect() as connection:
        for table in ("workflow_status", "workflow_input", "workflow_output", "operation_outputs"):
            assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() == 0


async def test_events_deliveries_and_ended_batches_go_and_what_was_made_stays(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/finecut.db")
    events, batches, store = SqlEvents(database), SqlBatches(database), SqlRetention(database)
    events.append("r", Event(1, "plan", {}))
    webhooks = SqlWebhooks(database)
    await webhooks.add(new_webhook("https://example.org/hook", private=False))
    webhooks.enqueue("m", "run.done", {})
    await reviews(database).put("r", {"title": "kept"})
    for name, state in (("ended", BatchState.CANCELLED), ("running", BatchState.RUNNING)):
        batches.create(name, BatchLimits())
        batches.add(name, [Line(1, "edit", None, {"content": "x"})])
        batches.accepted(name, "digest")
        batches.set_state(name, state, of=[BatchState.RUNNING])
    ours = [
        k
        for k in kinds(store, tmp_path / "evals", days=1, results_days=0)
        if k.name not in ("runs", "results")
    ]
    swept = Sweeper([Kind(k.name, 1, _as_of_tomorrow(k)) for k in ours])
    assert await swept.sweep() == {"batches": 3, "events": 1, "deliveries": 2, "executors": 0, "leftovers": 0}
    assert [b.id for b in batches.list(limit=9)] == ["running"]
    assert (await reviews(database).get("r"))["title"] == "kept"
    assert len(await webhooks.list()) == 1
    database.close()


def test_folders_of_evaluations_that_were_cancelled_go(tmp_path: Path) -> None:
    for name in ("old", "older"):
        (tmp_path / "evals" / name).mkdir(parents=True)
        (tmp_path / "evals" / name / "items.jsonl").write_text("{}", encoding="utf-8")
    assert forget_folders(tmp_path / "evals", EARLIER) == 0
    assert forget_folders(tmp_path / "evals", LATER) == 2
    assert not list((tmp_path / "evals").iterdir())
    assert forget_folders(tmp_path / "nowhere", LATER) == 0


async def test_what_was_made_goes_where_a_setting_says_so(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/finecut.db")
    await reviews(database).put("r", {"title": "old"})
    await edits(database).put("e", {"content": "old"})
    store = SqlRetention(database)
    assert store.results(EARLIER) == 0
    assert store.results(LATER) == 2
    with pytest.raises(ReviewNotFound):
        await reviews(database).get("r")
    database.close()


async def test_a_sweep_goes_in_small_transactions_to_the_end(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/finecut.db")
    with database.write() as connection:
        rows = [
            {"run": "r", "number": n, "stage": "s", "detail": {}, "created": EARLIER}
            for n in range(CHUNK * 2 + 1)
        ]
        connection.execute(EVENTS.insert(), rows)
    store = SqlRetention(database)
    sizes: list[int] = []

    def forget(_before: datetime) -> int:
        sizes.append(store.events(LATER))
        return sizes[-1]

    assert await Sweeper([Kind("events", 1, forget), Kind("kept", 0, forget)]).sweep() == {
        "events": CHUNK * 2 + 1
    }
    assert sizes == [CHUNK, CHUNK, 1, 0]
    database.close()
