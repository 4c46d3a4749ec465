"""Traces: a request, the run that it started and the model's calls are one tree, and no text is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from opentelemetry import trace
from pydantic import SecretStr

from evals.loopback import LoopbackServer, Reply, Request
from service.app import create_app
from service.settings import Settings
from service.tracing import ENDPOINTS, export_spans, span, traceparent
from tests.fakes.stub_openai import Scripted, StubServer

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter as SpanExporter

sdk: Any = pytest.importorskip("opentelemetry.sdk.trace", reason="opentelemetry-sdk is not installed")
PLACE = "Zanzibar"
NOTES = [f"It could be set in {PLACE}", "slow and worth it"]
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture(scope="module")
def exporter() -> Iterator[SpanExporter]:
    """Return the exporter of a provider that is the process's own while these tests run."""
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept = InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    patch = pytest.MonkeyPatch()
    patch.setattr(trace, "_TRACER_PROVIDER", provider)  # it can be set once only
    yield kept
    patch.undo()


@pytest.fixture(scope="module")
def served(
    exporter: SpanExporter, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, list[Any]]]:
    """Return a service, and the spans of a draft whose model answers once and then fails."""
    home: Path = tmp_path_factory.mktemp("traced")
    with StubServer(Scripted(), Scripted(status=500, error={"message": PLACE})) as stub:
        settings = Settings(
            _env_file=None,
            home=home,
            database_url="",
            model="openai:gpt-4o",
            OPENAI_API_KEY=SecretStr("k"),
            OPENAI_BASE_URL=stub.url,
            model_retries=0,
        )
        with TestClient(create_app(settings), raise_server_exceptions=False) as client:
            exporter.clear()
            given = {"notes": NOTES, "film": {"title": "Roma", "year": 2018}}
            made = client.post(f"/v1/reviews?note={PLACE}", json=given, headers={"traceparent": CALLER})
            assert made.status_code == 503, made.text
            assert len(stub.requests) >= 2
            yield client, list(exporter.get_finished_spans())


def _named(spans: list[Any], start: str) -> list[Any]:
    return [s for s in spans if s.name.startswith(start)]


def test_request_run_and_calls_are_one_tree_under_the_caller(served: tuple[TestClient, list[Any]]) -> None:
    _, spans = served
    (request,) = _named(spans, "POST /v1/reviews")
    (run,) = _named(spans, "run review")
    assert run.attributes["error.type"] == "ModelOverloaded"
    calls = _named(spans, "chat ")
    assert len(calls) >= 2
    assert f"{request.context.trace_id:032x}" == CALLER.split("-")[1]
    assert f"{request.parent.span_id:016x}" == CALLER.split("-")[2]
    assert run.parent.span_id == request.context.span_id
    assert {call.parent.span_id for call in calls} == {run.context.span_id}
    assert {s.context.trace_id for s in spans} == {request.context.trace_id}


def test_a_request_bears_its_template_and_status(served: tuple[TestClient, list[Any]]) -> None:
    (request,) = _named(served[1], "POST /v1/reviews")
    assert request.attributes["http.route"] == "/v1/reviews"
    assert request.attributes["http.response.status_code"] == 503
    assert request.attributes["error.type"] == "503"
    assert request.kind is trace.SpanKind.SERVER


def test_a_call_of_the_model_follows_the_genai_conventions(served: tuple[TestClient, list[Any]]) -> None:
    answered, failed = _named(served[1], "chat ")[:2]
    told = dict(answered.attributes)
    assert answered.name == "chat gpt-4o"
    assert answered.kind is trace.SpanKind.CLIENT
    assert told["gen_ai.operation.name"] == "chat"
    assert told["gen_ai.provider.name"] == "openai"
    assert told["gen_ai.request.model"] == "gpt-4o"
    assert (told["gen_ai.usage.input_tokens"], told["gen_ai.usage.output_tokens"]) == (100, 20)
    assert told["gen_ai.response.finish_reasons"] == ("stop",)
    assert failed.attributes["error.type"] == "ModelOverloaded"
    assert failed.status.status_code is trace.StatusCode.ERROR


def test_no_text_key_query_or_message_is_in_any_span(served: tuple[TestClient, list[Any]]) -> None:
    shown = "".join(s.to_json() for s in served[1])
    assert "chat gpt-4o" in shown
    assert not [word for word in (PLACE, "worth it", "Roma", "?note") if word in shown]


def test_an_unknown_path_is_no_name_of_a_span(
    served: tuple[TestClient, list[Any]], exporter: SpanExporter
) -> None:
    exporter.clear()
    served[0].get(f"/nowhere/{PLACE}")
    (request,) = exporter.get_finished_spans()
    assert (request.name, dict(request.attributes or {})["http.response.status_code"]) == ("GET none", 404)
    assert PLACE not in request.to_json()


def test_an_exception_is_told_by_its_type_alone(exporter: SpanExporter) -> None:
    exporter.clear()
    with pytest.raises(ValueError, match=PLACE), span("work", {"left": None}):
        raise ValueError(PLACE)
    (failed,) = exporter.get_finished_spans()
    assert dict(failed.attributes or {}) == {"error.type": "ValueError"}
    assert PLACE not in failed.to_json()


def test_nothing_is_traced_unless_an_endpoint_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ENDPOINTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", None)
    export_spans("1")()
    with span("work", {}) as current:
        assert not current.is_recording()
        assert traceparent() is None


def test_an_endpoint_gets_what_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="the exporter is not installed")
    got: list[bytes] = []

    def collect(request: Request) -> Reply:
        got.append(request.body)
        return Reply()

    monkeypatch.setattr(trace, "_TRACER_PROVIDER", None)
    monkeypatch.setattr(trace._TRACER_PROVIDER_SET_ONCE, "_done", False)
    with LoopbackServer(collect) as collector:
        monkeypatch.setenv(ENDPOINTS[0], collector.address)
        end = export_spans("1")
        with span("work at the bench", {}):
            pass
        end()
    assert b"work at the bench" in got[0]
