"""Runs listed: the newest first, by kind, state and API key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.errors import ModelOverloaded
from service.jobs import RunState
from tests.jobs.test_runs import Bench, CountingModel


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path, CountingModel({3: ModelOverloaded("busy")}))
    made.runs.launch()
    yield made
    await made.runs.close(patience_seconds=0)


async def test_runs_are_found_by_kind_state_and_key(bench: Bench) -> None:
    ids = []
    for kind, key in (("twice", "k1"), ("twice", "k2"), ("pauses", "k1")):
        run_id = await bench.runs.start(kind, {"key": key})
        ids.append(run_id)
        if kind == "twice":
            await bench.runs.wait(run_id, 30)
    done, failed, running = ids

    async def found(**wanted: object) -> list[str]:
        return [run.id for run in await bench.runs.list(**wanted)]  # type: ignore[arg-type]  # any filter

    assert await found() == [running, failed, done]
    assert await found(limit=1, offset=1) == [failed]
    assert await found(kind="twice") == [failed, done]
    assert await found(state=RunState.DONE) == [done]
    assert await found(state=RunState.FAILED) == [failed]
    assert await found(state=RunState.RUNNING) == [running]
    assert await found(key_id="k1") == [running, done]
    assert await found(key_id="k1", kind="twice") == [done]
    assert await found(key_id="nobody") == []
    listed = await bench.runs.list(state=RunState.FAILED)
    assert (listed[0].kind, dict(listed[0].error or {})["type"]) == ("twice", "ModelOverloaded")
