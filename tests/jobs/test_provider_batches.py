"""Batches through a provider's Batch API: a stub of it on loopback, a real database, two-stage use cases."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service.access import Scope, issue
from service.errors import ModelMisconfigured
from service.films import JSON
from service.jobs.batches import AcceptOptions, Batches, Dispatcher, Ports, Progress
from service.jobs.batches.drive import KEY_BUDGET
from service.jobs.batches.provider import ProviderPorts
from service.jobs.batches.replay import ask_to_json
from service.llm import BatchApi, ModelConfig
from service.llm.cache import key_of
from service.store import SqlBatches, SqlKeys, SqlSpending, edits, open_database
from service.store.batches import BatchLimits, BatchState, LineState, Via
from service.store.batches import Line as BatchLine
from service.store.parked import ParkedAsk, Sent, SqlParked
from service.writing.ports import Ask, Message, Model, Usage
from service.writing.ports import Progress as Hearing
from service.writing.shapes import usage_json
from service.writing.spending import month_of
from tests.fakes.films import FakeFilmStore
from tests.fakes.stub_batch_api import Line, StubBatchApi, answered, expired, failed
from tests.jobs.test_batches import FakeRuns


async def two_stages(request: Mapping[str, JSON], *, model: Model, progress: Hearing) -> Mapping[str, JSON]:
    """Ask twice, the second time about the first answer."""
    asked = request["request"]
    assert isinstance(asked, dict)
    said, usage = str(asked["content"]), Usage()
    for stage in ("first", "second"):
        answer = await model.ask(Ask(stage, "v1", (Message("user", f"{stage} {said}"),), {"type": "object"}))
        said, usage = answer.text, usage + answer.usage
    return {"content": said, "usage": usage_json(usage)}


def echo(line: Line) -> Line:
    """Answer with what was asked, in brackets."""
    return answered(line, f"[{line['body']['messages'][0]['content']}]")


class Room:
    """A database and a provider; `open` drives the batches as one process would."""

    def __init__(self, folder: Path, stub: StubBatchApi) -> None:
        self.database = open_database(f"sqlite:///{folder}/finecut.db")
        self.store = SqlBatches(self.database)
        self.stub = stub
        self.patience = timedelta(0)

    def api(self, name: str | None) -> BatchApi:
        config = ModelConfig(
            model=name or "openai:gpt-4o", api_key="k", base_url=self.stub.url, timeout=5, retries=0
        )
        return BatchApi(config)

    @asynccontextmanager
    async def open(self, name: str = "one") -> AsyncIterator[Batches]:
        async def keep(kind: str, run_id: str, result: Mapping[str, JSON], key_id: str = "") -> None:
            await edits(self.database).put(run_id, result)

        runs = FakeRuns()
        through = ProviderPorts(
            SqlParked(self.database),
            {"edit": two_stages},
            keep,
            self.api,
            lambda model: model,
            SqlSpending(self.database).purse,
            poll_seconds=0.02,
            patience=self.patience,
        )
        left = SqlSpending(self.database).left
        ports = Ports(self.store, runs, FakeFilmStore(), runs.result, left)
        dispatcher = Dispatcher(ports, name=name, provider=through)
        dispatcher.launch()
        try:
            yield Batches(self.store, dispatcher)
        finally:
            await dispatcher.close()


@pytest.fixture
def stub() -> Iterator[StubBatchApi]:
    with StubBatchApi(echo) as running:
        yield running


@pytest.fixture
def room(tmp_path: Path, stub: StubBatchApi) -> Room:
    return Room(tmp_path, stub)


async def _lines(*contents: str, **more: str) -> AsyncIterator[bytes]:
    for content in contents:
        yield json.dumps({"kind": "edit", "content": content, **more}).encode() + b"\n"


def _options(tokens: int = 0, key_id: str = "") -> AcceptOptions:
    return AcceptOptions(limits=BatchLimits(tokens=tokens), via=Via.PROVIDER_BATCH, key_id=key_id)


async def _until(batches: Batches, *states: BatchState) -> Progress:
    async with asyncio.timeout(90):
        while True:
            progress = await batches.progress("b")
            if progress.batch.state in states and not progress.count(LineState.RUNNING):
                return progress
            await asyncio.sleep(0.02)


async def _met(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(90):
        while not condition():  # noqa: ASYNC110 - the stub lives in another thread
            await asyncio.sleep(0.01)


async def _contents(batches: Batches) -> list[Any]:
    return [(result or {}).get("content") async for _, result in batches.results("b")]


async def test_each_stage_is_one_submission_at_half_the_price(room: Room) -> None:
    async with room.open() as batches:
        await batches.accept("b", _lines("x", "y", "z"), _options())
        progress = await _until(batches, BatchState.DONE)
        assert await _contents(batches) == [f"[second [first {c}]]" for c in "xyz"]
    assert [len(lines) for lines in room.stub.sent] == [3, 3]
    sent = room.stub.sent[0][0]
    assert (sent["method"], sent["url"], sent["body"]["model"]) == ("POST", "/v1/chat/completions", "gpt-4o")
    assert sent["body"]["response_format"]["json_schema"]["name"] == "first"
    assert progress.batch.tokens == 3 * 2 * 120
    # gpt-4o at 2.5 and 10 dollars a million tokens, halved
    assert progress.batch.usd == 6 * (100 * Decimal("1.25") + 20 * Decimal(5)) / 1_000_000
    assert room.stub.deleted == set(room.stub.files)


async def test_a_restart_sends_nothing_twice(room: Room) -> None:
    room.stub.looks = 10**6
    async with room.open("one") as batches:
        await batches.accept("b", _lines("x", "y"), _options())
        await _met(lambda: bool(room.stub.sent))
    room.stub.looks = 0
    async with room.open("two") as batches:
        await _until(batches, BatchState.DONE)
    assert [len(lines) for lines in room.stub.sent] == [2, 2]


async def test_a_submission_whose_answer_was_lost_is_found_by_its_token(room: Room) -> None:
    room.stub.lose = ["/v1/batches"]
    async with room.open() as batches:
        await batches.accept("b", _lines("x"), _options())
        await _until(batches, BatchState.DONE)
    assert [len(lines) for lines in room.stub.sent] == [1, 1]
    assert room.stub.calls["GET /v1/batches"] == 1


async def test_what_another_process_may_still_be_sending_is_not_sent_at_once(
    room: Room,
) -> None:
    parked = SqlParked(room.database)
    room.store.create("b", BatchLimits(), Via.PROVIDER_BATCH)
    room.store.add("b", [BatchLine(1, "edit", None, {"content": "x"})])
    room.store.accepted("b", "digest")
    room.store.claim("b", 1)
    ask = Ask("first", "v1", (Message("user", "first x"),), {"type": "object"})
    parked.park("b", ParkedAsk(1, key_of("openai:gpt-4o", ask), "openai:gpt-4o", ask_to_json(ask), 10))
    sent = Sent("another's", "openai:gpt-4o", "", datetime.now(UTC))
    parked.take("b", sent, parked.waiting("b", 9))
    room.patience = timedelta(hours=1)
    async with room.open("one") as batches:
        await asyncio.sleep(1)
        assert not room.stub.sent
    room.patience = timedelta(0)
    async with room.open("two") as batches:
        await _until(batches, BatchState.DONE)
    assert [len(lines) for lines in room.stub.sent] == [1, 1]


@pytest.mark.parametrize("tokens", [None, 100_000])
async def test_what_is_answered_is_charged_to_the_key_that_the_batch_came_with(
    room: Room, tokens: int | None
) -> None:
    key, _ = issue("k", Scope.WRITE, budget_tokens=tokens)
    await SqlKeys(room.database).add(key)
    room.stub.outcome = lambda line: failed(line, 400, "no") if "first z" in str(line) else echo(line)
    async with room.open() as batches:
        await batches.accept("b", _lines("x", "y", "z"), _options(key_id=key.id))
        await _until(batches, BatchState.DONE)
    spent = (await SqlSpending(room.database).of_month(month_of(datetime.now(UTC))))[key.id]
    price = 100 * Decimal("1.25") + 20 * Decimal(5)
    assert spent == Usage(4, 4 * 120, cost=4 * price / 1_000_000)


async def test_a_key_whose_budget_may_not_be_enough_pauses_the_batch_with_nothing_set_aside(
    room: Room,
) -> None:
    key, _ = issue("k", Scope.WRITE, budget_tokens=50)
    await SqlKeys(room.database).add(key)
    async with room.open() as batches:
        await batches.accept("b", _lines("x"), _options(key_id=key.id))
        progress = await _until(batches, BatchState.PAUSED)
    assert progress.batch.reason == KEY_BUDGET
    assert not room.stub.sent
    assert (await SqlSpending(room.database).left(key.id)).tokens == 50


async def test_what_the_provider_could_not_reach_is_sent_again_and_nothing_else(room: Room) -> None:
    missed: list[str] = []

    def answer(line: Line) -> Line | None:
        said = line["body"]["messages"][0]["content"]
        if said in ("first x", "first y", "first z") and said not in missed:
            missed.append(said)
            return {"first x": expired(line), "first y": failed(line, 503, "busy"), "first z": None}[said]
        return echo(line)

    room.stub.outcome = answer
    async with room.open() as batches:
        await batches.accept("b", _lines("w", "x", "y", "z"), _options())
        progress = await _until(batches, BatchState.DONE)
    assert progress.count(LineState.DONE) == 4
    asked = [line["body"]["messages"][0]["content"] for lines in room.stub.sent for line in lines]
    assert {said: asked.count(said) for said in ("first w", "first x", "first y", "first z")} == {
        "first w": 1,
        "first x": 2,
        "first y": 2,
        "first z": 2,
    }


async def test_a_parameter_that_the_server_does_not_know_is_left_out_the_next_time(room: Room) -> None:
    def answer(line: Line) -> Line:
        return failed(line, 400, "Unsupported: temperature") if "temperature" in line["body"] else echo(line)

    room.stub.outcome = answer
    async with room.open() as batches:
        await batches.accept("b", _lines("x", "y"), _options())
        progress = await _until(batches, BatchState.DONE)
    assert progress.count(LineState.DONE) == 2
    assert ["temperature" in lines[0]["body"] for lines in room.stub.sent] == [True, False, False]


async def test_a_line_that_failed_is_retried_without_asking_again_what_was_answered(room: Room) -> None:
    def answer(line: Line) -> Line:
        refused = "second [first x]" in line["body"]["messages"][0]["content"]
        return failed(line, 400, "no") if refused else echo(line)

    room.stub.outcome = answer
    async with room.open() as batches:
        await batches.accept("b", _lines("x", "y"), _options())
        progress = await _until(batches, BatchState.DONE)
        assert (progress.count(LineState.FAILED), progress.count(LineState.DONE)) == (1, 1)
        room.stub.outcome = echo
        assert await batches.retry("b") == 1
        progress = await _until(batches, BatchState.DONE)
    assert progress.count(LineState.DONE) == 2
    asked = [line["body"]["messages"][0]["content"] for lines in room.stub.sent for line in lines]
    assert (asked.count("first x"), asked.count("second [first x]")) == (1, 2)
    assert progress.batch.tokens == 2 * 2 * 120


async def test_a_budget_sends_what_fits_and_then_pauses(room: Room) -> None:
    async with room.open() as batches:
        # one ask may use 1,024 tokens of answer and a few of prompt; it uses 120
        await batches.accept("b", _lines(*"uvwxyz"), _options(tokens=2200))
        progress = await _until(batches, BatchState.PAUSED)
        assert progress.batch.reason == "budget"
        assert 0 < sum(map(len, room.stub.sent)) < 12
        assert 120 * sum(map(len, room.stub.sent)) <= 2200
        assert max(map(len, room.stub.sent)) == 2
        await batches.resume("b", tokens=0)
        assert (await _until(batches, BatchState.DONE)).count(LineState.DONE) == 6


async def test_a_submission_refused_for_its_size_is_halved(room: Room) -> None:
    room.stub.refusing = [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached."}]
    async with room.open() as batches:
        await batches.accept("b", _lines(*"wxyz"), _options())
        await _until(batches, BatchState.DONE)
    assert [len(lines) for lines in room.stub.sent] == [2, 2, 2, 2]


async def test_a_submission_refused_as_a_whole_pauses_and_loses_nothing(room: Room) -> None:
    room.stub.refusing = [{"code": "invalid_model", "message": "No such model."}]
    async with room.open() as batches:
        await batches.accept("b", _lines("x"), _options())
        progress = await _until(batches, BatchState.PAUSED)
        assert progress.batch.reason == "provider: No such model."
        await batches.resume("b")
        assert (await _until(batches, BatchState.DONE)).count(LineState.DONE) == 1


async def test_a_provider_that_fails_again_and_again_pauses_the_batch(room: Room) -> None:
    room.stub.status = 503
    async with room.open() as batches:
        await batches.accept("b", _lines("x"), _options())
        progress = await _until(batches, BatchState.PAUSED)
        assert progress.batch.reason.startswith("provider: ")
        room.stub.status = None
        await batches.resume("b")
        await _until(batches, BatchState.DONE)


async def test_cancelling_stops_what_is_at_the_provider(room: Room) -> None:
    room.stub.looks = 10**6
    async with room.open() as batches:
        await batches.accept("b", _lines("x", "y"), _options())
        await _met(lambda: bool(room.stub.sent))
        await batches.cancel("b")
        progress = await _until(batches, BatchState.CANCELLED)
        await _met(lambda: room.stub.batches["batch-1"]["status"] == "cancelled")
    assert progress.count(LineState.CANCELLED) == 2


async def test_a_line_for_a_model_without_a_batch_api_fails_alone(room: Room) -> None:
    async def lines() -> AsyncIterator[bytes]:
        async for line in _lines("x", model="embedded"):
            yield line
        async for line in _lines("y"):
            yield line

    async with room.open() as batches:
        await batches.accept("b", lines(), _options())
        progress = await _until(batches, BatchState.DONE)
    assert (progress.count(LineState.FAILED), progress.count(LineState.DONE)) == (1, 1)


def test_a_model_of_another_provider_has_no_batch_api() -> None:
    with pytest.raises(ModelMisconfigured, match="no Batch API"):
        BatchApi(ModelConfig(model="embedded"))
