"""What an upgrade does to runs in flight: they wait for code of their own version, and are never mixed up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from service.films import JSON
from service.jobs import Run, RunState
from service.writing.ports import Model, Progress
from tests.jobs.test_runs import ASK, Bench, CountingModel


async def _ended(bench: Bench, run_id: str) -> Run:
    """Return the run as the bench leaves it."""
    bench.runs.launch()
    try:
        return await bench.runs.wait(run_id, 20)
    finally:
        await bench.runs.close(patience_seconds=0)


async def _left_between_two_asks(folder: Path, version: str) -> str:
    """Return the id of a run whose process ended after its first ask."""
    bench = Bench(folder, CountingModel(), version=version)
    bench.runs.launch()
    run_id = await bench.runs.start("pauses", {})
    async for event in bench.runs.events(run_id):
        assert event.stage == "asked"
        break
    await bench.runs.close(patience_seconds=0)
    return run_id


async def test_an_unfinished_run_waits_for_code_of_its_version_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run_id = await _left_between_two_asks(tmp_path, "1")
    newer = Bench(tmp_path, CountingModel(), version="2")
    newer.gate.set()
    with caplog.at_level(logging.WARNING, "finecut.jobs"):
        newer.runs.launch()
    try:
        assert "1 unfinished runs wait for code of version 1" in caplog.text
        fresh = await newer.runs.wait(await newer.runs.start("twice", {}), 20)
        assert fresh.state is RunState.DONE
        assert (await newer.runs.get(run_id)).state is RunState.RUNNING
        assert await newer.runs.unfinished() == 0  # the older code's is its own to drain
    finally:
        await newer.runs.close(patience_seconds=0)
    model = CountingModel()
    older = Bench(tmp_path, model, version="1")
    older.gate.set()
    older.runs.launch()
    try:
        assert (await older.runs.wait(run_id, 20)).state is RunState.DONE
        assert await older.runs.unfinished() == 0
    finally:
        await older.runs.close(patience_seconds=0)
    assert model.calls == 1


async def test_an_unfinished_run_goes_on_under_newer_code_of_the_same_version(tmp_path: Path) -> None:
    run_id = await _left_between_two_asks(tmp_path, "1")

    async def mended(request: Mapping[str, JSON], *, model: Model, progress: Progress) -> Mapping[str, JSON]:
        first = await model.ask(ASK)
        progress("asked", {})
        second = await model.ask(ASK)
        return {"text": f"newer code read {first.text!r}, then {second.text!r}"}

    model = CountingModel()
    newer = Bench(tmp_path, model, version="1", use_cases={"pauses": mended})
    run = await _ended(newer, run_id)
    assert run.state is RunState.DONE
    assert model.calls == 1  # the first answer stands as the older code recorded it
    assert newer.stored[run_id]["text"] == "newer code read 'test 1', then 'test 1'"


async def test_a_queued_run_is_left_to_a_worker_of_its_version(tmp_path: Path) -> None:
    serving = Bench(tmp_path, CountingModel(), executor="serving", shared=True, concurrency=0, version="1")
    await asyncio.to_thread(serving.runs.launch)
    run_id = await serving.runs.start("twice", {})
    assert await serving.runs.unfinished() == 1
    await serving.runs.close(patience_seconds=0)
    for version, state in (("2", RunState.RUNNING), ("1", RunState.DONE)):
        worker = Bench(tmp_path, CountingModel(), executor=f"worker-{version}", shared=True, version=version)
        await asyncio.to_thread(worker.runs.launch)
        try:
            seconds = 20 if state is RunState.DONE else 1.5
            assert (await worker.runs.wait(run_id, seconds)).state is state
        finally:
            await worker.runs.close(patience_seconds=0)


async def test_where_the_order_of_asks_changed_and_the_version_did_not_a_run_fails_and_mixes_nothing(
    tmp_path: Path,
) -> None:
    run_id = await _left_between_two_asks(tmp_path, "1")

    async def changed(request: Mapping[str, JSON], *, model: Model, progress: Progress) -> Mapping[str, JSON]:
        first = await model.ask(replace(ASK, name="another"))
        return {"text": first.text}

    model = CountingModel()
    newer = Bench(tmp_path, model, version="1", use_cases={"pauses": changed})
    run = await _ended(newer, run_id)
    assert run.state is RunState.FAILED
    assert (model.calls, newer.stored) == (0, {})
