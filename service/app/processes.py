"""The processes that run Finecut: one that serves, a worker, and one for a single batch."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from service.app.finecut import VERSION, Finecut, build
from service.errors import Conflict
from service.films import JSON
from service.settings import Settings
from service.store import SqlBatches, SqlEvents, SqlExecutors, SqlParked, SqlRates, SqlRetention, alone
from service.tracing import export_spans

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.jobs import Runs
    from service.jobs.batches import Batches, Dispatcher
    from service.jobs.ports import EventLog, ResultSink
    from service.jobs.retention import Kind
    from service.web.access import AccessRules
    from service.web.metrics import Metrics
    from service.web.services import Services

DRAIN_SECONDS = 30  # what a stopped worker gives its runs to end; the rest is taken over
RUNS_VERSION = "1"  # raised when the order of steps changes: runs of another version wait for their own code


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the HTTP application; its lifespan opens everything and closes it again."""
    from service.jobs.retention import Sweeper  # noqa: PLC0415 - the command line starts faster without
    from service.jobs.webhooks import Deliverer, TellingLog  # noqa: PLC0415 - as above
    from service.web.server import http_app  # noqa: PLC0415 - as above

    chosen = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        finecut = build(chosen)
        end_tracing = export_spans(VERSION)
        await finecut.open()
        metrics: Metrics = app.state.metrics
        log = TellingLog(
            SqlEvents(finecut.database), finecut.webhooks, lambda state: metrics.runs.labels(state).inc()
        )
        runs = _runs(finecut, events=log)
        await asyncio.to_thread(runs.launch, asyncio.get_running_loop())
        dispatcher = _dispatcher(finecut, runs)
        dispatcher.launch()
        deliverer = Deliverer(
            finecut.webhooks,
            private=chosen.webhook_private,
            key=chosen.webhook_key.get_secret_value(),
            told=lambda outcome: metrics.deliveries.labels(outcome).inc(),
        )
        deliverer.launch()
        sweeper = Sweeper(_kept(finecut))
        sweeper.launch()
        app.state.services = _services(finecut, runs, dispatcher)
        try:
            yield
        finally:
            await dispatcher.close()
            await deliverer.close()
            await sweeper.close()
            await runs.close()
            await finecut.aclose()
            await asyncio.to_thread(end_tracing)

    return http_app(lifespan, version=VERSION, body_bytes=chosen.max_body, access=access_rules(chosen))


def access_rules(settings: Settings) -> AccessRules:
    """Return who is asked for an API key: by the setting, else by the address that is served on."""
    from service.web.access import AccessRules, loopback  # noqa: PLC0415 - as above

    return AccessRules(
        required=settings.auth == "keys" or not loopback(settings.host),
        never=settings.auth == "off",
        per_minute=settings.rate_per_minute,
        hosts=tuple(h.strip().lower() for h in settings.hosts.split(",") if h.strip()),
    )


@asynccontextmanager
async def batching(finecut: Finecut, batch_id: str) -> AsyncIterator[Batches]:
    """Give the batches of an open Finecut; the one of that id runs in this process until the end.

    Raises Conflict where another process does so already.
    """
    from service.jobs.batches import Batches  # noqa: PLC0415 - as above

    # Its own executor, the same at the next start: that one takes up at once what this one leaves.
    name = f"batch-{batch_id}"
    with alone(finecut.database, name) as first:
        if not first:
            raise Conflict(
                "The same batch is running in another process.",
                remedy="Wait for its end, or stop it: the same command then goes on from there.",
            )
        runs = _runs(finecut, name)
        await asyncio.to_thread(runs.launch, asyncio.get_running_loop())
        dispatcher = _dispatcher(finecut, runs, name=name, only=batch_id)
        dispatcher.launch()
        try:
            yield Batches(SqlBatches(finecut.database), dispatcher)
        finally:
            await dispatcher.close()
            await runs.close(patience_seconds=1)


@asynccontextmanager
async def working(finecut: Finecut, *, batches: bool = True) -> AsyncIterator[Runs]:
    """Run what is queued in the database of an open Finecut, and drive its `batches`, without HTTP."""
    from service.jobs.webhooks import TellingLog  # noqa: PLC0415 - as above

    # Messages are put out here and delivered by the processes that serve.
    log = TellingLog(SqlEvents(finecut.database), finecut.webhooks, lambda _state: None)
    runs = _runs(finecut, events=log)
    end_tracing = export_spans(VERSION)
    await asyncio.to_thread(runs.launch, asyncio.get_running_loop())
    dispatcher = _dispatcher(finecut, runs)
    if batches:
        dispatcher.launch()
    try:
        yield runs
    finally:
        await dispatcher.close()
        await runs.close(patience_seconds=DRAIN_SECONDS)
        await asyncio.to_thread(end_tracing)


@asynccontextmanager
async def looking(finecut: Finecut) -> AsyncIterator[Runs]:
    """Give the runs of an open Finecut to a process that works on none of them."""
    from service.jobs import Runs, RunsConfig  # noqa: PLC0415 - as above
    from service.jobs.webhooks import TellingLog  # noqa: PLC0415 - as above

    runs = Runs(
        RunsConfig(finecut.settings.runs_url, RUNS_VERSION, uuid.uuid4().hex, concurrency=0),
        use_cases=finecut.routes,
        models=finecut.models,
        results=_keeping(finecut),
        events=TellingLog(SqlEvents(finecut.database), finecut.webhooks, lambda _state: None),
    )
    await asyncio.to_thread(runs.launch)
    try:
        yield runs
    finally:
        await runs.close(patience_seconds=0)


def _kept(finecut: Finecut) -> Sequence[Kind]:
    from service.jobs.retention import kinds  # noqa: PLC0415 - as above

    chosen = finecut.settings
    store = SqlRetention(finecut.database)
    leftovers = finecut.settings.home / "evals"
    return kinds(store, leftovers, days=chosen.keep_days, results_days=chosen.keep_results_days)


def _keeping(finecut: Finecut) -> ResultSink:
    async def keep(kind: str, run_id: str, result: Mapping[str, JSON], key_id: str = "") -> None:
        await finecut.keep(kind, run_id, result, key_id)

    return keep


def _runs(finecut: Finecut, executor: str | None = None, events: EventLog | None = None) -> Runs:
    from service.jobs import Runs, RunsConfig  # noqa: PLC0415 - as above

    shared = not finecut.database.sqlite
    # On SQLite the name stays the same, so that a restart takes up its own runs; on Postgres the others do.
    chosen = executor or os.environ.get("FINECUT_EXECUTOR") or (uuid.uuid4().hex if shared else "web")
    config = RunsConfig(
        finecut.settings.runs_url, RUNS_VERSION, chosen, shared=shared, concurrency=finecut.settings.run_here
    )
    return Runs(
        config,
        use_cases=finecut.routes,
        models=finecut.models,
        results=_keeping(finecut),
        events=events or SqlEvents(finecut.database),
        heartbeats=SqlExecutors(finecut.database),
        charged=finecut.models.charged,
    )


def _dispatcher(finecut: Finecut, runs: Runs, *, name: str = "", only: str | None = None) -> Dispatcher:
    from service.jobs.batches import Dispatcher, Ports, ProviderPorts  # noqa: PLC0415 - as above

    async def result(kind: str, run_id: str) -> Mapping[str, JSON]:
        return await finecut.results(kind).get(run_id)

    ports = Ports(SqlBatches(finecut.database), runs, finecut.films, result, finecut.spending.left)
    provider = ProviderPorts(
        SqlParked(finecut.database),
        use_cases=finecut.routes,
        keep=_keeping(finecut),
        apis=finecut.models.batch_api,
        within=finecut.models.within_budget,
        purse=finecut.spending.purse,
        poll_seconds=finecut.settings.batch_poll,
    )
    return Dispatcher(ports, name=name or uuid.uuid4().hex, only=only, provider=provider)


def _services(finecut: Finecut, runs: Runs, dispatcher: Dispatcher) -> Services:
    from service.jobs.batches import Batches  # noqa: PLC0415 - as above
    from service.web.services import Limits, Services  # noqa: PLC0415 - as above

    settings = finecut.settings
    return Services(
        films=finecut.films,
        fetch_film=finecut.fetch_film,
        reviews=finecut.results("review"),
        edits=finecut.results("edit"),
        evals=finecut.results("eval"),
        runs=runs,
        batches=Batches(SqlBatches(finecut.database), dispatcher),
        batch_api=finecut.models.batch_api,
        keys=finecut.keys,
        webhooks=finecut.webhooks,
        faults=finecut.faults,
        limits=Limits(settings.wait, settings.max_body, settings.webhook_private),
        webhook_key=settings.webhook_key.get_secret_value(),
        rates=None if finecut.database.sqlite else SqlRates(finecut.database),
        model=finecut.models.describe(),
        judge=finecut.judge,
        version=VERSION,
    )
