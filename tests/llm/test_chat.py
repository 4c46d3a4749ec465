"""A compatible server answers, and fails, in every way that one can."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.errors import (
    ContextTooLong,
    ModelError,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelOverloaded,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
)
from service.llm import Listening, ModelConfig, build_model
from service.llm.failures import as_model_error
from service.writing.ports import Answer, Ask, Message, Reach
from tests.fakes.stub_openai import Scripted, StubServer

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}
ASK = Ask("greet", "v1", (Message("system", "Be brief."), Message("user", "Hello")), SCHEMA, max_tokens=64)


def config(stub: StubServer, **changes: object) -> ModelConfig:
    base: dict[str, Any] = {"model": "openai:stub", "base_url": stub.url, "timeout": 5, "retries": 2}
    return ModelConfig(**base | changes)


async def answer(stub: StubServer, ask: Ask = ASK, **changes: object) -> Answer:
    model = build_model(config(stub, **changes))
    try:
        return await model.ask(ask)
    finally:
        await model.aclose()


async def test_answer_carries_text_usage_and_name() -> None:
    with StubServer(Scripted()) as stub:
        got = await answer(stub)
    assert got.text == '{"ok": true}'
    assert (got.model, got.finish_reason) == ("openai:stub", "stop")
    assert (got.usage.calls, got.usage.prompt_tokens, got.usage.completion_tokens) == (1, 100, 20)
    assert got.usage.cost is None


async def test_request_is_a_plain_chat_completion_with_schema_bound_and_seed() -> None:
    with StubServer(Scripted()) as stub:
        await answer(stub, replace(ASK, seed=7))
        sent = stub.requests[0]
    assert sent["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello"},
    ]
    assert (sent["max_tokens"], sent["seed"], sent["temperature"]) == (64, 7, 0.0)
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA
    assert "max_completion_tokens" not in sent


async def test_429_is_retried_after_the_time_that_the_server_asks_for() -> None:
    busy = Scripted(status=429, headers={"retry-after": "0.6"}, error={"message": "slow down"})
    with StubServer(busy, Scripted()) as stub:
        started = time.monotonic()
        got = await answer(stub)
        waited = time.monotonic() - started
    assert got.text == '{"ok": true}'
    assert len(stub.requests) == 2
    assert waited >= 0.6


async def test_429_without_retry_after_ends_as_overloaded() -> None:
    with StubServer(Scripted(status=429, error={"message": "slow down"})) as stub:
        with pytest.raises(ModelOverloaded, match="takes no more calls now: slow down"):
            await answer(stub, retries=1)
        assert len(stub.requests) == 2


async def test_429_says_when_to_come_back() -> None:
    busy = Scripted(status=429, headers={"retry-after": "90"}, error={"message": "slow down"})
    with StubServer(busy) as stub, pytest.raises(ModelOverloaded) as caught:
        await answer(stub, retries=0)
    assert caught.value.retry_after == 90


async def test_spent_quota_is_told_from_a_busy_provider() -> None:
    spent = Scripted(status=429, error={"message": "no credit", "code": "insufficient_quota"})
    with StubServer(spent) as stub, pytest.raises(ModelOverloaded, match="no quota left"):
        await answer(stub, retries=0)


async def test_500_is_retried_then_overloaded() -> None:
    with StubServer(Scripted(status=500, error={"message": "boom"}), Scripted()) as stub:
        assert (await answer(stub)).text == '{"ok": true}'
    down = Scripted(status=503, error={"message": "boom"})
    with StubServer(down) as stub, pytest.raises(ModelOverloaded, match=r"failed \(503\): boom"):
        await answer(stub, retries=0)


def test_a_page_instead_of_an_answer_is_an_outage_whatever_its_status() -> None:
    class Page(json.JSONDecodeError):
        status_code = 200

    error = as_model_error(Page("Expecting value", "<html>", 0), model="openai:stub", timeout=5)
    assert type(error) is ModelUnavailable
    assert "no JSON" in error.message


async def test_silence_ends_as_timeout() -> None:
    says = r"did not answer within 0\.4 s"
    with StubServer(Scripted(hang=True)) as stub, pytest.raises(ModelTimeout, match=says):
        await answer(stub, timeout=0.4)


async def test_nobody_there_is_unavailable() -> None:
    with StubServer() as stub:
        gone = config(stub, retries=0)
    model = build_model(gone)
    with pytest.raises(ModelUnavailable, match="Nobody answers at the address of openai:stub"):
        await model.ask(ASK)
    await model.aclose()


@pytest.mark.parametrize(
    ("status", "error", "kind", "says"),
    [
        (401, {"message": "bad key"}, ModelMisconfigured, "does not accept the key"),
        (401, {"message": "wrong key sk-abcd1234567890"}, ModelMisconfigured, r"wrong key \(a key\)"),
        (
            403,
            {"message": "not from here"},
            ModelMisconfigured,
            "does not let this key use it: not from here",
        ),
        (404, {"message": "no such model"}, ModelMisconfigured, "does not know openai:stub"),
        (400, {"message": "x", "code": "context_length_exceeded"}, ContextTooLong, "too long"),
        (400, {"message": "the request exceeds the available context size"}, ContextTooLong, "too long"),
        (400, {"message": "x", "code": "content_filter"}, ModelRefused, "declined"),
        (400, {"message": "odd request"}, ModelMisconfigured, r"refused the request \(400\): odd request"),
    ],
)
async def test_refused_request_is_not_retried_and_says_why(
    status: int, error: dict[str, str], kind: type[ModelError], says: str
) -> None:
    with StubServer(Scripted(status=status, error=error)) as stub:
        with pytest.raises(kind, match=says):
            await answer(stub)
        assert len(stub.requests) == 1


async def test_parameter_that_the_server_does_not_know_is_left_out_from_then_on() -> None:
    unknown = Scripted(status=400, error={"message": "Unknown parameter: response_format"})
    with StubServer(unknown, Scripted()) as stub:
        model = build_model(config(stub, cache_size=0))
        assert (await model.ask(ASK)).text == '{"ok": true}'
        await model.ask(ASK)
        await model.aclose()
        assert ["response_format" in r for r in stub.requests] == [True, False, False]


async def test_refusal_raises() -> None:
    with StubServer(Scripted(refusal="I won't.")) as stub, pytest.raises(ModelRefused, match=r"I won't\."):
        await answer(stub)


async def test_truncated_and_tool_calling_answers_say_how_they_ended() -> None:
    with StubServer(Scripted(text='{"ok": tr', finish="length"), Scripted(tool_call=True)) as stub:
        assert (await answer(stub)).finish_reason == "length"
        assert (await answer(stub)).finish_reason == "tool_calls"


async def test_empty_answer_is_invalid_where_text_was_asked_for() -> None:
    with StubServer(Scripted(text="")) as stub, pytest.raises(ModelOutputInvalid, match="empty answer"):
        await answer(stub, replace(ASK, schema=None))


@pytest.mark.parametrize("body", ["<html>gateway</html>", "{}", '{"choices": null}', ""])
async def test_body_that_is_no_completion_is_invalid(body: str) -> None:
    with StubServer(Scripted(body=body)) as stub, pytest.raises(ModelError, match="openai:stub"):
        await answer(stub, retries=0)


async def test_stream_is_heard_as_it_grows_and_counted() -> None:
    heard: list[str] = []
    with StubServer(Scripted(text="one two three")) as stub:
        model = build_model(config(stub))
        got = await Listening(model, lambda _, text: heard.append(text)).ask(replace(ASK, schema=None))
        await model.aclose()
    assert "".join(heard) == got.text == "one two three"
    assert len(heard) == 3
    assert got.usage.completion_tokens == 20


async def test_own_price_table_gives_the_cost(tmp_path: Path) -> None:
    table = tmp_path / "prices.toml"
    table.write_text('[prices]\n"openai:stub" = [10, 100]\n')
    with StubServer(Scripted()) as stub:
        got = await answer(stub, prices=table)
    assert str(got.usage.cost) == "0.003"


async def test_same_ask_is_answered_from_the_cache_at_no_cost() -> None:
    with StubServer(Scripted()) as stub:
        model = build_model(config(stub))
        first, second = await model.ask(ASK), await model.ask(ASK)
        await model.ask(replace(ASK, seed=2))
        await model.aclose()
        assert len(stub.requests) == 2
    assert second.text == first.text
    assert (first.usage.calls, second.usage.calls) == (1, 0)


async def test_cache_can_be_turned_off() -> None:
    with StubServer(Scripted()) as stub:
        model = build_model(config(stub, cache_size=0))
        await model.ask(ASK)
        await model.ask(ASK)
        await model.aclose()
        assert len(stub.requests) == 2


async def test_quota_makes_calls_wait_or_fail() -> None:
    with StubServer(Scripted()) as stub:
        model = build_model(config(stub, calls_per_minute=1, cache_size=0, patience=1))
        await model.ask(ASK)
        with pytest.raises(ModelOverloaded, match="quota set for openai:stub is used up") as caught:
            await model.ask(ASK)
        await model.aclose()
    assert caught.value.retry_after is not None
    assert 50 < caught.value.retry_after <= 60


async def test_fallback_answers_where_the_first_is_down_and_says_so() -> None:
    down = Scripted(status=500, error={"message": "down"})
    with StubServer(down, Scripted()) as stub:
        got = await answer(stub, retries=0, fallbacks=("openai:other",))
        assert [r["model"] for r in stub.requests] == ["stub", "other"]
    assert got.model == "openai:other"


async def test_fallback_is_not_asked_after_a_bad_request() -> None:
    with StubServer(Scripted(status=400, error={"message": "odd"})) as stub:
        with pytest.raises(ModelMisconfigured, match="odd"):
            await answer(stub, fallbacks=("openai:other",))
        assert len(stub.requests) == 1


async def test_fallback_of_less_reach_is_refused() -> None:
    with pytest.raises(ModelMisconfigured, match="cannot stand in"):
        build_model(ModelConfig(model="openai:gpt-4.1", fallbacks=("openai:tiny-1b",)))


async def test_no_key_is_said_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(ModelMisconfigured, match="needs a key"):
        await build_model(ModelConfig(model="openai:gpt-4.1")).ask(ASK)


async def test_provider_whose_package_is_missing_names_it() -> None:
    with pytest.raises(ModelMisconfigured, match="langchain-cohere"):
        await build_model(ModelConfig(model="cohere:command")).ask(ASK)


async def test_model_none_never_answers() -> None:
    model = build_model(ModelConfig(model="none"))
    assert model.reach is Reach.NONE
    with pytest.raises(ModelMisconfigured, match="No model is configured"):
        await model.ask(ASK)


def test_one_model_serves_several_event_loops() -> None:
    with StubServer(Scripted()) as stub:
        model = build_model(config(stub, cache_size=0))

        async def once() -> str:
            text = (await model.ask(ASK)).text
            await model.aclose()
            return text

        assert asyncio.run(once()) == asyncio.run(once()) == '{"ok": true}'


async def test_many_calls_in_flight_at_once() -> None:
    with StubServer(Scripted()) as stub:
        model = build_model(config(stub, cache_size=0, timeout=30))
        got = await asyncio.gather(*(model.ask(replace(ASK, seed=i)) for i in range(60)))
        await model.aclose()
    assert sum(a.usage.calls for a in got) == 60
