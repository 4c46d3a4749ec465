"""Around every request: an id, a span, a line in the log, a count, and headers that make browsers careful."""

from __future__ import annotations

import logging
import re
import time
import uuid
from contextlib import AbstractContextManager

from fastapi import Request
from opentelemetry.trace import Span, SpanKind
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.tracing import PROPAGATOR, failed, span
from service.web.errors import on_fault
from service.web.metrics import Metrics

LOG = logging.getLogger("finecut.requests")
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
GONE = 499  # the client left before an answer began
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
CONTENT = "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
NOT_FRAMED = "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
DOCUMENTATION = ("/docs", "/redoc")  # FastAPI's pages start their viewer by an inline script
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Observing:
    """ASGI middleware, the outermost, so that refusals and faults are seen too.

    The log holds the route's template, never a path, a query, a body or a key; a key shows as its id.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request and tell of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = request_id = _request_id(scope)
        status = 0
        started = time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        with self._metrics.in_progress.track_inprogress(), _span(scope) as current:
            try:
                await self._app(scope, receive, sending)
            except Exception as fault:
                if status:
                    raise
                answer = await on_fault(Request(scope), fault)
                await answer(scope, receive, sending)
            finally:
                _end(current, scope, status or GONE)
                self._tell(scope, status or GONE, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = _template(scope)
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        state = scope["state"]
        fields = {
            "request_id": state["request_id"],
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "key_id": state.get("key_id"),
        }
        LOG.info("%s %s %d", method, route, status, extra={"fields": fields})


def _span(scope: Scope) -> AbstractContextManager[Span]:
    """Return the request's span, a child of the caller's where it sent a `traceparent`."""
    method = scope["method"] if scope["method"] in METHODS else "_OTHER"
    about = {"http.request.method": method, "url.scheme": str(scope.get("scheme", "http"))}
    parent = Headers(scope=scope).get(PROPAGATOR)
    return span(method, about, kind=SpanKind.SERVER, parent=parent)


def _end(current: Span, scope: Scope, status: int) -> None:
    """Say what became of the request; the route's template is known by now."""
    route = _template(scope)
    current.update_name(f"{scope['method']} {route}" if scope["method"] in METHODS else "HTTP")
    current.set_attribute("http.route", route)
    current.set_attribute("http.response.status_code", status)
    current.set_attribute("finecut.request.id", scope["state"]["request_id"])
    if status >= 500:
        failed(current, str(status))


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex


def _template(scope: Scope) -> str:
    """Return the template of the route that answered; what no route answered shares one name."""
    return str(getattr(scope.get("route"), "path", "none"))


def _add_headers(headers: MutableHeaders, path: str, request_id: str) -> None:
    headers["X-Request-Id"] = request_id
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    scripts = "script-src 'self' 'unsafe-inline'; " if path.startswith(DOCUMENTATION) else ""
    headers.setdefault("Content-Security-Policy", CONTENT + scripts + NOT_FRAMED)
    if path.startswith("/v1/"):
        headers.setdefault("Cache-Control", "no-store")
