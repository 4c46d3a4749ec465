"""The composition root: the only place that builds and wires."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from service import resources
from service.errors import Conflict, FinecutError
from service.evaluation.route import EvalRoute
from service.films import JSON, Film, film_to_json
from service.films.codec import Record
from service.llm import (
    BatchApi,
    Budget,
    Budgeted,
    Charged,
    MemoryLedger,
    ModelConfig,
    PromptFiles,
    Speaker,
    build_model,
)
from service.settings import Settings
from service.sources import BadRow, fingerprint, recognise, records_ahead
from service.store import (
    Database,
    SqlAnswers,
    SqlBatches,
    SqlEvents,
    SqlExecutors,
    SqlFilmStore,
    SqlKeys,
    SqlLedger,
    SqlParked,
    SqlRates,
    SqlResults,
    SqlRetention,
    SqlSpending,
    SqlWebhooks,
    alone,
    catalogue,
    edits,
    evals,
    fault_of,
    import_all,
    open_database,
    reviews,
)
from service.tracing import export_spans
from service.writing.judged_checks import Judge
from service.writing.ports import Model, Progress, Reach, UseCase, silent
from service.writing.quota import Ledger
from service.writing.requests import EditsRequest, FilmRef, ReviewRequest
from service.writing.routes import SAID, EditRoute, ReviewRoute, film_of
from service.writing.spending import Purse

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.jobs import Runs
    from service.jobs.batches import Batches, Dispatcher
    from service.jobs.ports import EventLog
    from service.jobs.retention import Kind
    from service.sources.fetching import Fetched, Fetching, Wanted
    from service.web.access import AccessRules
    from service.web.metrics import Metrics
    from service.web.services import Services

VERSION = version("finecut")
PROGRESS_EVERY = 50_000
READY_SECONDS = 5  # for which the database may keep `/readyz` waiting
DRAIN_SECONDS = 30  # what a stopped worker gives its runs to end; the rest is taken over
RUNS_VERSION = "1"  # raised when the order of steps changes: runs of another version wait for their own code


def model_config(settings: Settings, name: str | None = None) -> ModelConfig:
    """Return how the model is built: the service's own, or the one that a request names."""
    return ModelConfig(
        model=name or settings.model,
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        gguf=settings.gguf,
        reach=Reach(settings.reach) if settings.reach else None,
        timeout=settings.model_timeout,
        retries=settings.model_retries,
        cache_size=512 if settings.model_cache else 0,
        prices=settings.prices,
        calls_per_minute=settings.requests_per_minute,
        tokens_per_minute=settings.tokens_per_minute,
        fallbacks=tuple(n.strip() for n in settings.model_fallbacks.split(",") if n.strip()),
        tracing=settings.tracing,
    )


class Models:
    """The models in use, each built once and kept until the end. `ledger` keeps account of their quotas,
    `purse` of what an API key spends on them.
    """

    def __init__(
        self, settings: Settings, ledger: Callable[[], Ledger], purse: Callable[[str], Purse]
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._purse = purse
        self._built: dict[str, Speaker] = {}

    def __call__(self, name: str | None = None) -> Model:
        """Return the model of that name, or the service's own, within the budget of one request."""
        config = model_config(self._settings, name)
        if config.resolved not in self._built:
            self._built[config.resolved] = build_model(config, self._ledger())
        return self.within_budget(self._built[config.resolved])

    def charged(self, model: Model, key_id: str) -> Model:
        """Return the model, its calls charged to an API key."""
        return Charged(model, self._purse(key_id))

    def within_budget(self, model: Model) -> Model:
        """Return the model within the budget of one request."""
        dollars = Decimal(str(self._settings.budget_usd))
        return Budgeted(model, Budget(self._settings.budget_tokens, dollars or None))

    def batch_api(self, name: str | None = None) -> BatchApi:
        """Return the provider's own Batch API for a model. Raises ModelMisconfigured where it has none."""
        return BatchApi(model_config(self._settings, name))

    def describe(self) -> dict[str, JSON]:
        """Return the service's own model: its name, its reach, and a sentence for a reader."""
        model = self()
        return {"name": model.name, "reach": model.reach.value, "said": SAID[model.reach].format(model.name)}

    async def aclose(self) -> None:
        """Close them all."""
        for model in self._built.values():
            await model.aclose()


class Finecut:
    """Finecut without HTTP: the use cases and stores, wired. `open` before use, `aclose` after."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.models = Models(settings, self._quota_ledger, self._purse)
        prompts = PromptFiles(resources.folder("prompts"))
        self.judge = Judge(self.models, prompts)
        self.routes: Mapping[str, UseCase] = {
            "review": ReviewRoute(prompts),
            "edit": EditRoute(prompts),
            "eval": EvalRoute(prompts, settings.home / "evals"),
        }
        self._database: Database | None = None
        self._fetching: Fetching | None = None

    async def open(self, *, starter: bool = True) -> None:
        """Open the database, creating what it lacks; one without films gets the starter catalogue."""
        if self._database is None:
            self._database = await asyncio.to_thread(open_database, self.settings.sqlalchemy_url)
            if starter and await self.films.count() == 0:
                await self.load_starter()

    async def aclose(self) -> None:
        """Close models, connections and database."""
        await self.models.aclose()
        if self._fetching is not None:
            await self._fetching.aclose()
            self._fetching = None
        if self._database is not None:
            await asyncio.to_thread(self._database.close)
            self._database = None

    @property
    def database(self) -> Database:
        """Return the open database."""
        assert self._database is not None, "open() comes first"
        return self._database

    @property
    def films(self) -> SqlFilmStore:
        """Return the stored films."""
        return SqlFilmStore(self.database)

    @property
    def keys(self) -> SqlKeys:
        """Return the stored API keys."""
        return SqlKeys(self.database)

    @property
    def spending(self) -> SqlSpending:
        """Return what the API keys spend on models."""
        return SqlSpending(self.database)

    @property
    def webhooks(self) -> SqlWebhooks:
        """Return the stored webhooks."""
        return SqlWebhooks(self.database)

    def _quota_ledger(self) -> Ledger:
        """Return the ledger of all processes of the database, or one of this process while none is open."""
        return MemoryLedger() if self._database is None else SqlLedger(self._database)

    def _purse(self, key_id: str) -> Purse:
        return self.spending.purse(key_id)

    def results(self, kind: str) -> SqlResults:
        """Return the stored results of a kind: `review`, `edit` or `eval`."""
        return {"review": reviews, "edit": edits, "eval": evals}[kind](self.database)

    async def review(self, request: ReviewRequest, progress: Progress = silent) -> Mapping[str, JSON]:
        """Draft a review and store it."""
        return await self._do("review", request, request.film, progress)

    async def edit(self, request: EditsRequest, progress: Progress = silent) -> Mapping[str, JSON]:
        """Edit a copy and store the edit."""
        return await self._do("edit", request, request.film, progress)

    async def _do(
        self, kind: str, request: ReviewRequest | EditsRequest, ref: FilmRef | None, progress: Progress
    ) -> Mapping[str, JSON]:
        film = None if ref is None else await film_of(ref, self.films)
        given: dict[str, JSON] = {
            "request": request.model_dump(mode="json"),
            "film": None if film is None else film_to_json(film),
        }
        model = self.models(request.model)
        result = await self.routes[kind](given, model=model, progress=progress)
        return await self.keep(kind, uuid.uuid4().hex, result)

    async def keep(self, kind: str, result_id: str, result: Mapping[str, JSON]) -> Mapping[str, JSON]:
        """Store a result under its id, with the time, and return it so."""
        stored = {"id": result_id, "created": datetime.now(UTC).isoformat(timespec="seconds"), **result}
        await self.results(kind).put(result_id, stored)
        return stored

    async def faults(self) -> Sequence[str]:
        """Return why requests cannot be served at present: nothing where they can."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                faults = [await self.database.run(lambda: fault_of(self.database))]
        except TimeoutError:
            faults = [f"the database does not answer within {READY_SECONDS} s"]
        try:
            self.models()
        except FinecutError as error:
            faults.append(str(error))
        return [fault for fault in faults if fault]

    async def load_starter(self) -> int:
        """Store the starter catalogue and return how many films it has."""
        return await self.films.import_films(catalogue())

    async def fetch_film(
        self, wanted: Wanted, source: str = "", *, fresh: bool = False
    ) -> tuple[Film, Fetched]:
        """Fetch a film from one service or all, and store it merged; return it as stored, and what was got.

        Raises as `Fetching.fetch` does.
        """
        if self._fetching is None:
            self._fetching = _fetching(self.settings, self.database)
        fetched = await self._fetching.fetch(wanted, source, fresh=fresh)
        return await self.films.add(fetched.films), fetched

    async def import_films(self, path: Path, say: Callable[[str], None]) -> tuple[int, int]:
        """Store the film records of a file or folder; return how many, and how many were passed over.

        What does not read is told through `say`, with its file and line.
        """
        passed = [0]

        def films() -> Iterator[Record]:
            for record in records_ahead(path):
                if isinstance(record, BadRow):
                    passed[0] += 1
                    say(str(record))
                else:
                    yield record

        def told(count: int) -> None:
            if count % PROGRESS_EVERY == 0:
                say(f"{count} films stored")

        kind = recognise(path)
        key = f"{kind.name} {fingerprint(path)}"
        done = await asyncio.to_thread(
            import_all, self.database, films(), key=key, told=told, apart=kind.apart
        )
        return done.films + done.resumed_after, passed[0]


def _fetching(settings: Settings, database: Database) -> Fetching:
    from service.sources.fetching import Fetching, ServiceConfig  # noqa: PLC0415 - few commands fetch

    return Fetching(
        {
            "tmdb": ServiceConfig(settings.tmdb_url, settings.tmdb_key.get_secret_value()),
            "omdb": ServiceConfig(settings.omdb_url, settings.omdb_key.get_secret_value()),
            "wikidata": ServiceConfig(settings.wikidata_url),
        },
        answers=SqlAnswers(database),
        agent=settings.fetch_agent or f"Finecut/{VERSION}",
        timeout=settings.fetch_timeout,
        keep=timedelta(hours=settings.fetch_keep),
    )


def build(settings: Settings) -> Finecut:
    """Return Finecut as `settings` set it up; nothing is opened yet."""
    return Finecut(settings)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the HTTP application; its lifespan opens everything and closes it again."""
    from service.jobs.retention import Sweeper  # noqa: PLC0415 - as below
    from service.jobs.webhooks import Deliverer, TellingLog  # noqa: PLC0415 - as below
    from service.web.server import http_app  # noqa: PLC0415 - the command line starts faster without it

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
async def working(finecut: Finecut) -> AsyncIterator[None]:
    """Run what is queued in the database of an open Finecut, and drive its batches, without HTTP."""
    from service.jobs.webhooks import TellingLog  # noqa: PLC0415 - as above

    # Messages are put out here and delivered by the processes that serve.
    log = TellingLog(SqlEvents(finecut.database), finecut.webhooks, lambda _state: None)
    runs = _runs(finecut, events=log)
    end_tracing = export_spans(VERSION)
    await asyncio.to_thread(runs.launch, asyncio.get_running_loop())
    dispatcher = _dispatcher(finecut, runs)
    dispatcher.launch()
    try:
        yield
    finally:
        await dispatcher.close()
        await runs.close(patience_seconds=DRAIN_SECONDS)
        await asyncio.to_thread(end_tracing)


def _kept(finecut: Finecut) -> Sequence[Kind]:
    from service.jobs.retention import kinds  # noqa: PLC0415 - as above

    chosen = finecut.settings
    store = SqlRetention(finecut.database)
    leftovers = finecut.settings.home / "evals"
    return kinds(store, leftovers, days=chosen.keep_days, results_days=chosen.keep_results_days)


def _runs(finecut: Finecut, executor: str | None = None, events: EventLog | None = None) -> Runs:
    from service.jobs import Runs, RunsConfig  # noqa: PLC0415 - as above

    async def keep(kind: str, run_id: str, result: Mapping[str, JSON]) -> None:
        await finecut.keep(kind, run_id, result)

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
        results=keep,
        events=events or SqlEvents(finecut.database),
        heartbeats=SqlExecutors(finecut.database),
        charged=finecut.models.charged,
    )


def _dispatcher(finecut: Finecut, runs: Runs, *, name: str = "", only: str | None = None) -> Dispatcher:
    from service.jobs.batches import Dispatcher, Ports, ProviderPorts  # noqa: PLC0415 - as above

    async def keep(kind: str, run_id: str, result: Mapping[str, JSON]) -> None:
        await finecut.keep(kind, run_id, result)

    async def result(kind: str, run_id: str) -> Mapping[str, JSON]:
        return await finecut.results(kind).get(run_id)

    ports = Ports(SqlBatches(finecut.database), runs, finecut.films, result)
    provider = ProviderPorts(
        SqlParked(finecut.database),
        use_cases=finecut.routes,
        keep=keep,
        apis=finecut.models.batch_api,
        within=finecut.models.within_budget,
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
