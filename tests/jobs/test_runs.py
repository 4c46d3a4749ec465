"""Runs on a real DBOS with a real SQLite file; models and use cases are fakes at their ports."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from service.errors import FilmAmbiguous, JobNotFound, ModelOverloaded
from service.films import JSON
from service.jobs import Run, Runs, RunsConfig, RunState
from service.jobs.failover import Heartbeats
from service.jobs.outcome import KINDS, error_from_json, error_to_json
from service.writing.ports import Answer, Ask, Event, Message, Model, Progress, Reach, Usage, UseCase

ASK = Ask("test", "v1", (Message("user", "hello"),))


class CountingModel:
    """Answers with the number of the call; asks it fails are listed by number."""

    def __init__(self, failing: Mapping[int, Exception] | None = None) -> None:
        self.calls = 0
        self._failing = failing or {}

    name = "counting"
    reach = Reach.ARTICLE

    async def ask(self, ask: Ask) -> Answer:
        self.calls += 1
        if self.calls in self._failing:
            raise self._failing[self.calls]
        return Answer(f"{ask.name} {self.calls}", "counting", Usage(calls=1, prompt_tokens=3))


class MemoryLog:
    """Keeps events in memory, the first of each number."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[int, Event]] = {}

    def append(self, run_id: str, event: Event) -> None:
        self.kept.setdefault(run_id, {}).setdefault(event.number, event)

    def extend(self, said: Sequence[tuple[str, Event]]) -> None:
        for run_id, event in said:
            self.append(run_id, event)

    def after(self, run_id: str, number: int) -> list[Event]:
        events = self.kept.get(run_id, {})
        return [events[n] for n in sorted(events) if n > number]


class Bench:
    """A runs room with its fakes, and what it stored."""

    def __init__(
        self,
        folder: Path,
        model: Model,
        *,
        executor: str = "one",
        shared: bool = False,
        concurrency: int = 32,
        heartbeats: Heartbeats | None = None,
        version: str = "test",
        use_cases: Mapping[str, UseCase] | None = None,
    ) -> None:
        self.stored: dict[str, Mapping[str, JSON]] = {}
        self.charged: list[str] = []
        self.gate = asyncio.Event()
        self.log = MemoryLog()
        self.runs = Runs(
            RunsConfig(
                f"sqlite:///{folder / 'runs.db'}", version, executor, shared=shared, concurrency=concurrency
            ),
            use_cases={
                "twice": self._twice,
                "waits": self._waits,
                "pauses": self._pauses,
                **(use_cases or {}),
            },
            models=lambda _name: model,
            results=self._keep,
            events=self.log,
            heartbeats=heartbeats,
            charged=self._charge,
        )

    def _charge(self, model: Model, key_id: str) -> Model:
        self.charged.append(key_id)
        return model

    async def _keep(self, kind: str, run_id: str, result: Mapping[str, JSON], key_id: str = "") -> None:
        self.stored[run_id] = {"kind": kind, **result}

    async def _twice(
        self, request: Mapping[str, JSON], *, model: Model, progress: Progress
    ) -> Mapping[str, JSON]:
        progress("first", {"of": 2})
        one = await model.ask(ASK)
        progress("second", {})
        two = await model.ask(ASK)
        return {"texts": [one.text, two.text], "tokens": (one.usage + two.usage).prompt_tokens}

    async def _waits(
        self, request: Mapping[str, JSON], *, model: Model, progress: Progress
    ) -> Mapping[str, JSON]:
        while not self.gate.is_set():
            await model.ask(ASK)
            await asyncio.sleep(0.02)
        return {}

    async def _pauses(
        self, request: Mapping[str, JSON], *, model: Model, progress: Progress
    ) -> Mapping[str, JSON]:
        one = await model.ask(ASK)
        progress("asked", {})
        await self.gate.wait()
        two = await model.ask(ASK)
        return {"texts": [one.text, two.text]}


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path, CountingModel())
    made.runs.launch()
    yield made
    await made.runs.close(patience_seconds=0)


async def _ended(runs: Runs, run_id: str) -> Run:
    run = await runs.wait(run_id, 20)
    assert run.state is not RunState.RUNNING
    return run


async def test_a_run_stores_its_result_under_its_id_and_tells_its_events_in_order(bench: Bench) -> None:
    run_id = await bench.runs.start("twice", {"a": 1})
    run = await _ended(bench.runs, run_id)
    assert (run.state, run.kind, run.result) == (RunState.DONE, "twice", {"id": run_id})
    assert bench.stored[run_id]["texts"] == ["test 1", "test 2"]
    assert bench.stored[run_id]["tokens"] == 6
    assert [e.stage async for e in bench.runs.events(run_id)] == ["first", "second", "done"]
    assert [e.stage async for e in bench.runs.events(run_id, after=2)] == ["done"]


async def test_a_run_is_charged_to_the_key_that_it_came_with(bench: Bench) -> None:
    await _ended(bench.runs, await bench.runs.start("twice", {"key": "0123456789ab"}))
    await _ended(bench.runs, await bench.runs.start("twice", {"key": None}))
    assert bench.charged == ["0123456789ab"]


async def test_the_same_id_is_started_once(bench: Bench) -> None:
    for _ in range(3):
        await bench.runs.start("twice", {"a": 1}, run_id="chosen")
    await _ended(bench.runs, "chosen")
    assert bench.stored["chosen"]["texts"] == ["test 1", "test 2"]
    assert await bench.runs.request_of("chosen") == {"a": 1}
    assert await bench.runs.request_of("another") is None


async def test_a_database_of_runs_in_a_file_is_written_ahead(bench: Bench, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "runs.db")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_an_unknown_id_is_said_so(bench: Bench) -> None:
    with pytest.raises(JobNotFound, match="nowhere"):
        await bench.runs.get("nowhere")


async def test_a_cancelled_run_ends_at_its_next_step_and_stores_nothing(
    bench: Bench, capfd: pytest.CaptureFixture[str]
) -> None:
    run_id = await bench.runs.start("waits", {})
    await asyncio.sleep(0.1)
    await bench.runs.cancel(run_id)
    run = await _ended(bench.runs, run_id)
    assert run.state is RunState.CANCELLED
    assert run_id not in bench.stored
    assert [e.stage async for e in bench.runs.events(run_id)][-1] == "cancelled"
    await asyncio.sleep(0.2)
    assert "Traceback" not in capfd.readouterr().err  # somebody asked for it


async def test_a_model_error_fails_the_run_and_keeps_what_it_carried(tmp_path: Path) -> None:
    model = CountingModel({2: ModelOverloaded("busy", model="m", retry_after=7.0)})
    bench = Bench(tmp_path, model)
    bench.runs.launch()
    try:
        run = await _ended(bench.runs, await bench.runs.start("twice", {}))
    finally:
        await bench.runs.close(patience_seconds=0)
    assert run.state is RunState.FAILED
    assert run.error is not None
    error = error_from_json(run.error)
    assert isinstance(error, ModelOverloaded)
    assert (error.message, error.model, error.retry_after) == ("busy", "m", 7.0)
    assert run.usage is not None
    assert (run.usage["calls"], run.usage["prompt_tokens"]) == (1, 3)


async def test_an_interrupted_run_resumes_at_launch_and_pays_no_finished_call_again(tmp_path: Path) -> None:
    """The first process is closed between two asks; the second one replays the first ask."""
    before, after = CountingModel(), CountingModel()
    first = Bench(tmp_path, before)
    first.runs.launch()
    run_id = await first.runs.start("pauses", {})
    async for event in first.runs.events(run_id):
        assert event.stage == "asked"
        break
    await first.runs.close(patience_seconds=0)
    second = Bench(tmp_path, after)
    second.gate.set()
    second.runs.launch()
    try:
        run = await _ended(second.runs, run_id)
    finally:
        await second.runs.close(patience_seconds=0)
    assert run.state is RunState.DONE
    assert (before.calls, after.calls) == (1, 1)
    assert second.stored[run_id]["texts"] == ["test 1", "test 1"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_error_survives_the_way_through_json(kind: str) -> None:
    carried: dict[str, Any] = (
        {"candidates": [("a", "A", 1999), ("b", "A", None)]} if kind == "FilmAmbiguous" else {}
    )
    error = KINDS[kind]("what is wrong", remedy="what is right", **carried)
    back = error_from_json(error_to_json(error))
    assert type(back) is type(error)
    assert vars(back) == vars(error)


def test_an_ambiguous_film_keeps_its_candidates_as_tuples() -> None:
    error = error_from_json(error_to_json(FilmAmbiguous("two", candidates=[("a", "A", 1972)])))
    assert isinstance(error, FilmAmbiguous)
    assert error.candidates == (("a", "A", 1972),)
    assert list(itertools.chain(*error.candidates)) == ["a", "A", 1972]


async def test_a_process_that_runs_nothing_lets_no_worker_take_the_whole_queue(tmp_path: Path) -> None:
    serving = Bench(tmp_path, CountingModel(), shared=True, concurrency=0)
    await asyncio.to_thread(serving.runs.launch)
    await serving.runs.close(patience_seconds=0)
    with closing(sqlite3.connect(tmp_path / "runs.db")) as connection:
        limits = connection.execute("SELECT worker_concurrency FROM queues WHERE name = 'finecut'").fetchall()
    assert limits == [(1,)]
