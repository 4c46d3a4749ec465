"""Batches on a real SQLite file; the runs are a fake at the dispatcher's port."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Conflict, InputTooLarge, JobNotFound
from service.films import JSON
from service.jobs import Run, RunState
from service.jobs.batches import AcceptOptions, Batches, Dispatcher, Ports, Progress
from service.jobs.batches.accept import MAX_LINE_BYTES, MAX_LINES, read_line, split_lines
from service.jobs.batches.drive import KEY_BUDGET
from service.store import SqlBatches, open_database
from service.store.batches import BatchLimits, BatchState, Line, LineState
from service.writing.spending import Left
from tests.fakes.films import FakeFilmStore

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OVERLOADED: Mapping[str, JSON] = {"type": "ModelOverloaded", "message": "busy"}


class FakeRuns:
    """Runs that end at once, or when `gate` opens; `failing` names the contents that fail."""

    def __init__(self) -> None:
        self.started: Counter[str] = Counter()
        self.kept: dict[str, str] = {}
        self.cancelled: set[str] = set()
        self.failing: Callable[[str], bool] = lambda _content: False
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = 0
        self.most_at_once = 0
        self.cost: str | None = "0.10"
        self.lost: Mapping[str, JSON] | None = None
        self.keys: set[object] = set()

    async def start(self, kind: str, request: Mapping[str, JSON], *, run_id: str | None = None) -> str:
        assert run_id is not None
        if run_id not in self.kept:
            self.started[run_id] += 1
            self.keys.add(request.get("key"))
            asked = request["request"]
            assert isinstance(asked, dict)
            self.kept[run_id] = str(asked["content"])
        return run_id

    async def wait(self, run_id: str, seconds: float) -> Run:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            async with asyncio.timeout(20):
                await self.changed(lambda: self.gate.is_set() or run_id in self.cancelled)
            await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        if run_id in self.cancelled:
            return Run(run_id, "edit", RunState.CANCELLED, NOW, NOW)
        if self.failing(self.kept[run_id]):
            return Run(run_id, "edit", RunState.FAILED, NOW, NOW, error=OVERLOADED, usage=self.lost)
        return Run(run_id, "edit", RunState.DONE, NOW, NOW, result={"id": run_id})

    async def cancel(self, run_id: str) -> Run:
        if run_id not in self.kept:
            raise JobNotFound("no")
        self.cancelled.add(run_id)
        return Run(run_id, "edit", RunState.CANCELLED, NOW, NOW)

    async def changed(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds."""
        while not condition():  # noqa: ASYNC110 - several things are waited for, an event would be one
            await asyncio.sleep(0.01)

    async def result(self, kind: str, run_id: str) -> Mapping[str, JSON]:
        return {"usage": {"calls": 1, "prompt_tokens": 90, "completion_tokens": 10, "cost": self.cost}}


class Room:
    """A database with batches; `open` drives them as one process would."""

    def __init__(self, folder: Path) -> None:
        self.store = SqlBatches(open_database(f"sqlite:///{folder}/finecut.db"))
        self.runs = FakeRuns()
        self.granted = Left()

    async def left(self, key_id: str) -> Left:
        """Return what is left of the key's grant: each line that was started used 100 tokens of it."""
        assert key_id == "payer"
        tokens = self.granted.tokens
        return Left(None if tokens is None else tokens - 100 * len(self.runs.started), self.granted.usd)

    @asynccontextmanager
    async def open(self, name: str = "one") -> AsyncIterator[Batches]:
        ports = Ports(self.store, self.runs, FakeFilmStore(), self.runs.result, self.left)
        dispatcher = Dispatcher(ports, name=name)
        dispatcher.launch()
        try:
            yield Batches(self.store, dispatcher)
        finally:
            await dispatcher.close()


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


async def _stream(*contents: str) -> AsyncIterator[bytes]:
    for content in contents:
        yield json.dumps({"kind": "edit", "content": content}).encode() + b"\n"


async def _chunks(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def _options(**limits: object) -> AcceptOptions:
    return AcceptOptions(limits=BatchLimits(**limits))  # type: ignore[arg-type]  # a test's shorthand


async def _until(batches: Batches, state: BatchState) -> Progress:
    async with asyncio.timeout(20):
        while True:
            progress = await batches.progress("b")
            if progress.batch.state is state and not progress.count(LineState.RUNNING):
                return progress
            await asyncio.sleep(0.02)


async def test_no_more_lines_run_at_once_than_allowed(room: Room) -> None:
    async with room.open() as batches:
        await batches.accept("b", _stream(*"abcdefghijkl"), _options(concurrency=3))
        progress = await _until(batches, BatchState.DONE)
    assert progress.count(LineState.DONE) == 12
    assert room.runs.most_at_once == 3
    assert set(room.runs.started.values()) == {1}
    assert (progress.batch.tokens, progress.batch.usd) == (1200, Decimal("1.2"))


async def test_a_budget_stops_before_the_line_that_would_pass_it_and_a_larger_one_goes_on(room: Room) -> None:
    async with room.open() as batches:
        await batches.accept("b", _stream(*"abcdefghij"), _options(concurrency=4, usd=Decimal("0.55")))
        paused = await _until(batches, BatchState.PAUSED)
        assert (paused.batch.reason, paused.batch.usd) == ("budget", Decimal("0.5"))
        await batches.resume("b", usd=Decimal(2))
        done = await _until(batches, BatchState.DONE)
    assert done.count(LineState.DONE) == 10


async def test_a_budget_in_tokens_stops_too(room: Room) -> None:
    async with room.open() as batches:
        await batches.accept("b", _stream(*"abcdef"), _options(tokens=300))
        paused = await _until(batches, BatchState.PAUSED)
    assert (paused.batch.tokens, paused.count(LineState.WAITING)) == (300, 3)


async def test_lines_are_charged_to_the_key_that_the_batch_came_with_until_its_budget_is_used(
    room: Room,
) -> None:
    room.granted = Left(tokens=350)
    async with room.open() as batches:
        await batches.accept("b", _stream(*"vwxyz"), AcceptOptions(key_id="payer"))
        progress = await _until(batches, BatchState.PAUSED)
        assert (progress.batch.reason, progress.count(LineState.DONE)) == (KEY_BUDGET, 3)
        room.granted = Left(tokens=1000, usd=Decimal(1))
        await batches.resume("b")
        progress = await _until(batches, BatchState.DONE)
    assert progress.count(LineState.DONE) == 5
    assert room.runs.keys == {"payer"}


async def test_what_failed_lines_cost_counts_towards_the_budget(room: Room) -> None:
    room.runs.failing = lambda content: content in "ab"
    room.runs.lost = {"calls": 2, "prompt_tokens": 60, "completion_tokens": 40, "cost": "0.05"}
    async with room.open() as batches:
        await batches.accept("b", _stream(*"abcdef"), _options(tokens=300, concurrency=1))
        paused = await _until(batches, BatchState.PAUSED)
    assert (paused.count(LineState.FAILED), paused.count(LineState.DONE)) == (2, 1)
    assert (paused.batch.tokens, paused.batch.usd) == (300, Decimal("0.2"))


async def test_a_batch_that_ends_just_at_its_budget_is_done(room: Room) -> None:
    async with room.open() as batches:
        await batches.accept("b", _stream(*"abc"), _options(tokens=300))
        assert (await _until(batches, BatchState.DONE)).batch.reason == ""


async def test_a_budget_in_dollars_needs_a_price(room: Room) -> None:
    room.runs.cost = None
    async with room.open() as batches:
        await batches.accept("b", _stream(*"abc"), _options(usd=Decimal(9)))
        paused = await _until(batches, BatchState.PAUSED)
    assert "price" in paused.batch.reason
    assert paused.count(LineState.DONE) == 1


async def test_an_outage_of_the_provider_pauses_and_failed_lines_can_be_run_again(room: Room) -> None:
    room.runs.failing = lambda _content: True
    async with room.open() as batches:
        await batches.accept("b", _stream(*[f"{i}" for i in range(40)]), _options(concurrency=2))
        paused = await _until(batches, BatchState.PAUSED)
        assert paused.batch.reason == "provider: busy"
        assert 10 <= paused.count(LineState.FAILED) <= 12
        room.runs.failing = lambda _content: False
        assert await batches.retry("b") == paused.count(LineState.FAILED)
        done = await _until(batches, BatchState.DONE)
    assert done.count(LineState.DONE) == 40
    assert set(room.runs.started.values()) == {1}


async def test_what_was_claimed_before_a_crash_is_started_once(room: Room) -> None:
    """One line was claimed and its run started, another claimed only; then the process died."""
    room.store.create("b", BatchLimits())
    room.store.add("b", [Line(i, "edit", request={"content": "a"}) for i in range(1, 5)])
    room.store.accepted("b", "digest")
    claimed = room.store.claim("b", 2)
    for line in claimed[:1]:
        started: Mapping[str, JSON] = {"request": dict(line.request or {})}
        await room.runs.start("edit", started, run_id=line.run_id("b"))
    async with room.open("two") as batches:
        assert (await _until(batches, BatchState.DONE)).count(LineState.DONE) == 4
    assert room.runs.started == {f"b-{i}": 1 for i in range(1, 5)}


async def test_of_two_processes_one_drives_a_batch_and_the_other_takes_over_when_it_leaves(
    room: Room,
) -> None:
    room.runs.gate.clear()
    async with room.open("two") as second:
        async with room.open("one") as first:
            await first.accept("b", _stream(*"abcd"), _options(concurrency=1))
            await room.runs.changed(lambda: bool(room.runs.started))
            await asyncio.sleep(1.2)
            assert room.runs.most_at_once == 1
        room.runs.gate.set()
        assert (await _until(second, BatchState.DONE)).count(LineState.DONE) == 4
    assert set(room.runs.started.values()) == {1}


async def test_cancelling_ends_what_waits_and_what_runs(room: Room) -> None:
    room.runs.gate.clear()
    async with room.open() as batches:
        await batches.accept("b", _stream(*"abcdef"), _options(concurrency=2))
        await room.runs.changed(lambda: len(room.runs.started) == 2)
        await batches.cancel("b")
        progress = await _until(batches, BatchState.CANCELLED)
        with pytest.raises(Conflict):
            await batches.retry("b")
    assert progress.count(LineState.CANCELLED) == 6
    assert room.runs.cancelled == {"b-1", "b-2"}


async def test_half_a_batch_is_none(room: Room) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b'{"kind": "edit", "content": "a"}\n'
        raise ConnectionResetError

    async with room.open() as batches:
        with pytest.raises(ConnectionResetError):
            await batches.accept("b", broken(), _options())
        assert await batches.list(limit=5) == []


async def test_a_batch_whose_intake_died_is_begun_anew(room: Room) -> None:
    room.store.create("b", BatchLimits())
    anew = AcceptOptions(patience=timedelta(0))
    async with room.open() as batches:
        with pytest.raises(Conflict):
            await batches.accept("b", _stream("a"), _options())
        await batches.accept("b", _stream("a"), anew)
        assert (await _until(batches, BatchState.DONE)).lines == 1


async def test_more_lines_than_a_batch_may_have_are_refused(room: Room) -> None:
    async with room.open() as batches:
        with pytest.raises(InputTooLarge):
            await batches.accept("b", _chunks(b"\n" * MAX_LINES, b"{}"), _options())
        assert await batches.list(limit=5) == []


async def test_a_line_without_an_end_is_refused() -> None:
    with pytest.raises(InputTooLarge):
        async for _ in split_lines(_chunks(b"x" * MAX_LINE_BYTES, b"y")):
            pass


@given(st.lists(st.binary(max_size=9)))
def test_lines_do_not_depend_on_how_the_stream_is_cut(chunks: list[bytes]) -> None:
    async def split() -> list[bytes]:
        return [line async for line in split_lines(_chunks(*chunks))]

    whole = b"".join(chunks).split(b"\n")
    assert asyncio.run(split()) == (whole if whole[-1] else whole[:-1])


@given(st.binary(max_size=60) | st.text().map(lambda t: json.dumps({"kind": "edit", "content": t}).encode()))
def test_a_line_is_a_request_or_says_its_number_and_why_not(raw: bytes) -> None:
    line = read_line(raw, 7, AcceptOptions())
    if line.state is LineState.INVALID:
        assert line.request is None
        assert "7" in str((line.error or {})["message"])
    else:
        assert (line.request or {})["content"] == json.loads(raw)["content"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff", "not JSON"),
        (b"[1]", "not an object"),
        (b'{"content": "x"}', "kind"),
        (b'{"kind": "edit", "content": "x", "formatt": "text"}', "formatt"),
        (b'{"kind": "edit", "content": "x", "custom_id": 5}', "custom_id"),
        (b'{"kind": "review", "notes": []}', "film"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(raw: bytes, said: str) -> None:
    line = read_line(raw, 3, AcceptOptions())
    assert line.state is LineState.INVALID
    assert said in str((line.error or {})["message"])


def test_a_text_that_databases_refuse_is_no_crash(room: Room) -> None:
    """JSON may hold NUL and lone surrogates, which Postgres's JSON and UTF-8 do not."""
    line = read_line(rb'{"kind": "edit", "content": "a\u0000b", "custom_id": "a\u0000"}', 1, AcceptOptions())
    assert line.state is LineState.INVALID
    assert "custom_id: 'a\\x00' is not a name of your own without NUL" in str((line.error or {})["message"])
    lone = read_line(rb'{"kind": "edit", "content": "a\ud800b"}', 2, AcceptOptions())
    room.store.create("b", BatchLimits())
    room.store.add("b", [line, lone])
    assert len(room.store.results("b", 0, 10)) >= 1
