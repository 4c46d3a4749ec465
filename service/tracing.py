"""Spans of requests, runs and model calls for OpenTelemetry: what was done and for how long, never a text.

The API costs next to nothing while no exporter is set. Names and attributes are OpenTelemetry's own where
it has them (HTTP and GenAI semantic conventions); texts, prompts, titles, queries and messages of errors
are left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.trace import Span, SpanKind, StatusCode

from service.errors import InputError

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
PROPAGATOR = "traceparent"

Value = str | bool | int | float


def export_spans(version: str) -> Callable[[], None]:
    """Send spans by OTLP over HTTP where the environment names an endpoint; return what ends it.

    A provider that somebody set before is left alone. Raises InputError where the packages are missing.
    """
    if not any(os.environ.get(name) for name in ENDPOINTS):
        return _nothing
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - optional
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - as above
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above
    except ImportError as error:
        raise InputError(
            "OTEL_EXPORTER_OTLP_ENDPOINT asks for traces, and their exporter is not installed.",
            remedy="pip install 'finecut[otel]', or unset it.",
        ) from error
    about = {"service.name": os.environ.get("OTEL_SERVICE_NAME") or "finecut", "service.version": version}
    provider = TracerProvider(resource=Resource.create(about))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider.shutdown


def _nothing() -> None:
    """End nothing."""


@contextmanager
def span(
    name: str,
    attributes: Mapping[str, Value | None],
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    parent: str | None = None,
) -> Iterator[Span]:
    """Give a span around a piece of work; an exception that passes marks it with its type alone.

    `parent` is a `traceparent` of another process or thread, else the span that is current here.
    """
    context = propagate.extract({PROPAGATOR: parent}) if parent else None
    given = {key: value for key, value in attributes.items() if value is not None}
    with trace.get_tracer("finecut").start_as_current_span(
        name,
        context,
        kind,
        attributes=given,
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        try:
            yield current
        except BaseException as error:
            failed(current, type(error).__name__)
            raise


def failed(current: Span, error_type: str) -> None:
    """Mark a span as failed, by the type of its error."""
    current.set_attribute("error.type", error_type)
    current.set_status(StatusCode.ERROR)


def traceparent() -> str | None:
    """Return where we are, to be handed to whoever goes on with the work; None where nothing is traced."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get(PROPAGATOR)
