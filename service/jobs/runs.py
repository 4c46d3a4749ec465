"""Durable runs on DBOS: a use case started once survives the process that started it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from dbos import (
    DBOS,
    DBOSConfig,
    DBOSContextSetAuth,
    SetWorkflowAttributes,
    SetWorkflowID,
    StepOptions,
)
from dbos import error as dbos_errors

from service.errors import FinecutError, JobNotFound
from service.films import JSON
from service.jobs.durable_model import DurableModel
from service.jobs.failover import Failover, Heartbeats
from service.jobs.journal import Journal
from service.jobs.listing import KIND, NAME, listed, run_of
from service.jobs.outcome import error_to_json
from service.jobs.ports import EventLog, ModelFactory, ResultSink, Run, RunState
from service.jobs.serialization import JsonSerializer
from service.jobs.watch import Watch
from service.jobs.work_loop import WorkLoop
from service.tracing import PROPAGATOR, failed, span, traceparent
from service.writing.ports import Event, Model, Usage, UseCase
from service.writing.shapes import usage_json

LOG = logging.getLogger("finecut.jobs")
ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
POLL = 0.2
LISTED = 10_000
LAST = 2**31 - 1  # the number of the event that a run is cancelled: whatever it still says comes before
LOCKED_SECONDS = 2.0  # after which Postgres takes its locks from a process that froze inside a transaction
OUTLASTING: StepOptions = {  # a database that is away for some minutes
    "retries_allowed": True,
    "interval_seconds": 0.5,
    "backoff_rate": 2.0,
    "max_attempts": 10,
    "should_retry": lambda error: not isinstance(error, FinecutError),
}
QUEUE = "finecut"
QUEUE_POLL = 0.2


@dataclass(frozen=True, slots=True)
class RunsConfig:
    """Where runs are kept and who runs them.

    `database_url` is SQLAlchemy's; `application_version` is pinned, for a changed one strands
    what is queued; `executor_id` is unique to the process. `shared`: other processes have the
    same database, so runs go through a queue, from which this process takes at most
    `concurrency` at a time, or none at 0; else they start here at once.
    """

    database_url: str
    application_version: str
    executor_id: str
    shared: bool = False
    concurrency: int = 32


class Runs:
    """Starts, watches and cancels runs. One instance a process: DBOS itself is one a process."""

    def __init__(
        self,
        config: RunsConfig,
        *,
        use_cases: Mapping[str, UseCase],
        models: ModelFactory,
        results: ResultSink,
        events: EventLog,
        heartbeats: Heartbeats | None = None,
        charged: Callable[[Model, str], Model] | None = None,
    ) -> None:
        self._config = config
        self._use_cases = use_cases
        self._models = models
        self._results = results
        self._events = events
        self._heartbeats = heartbeats
        self._charged = charged
        self._failover: Failover | None = None
        self._workflow: Any = None
        self._journal: Journal | None = None
        self._watch = Watch(_ended, POLL)
        self._loop: WorkLoop | None = None
        self._calls_on: asyncio.AbstractEventLoop | None = None

    def launch(self, calls_on: asyncio.AbstractEventLoop | None = None) -> None:
        """Connect, create what the database lacks, and resume this executor's unfinished runs.

        Runs work on an event loop of their own; the model is called on `calls_on`, where one is given.
        """
        config: DBOSConfig = {
            "name": "finecut",
            "system_database_url": self._config.database_url,
            "application_version": self._config.application_version,
            "executor_id": self._config.executor_id,
            "serializer": JsonSerializer(),
            "sys_db_idle_transaction_timeout_sec": LOCKED_SECONDS,
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        if self._config.database_url.startswith("sqlite"):
            config["db_engine_kwargs"] = {"connect_args": {"factory": _WriteAhead}}
        DBOS(config=config)
        logging.getLogger("dbos").addFilter(_is_news)

        async def run(kind: str, run_id: str, request: dict[str, JSON]) -> dict[str, Any]:
            return await self._run(kind, run_id, request)

        self._workflow = DBOS.workflow(name=NAME)(run)
        if not self._config.concurrency:
            DBOS.listen_queues([])
        self._calls_on = calls_on
        self._journal = Journal(self._events)
        self._loop = WorkLoop()
        self._loop.call(self._launch())
        if self._config.shared:
            self._share()

    async def _launch(self) -> None:
        """Launch DBOS, which keeps to this loop then, and tell of runs that wait for other code."""
        DBOS.launch()
        unfinished = await DBOS.list_workflows_async(
            status=["PENDING", "ENQUEUED"], load_input=False, load_output=False, limit=LISTED
        )
        versions = Counter(str(run.app_version) for run in unfinished)
        del versions[self._config.application_version]
        for version, count in versions.items():
            LOG.warning("%d unfinished runs wait for code of version %s; this is another", count, version)

    def _share(self) -> None:
        # The limit stands in the database, for every worker: one that runs nothing leaves it alone. Where it
        # comes first it enters 1: a worker takes from the queue in the moment before it enters its own.
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=self._config.concurrency or 1,
            polling_interval_sec=QUEUE_POLL,
            on_conflict="always_update" if self._config.concurrency else "never_update",
        )
        if self._heartbeats is not None:
            self._failover = Failover(
                self._config.executor_id, self._heartbeats, holders=_holders, recover=recover
            )
            self._failover.launch()

    async def close(self, *, patience_seconds: int = 5) -> None:
        """Let running work finish for a while, then stop; what is unfinished resumes at the next launch."""
        # DBOS made its own pool the loop's default and shuts it down: the loop needs one of its own again.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(thread_name_prefix="finecut"))
        await asyncio.to_thread(self._destroy, patience_seconds)

    def _destroy(self, patience_seconds: int) -> None:
        failover, self._failover = self._failover, None
        if failover is not None:
            failover.drain()
        DBOS.destroy(workflow_completion_timeout_sec=patience_seconds if self._busy() else 0)
        if failover is not None:
            failover.close()
        if self._loop is not None:
            self._loop.close()
        if self._journal is not None:
            self._journal.close()
        # Its handler holds on to the stderr of this launch; the next launch adds one of its own.
        logging.getLogger("dbos").handlers.clear()

    def _busy(self) -> bool:
        return bool(DBOS.list_workflows(status="PENDING", load_input=False, load_output=False, limit=1))

    async def start(self, kind: str, request: Mapping[str, JSON], *, run_id: str | None = None) -> str:
        """Start a run and return its id; an id that was started before is not started again."""
        chosen = run_id or uuid.uuid4().hex
        if run_id is not None and await _is_known(run_id):  # DBOS would warn of a run under recovery
            return run_id
        started = {**request, PROPAGATOR: traceparent()} if traceparent() else dict(request)
        assert self._loop is not None, "launch() comes first"
        await self._loop.do(self._begin(kind, chosen, started))
        return chosen

    async def _begin(self, kind: str, run_id: str, request: dict[str, JSON]) -> None:
        user = DBOSContextSetAuth(_key_of(request) or None, None)
        with user, SetWorkflowID(run_id), SetWorkflowAttributes({KIND: kind}):
            if self._config.shared:
                await DBOS.enqueue_workflow_async(QUEUE, self._workflow, kind, run_id, request)
            else:
                await DBOS.start_workflow_async(self._workflow, kind, run_id, request)

    async def get(self, run_id: str) -> Run:
        """Return the run as it stands. Raises JobNotFound."""
        status = await DBOS.get_workflow_status_async(run_id)
        if status is None:
            raise JobNotFound(
                f"There is no job {run_id!r}.", remedy="GET /v1/jobs or `finecut jobs list` lists them."
            )
        return run_of(status)

    async def list(
        self,
        *,
        kind: str | None = None,
        state: RunState | None = None,
        key_id: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[Run]:
        """Return runs, the newest first, of that kind, state and API key where they are given."""
        return await listed(kind=kind, state=state, key_id=key_id, limit=limit, offset=offset)

    async def request_of(self, run_id: str) -> Mapping[str, JSON] | None:
        """Return what the run was started with, or None where no run has that id."""
        status = await DBOS.get_workflow_status_async(run_id)
        return None if status is None or not status.input else status.input["args"][2]

    async def wait(self, run_id: str, seconds: float) -> Run:
        """Return the run when it has ended, or as it stands after `seconds`."""
        run = await self.get(run_id)
        if run.state is not RunState.RUNNING or not seconds:
            return run
        await self._watch.wait(run_id, seconds)
        return await self.get(run_id)

    async def cancel(self, run_id: str) -> Run:
        """Cancel a run at its next step; one that has ended stays as it is."""
        run = await self.get(run_id)
        if run.state is not RunState.RUNNING:
            return run
        await DBOS.cancel_workflow_async(run_id)
        run = await self.get(run_id)
        if run.state is RunState.CANCELLED:
            await asyncio.to_thread(self._events.append, run_id, Event(LAST, "cancelled", {"id": run_id}))
        return run

    async def events(self, run_id: str, after: int = 0) -> AsyncIterator[Event]:
        """Yield the run's events numbered above `after`, old and new, until it has ended."""
        ended = False
        while True:
            for event in await asyncio.to_thread(self._events.after, run_id, after):
                after = event.number
                yield event
            if ended:
                return
            ended = (await self.get(run_id)).state is not RunState.RUNNING
            if not ended:
                await asyncio.sleep(POLL)

    async def unfinished(self) -> int:
        """Return how many runs of this version have not ended, wherever they are; LISTED at the most."""
        open_runs = await DBOS.list_workflows_async(
            status=["PENDING", "ENQUEUED"],
            app_version=self._config.application_version,
            load_input=False,
            load_output=False,
            limit=LISTED,
        )
        return len(open_runs)

    async def told(self, run_id: str) -> Sequence[Event]:
        """Return what the run has said until now."""
        return await asyncio.to_thread(self._events.after, run_id, 0)

    async def _run(self, kind: str, run_id: str, request: dict[str, JSON]) -> dict[str, Any]:
        parent = request.get(PROPAGATOR)
        about = {"finecut.run.id": run_id, "finecut.run.kind": kind}
        with span(f"run {kind}", about, parent=parent if isinstance(parent, str) else None) as current:
            outcome = await self._worked(kind, run_id, request)
            self._watch.soon()
            if "error" in outcome:
                failed(current, str(outcome["error"].get("type")))
            return outcome

    async def _worked(self, kind: str, run_id: str, request: dict[str, JSON]) -> dict[str, Any]:
        assert self._journal is not None, "launch() comes first"
        recorder = _Recorder(run_id, self._journal)
        model: DurableModel | None = None
        try:
            model = DurableModel(self._model(request), self._calls_on)
            result = dict(await self._use_cases[kind](request, model=model, progress=recorder))
        except FinecutError as error:
            message: dict[str, JSON] = {"message": str(error)}
            await DBOS.run_step_async({"name": "tell", **OUTLASTING}, recorder.tell, "failed", message)
            return {"error": error_to_json(error), "usage": usage_json(model.spent if model else Usage())}

        async def store() -> None:
            await self._results(kind, run_id, result, _key_of(request))
            await recorder.tell("done", {"id": run_id})

        await DBOS.run_step_async({"name": "store", **OUTLASTING}, store)
        return {"result": {"id": run_id}}

    def _model(self, request: Mapping[str, JSON]) -> Model:
        """Return the model that a request names, its calls charged to the API key that it came with."""
        name, key_id = request.get("model"), _key_of(request)
        model = self._models(name if isinstance(name, str) else None)
        return self._charged(model, key_id) if self._charged and key_id else model


class _WriteAhead(sqlite3.Connection):
    """A connection that writes ahead and does not wait for the disk: a step costs 2 ms, not 18 (measured).

    A killed process loses nothing by that. A machine that loses its power may lose the last moments.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as sqlite3 has it
        super().__init__(*arguments, **options)
        self.execute("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = NORMAL")


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether DBOS tells more than that a run was cancelled, which somebody asked for."""
    error = record.exc_info[1] if record.exc_info else None
    cancelled = isinstance(error, dbos_errors.DBOSAwaitedWorkflowCancelledError)
    return not cancelled and "was cancelled during execution" not in record.getMessage()


def _key_of(request: Mapping[str, JSON]) -> str:
    """Return the API key that a run's request came with, empty where none was asked for."""
    key_id = request.get("key")
    return key_id if isinstance(key_id, str) else ""


async def _is_known(run_id: str) -> bool:
    """Return whether a run of that id was started."""
    return bool(await DBOS.list_workflows_async(workflow_ids=[run_id], load_input=False, load_output=False))


async def _ended(run_ids: list[str]) -> set[str]:
    """Return those of the runs that have ended."""
    ended = await DBOS.list_workflows_async(
        workflow_ids=run_ids, status=ENDED, load_input=False, load_output=False
    )
    return {run.workflow_id for run in ended}


def _holders() -> set[str]:
    """Return the executors that have unfinished runs."""
    running = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    return {run.executor_id for run in running if run.executor_id}


def recover(executors: list[str]) -> int:
    """Put the unfinished runs of those executors back into their queue; return how many.

    DBOS says this to its Conductor alone, so the call is private: tests/jobs/test_failover.py holds it.
    """
    return len(DBOS._recover_pending_workflows(executors))  # noqa: SLF001 - see above


class _Recorder:
    """Numbers what a use case says; a replay says the same again under the same numbers."""

    def __init__(self, run_id: str, journal: Journal) -> None:
        self._run_id = run_id
        self._journal = journal
        self._number = 0

    def __call__(self, stage: str, detail: Mapping[str, JSON]) -> None:
        self._number += 1
        self._journal.say(self._run_id, Event(self._number, stage, detail))

    async def tell(self, stage: str, detail: Mapping[str, JSON]) -> None:
        """Say how the run ended. Raises what the log raises: somebody may wait for this."""
        last = Event(self._number + 1, stage, detail)
        await asyncio.to_thread(self._journal.tell, self._run_id, last)
