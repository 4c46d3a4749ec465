"""The HTTP application, put together from its routes; what they need is given by the lifespan."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline

from service.web import contract, errors
from service.web.access import Access, AccessRules
from service.web.api import batches, edits, evals, films, health, jobs, measures, metrics, reviews, webhooks
from service.web.body_limit import BodyLimit
from service.web.metrics import Metrics
from service.web.observing import Observing
from service.web.ownership import guard
from service.web.pages import PAGES, STATIC

DESCRIPTION = """
Finecut drafts structured film reviews from a title and notes, then makes the second pass: it cuts
repetition and checks every fact against stored film metadata. The model proposes, the checks decide.

Errors are RFC 9457 problem documents with a stable `type`.
"""

BATCH_BYTES = 2_000_000_000  # read line by line, never held whole

GUARDED = [Depends(guard)]

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def http_app(lifespan: Lifespan, *, version: str, body_bytes: int, access: AccessRules) -> FastAPI:
    """Return the application. `lifespan` must put a `Services` into `app.state.services`.

    The documentation pages come with their assets, so that they work without a network.
    """
    app = FastAPIOffline(
        title="Finecut",
        version=version,
        description=DESCRIPTION,
        lifespan=lifespan,
        license_info={"name": "MIT"},
        # FastAPI's own spans bear queries, and its log records the bodies that did not validate.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    for router in (reviews, edits, evals, measures, films, jobs, batches, health, webhooks, metrics):
        app.include_router(router.router, responses=contract.REFUSALS, dependencies=GUARDED)
    for router in PAGES:
        app.include_router(router, dependencies=GUARDED)
    app.mount("/static", STATIC)
    app.add_middleware(BodyLimit, limit=body_bytes, streamed={"/v1/batches": BATCH_BYTES})
    app.add_middleware(Access, rules=access)
    app.state.metrics = Metrics(version)
    app.add_middleware(Observing, metrics=app.state.metrics)  # the last one added is the outermost
    errors.install(app)
    contract.complete(app)
    return app
