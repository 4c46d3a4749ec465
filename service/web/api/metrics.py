"""`/metrics`: what Prometheus reads. Where callers need a key, so does it (a bearer token)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.web.metrics import Metrics

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Return this process's metrics in Prometheus's text format."""
    kept = request.app.state.metrics
    assert isinstance(kept, Metrics)
    return Response(kept.exposition(), media_type=CONTENT_TYPE_LATEST)
