"""One batch driven: its lines started as runs, so many at once, and how each ended noted.

A line is claimed before its run is started, and its run's id follows from batch, line and attempt:
after a crash the claimed lines are taken up where they are, and `Runs.start` with an id that it knows
starts nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from service.errors import FinecutError, JobNotFound, ModelError
from service.films import JSON, film_to_json
from service.jobs.outcome import KINDS, error_to_json
from service.jobs.ports import Run, RunState
from service.store.batches import Batch, BatchState, Line, LineState, SqlBatches
from service.writing.ports import FilmStore, Usage
from service.writing.requests import FilmRef
from service.writing.routes import film_of
from service.writing.spending import Left

T = TypeVar("T")

TICK = 0.5  # seconds between looks at what others changed in the database
LEASE = 5.0  # seconds for which a batch is held; longer a killed process need not be waited for
PATIENCE = 30.0  # seconds of one wait for a run
OUTAGE = 10  # failures of the model in a row, at the least, that pause a batch
BUDGET = "budget"
KEY_BUDGET = "budget: the API key has too little left of this month's"
RUNNING = (BatchState.RUNNING,)
NOTHING = Usage()


class LineRuns(Protocol):
    """What the dispatcher needs of `service.jobs.Runs`."""

    async def start(self, kind: str, request: Mapping[str, JSON], *, run_id: str | None = None) -> str:
        """Start a run; an id that was started before is not started again."""
        ...

    async def wait(self, run_id: str, seconds: float) -> Run:
        """Return the run when it has ended, or as it stands after `seconds`."""
        ...

    async def cancel(self, run_id: str) -> Run:
        """Cancel a run. Raises JobNotFound."""
        ...


class ResultReader(Protocol):
    """Reads the stored result of a finished run."""

    async def __call__(self, kind: str, run_id: str) -> Mapping[str, JSON]:
        """Return the result. Raises NotFound."""
        ...


async def unbounded(_key_id: str) -> Left:
    """Return that an API key may spend what it likes."""
    return Left()


@dataclass(frozen=True, slots=True)
class Ports:
    """What a batch is driven with. `left` tells what an API key may still spend this month."""

    store: SqlBatches
    runs: LineRuns
    films: FilmStore
    results: ResultReader
    left: Callable[[str], Awaitable[Left]] = unbounded


@dataclass(slots=True)
class Spending:
    """What the lines cost that ended in this drive, to foresee what the next ones will."""

    lines: int = 0
    tokens: int = 0
    usd: Decimal = Decimal(0)
    unpriced: bool = False
    failures: int = 0  # of the model, in a row
    failure: str = ""

    def done(self, usage: Usage) -> None:
        """Enter a line that was done."""
        self.failures = 0
        self._paid(usage)

    def failed(self, error: Mapping[str, JSON], usage: Usage) -> None:
        """Enter a line that failed, and may have cost something."""
        kind = KINDS.get(str(error.get("type")), FinecutError)
        self.failures = self.failures + 1 if issubclass(kind, ModelError) else 0
        self.failure = str(error.get("message", ""))
        if usage.calls:
            self._paid(usage)

    def _paid(self, usage: Usage) -> None:
        self.lines += 1
        self.tokens += usage.prompt_tokens + usage.completion_tokens
        self.usd += usage.cost or Decimal(0)
        self.unpriced |= usage.cost is None and bool(usage.prompt_tokens)


class Drive:
    """One batch from here until nothing of it waits or runs, or until it is paused or cancelled."""

    def __init__(self, batch_id: str, holder: str, ports: Ports) -> None:
        self._id = batch_id
        self._holder = holder
        self._store = ports.store
        self._ports = ports
        self._spending = Spending()
        self._under_way: dict[asyncio.Task[None], Line] = {}
        self._renewed = 0.0
        self._key_id = ""

    async def drive(self) -> None:
        """Drive it. What is under way when this is cancelled is found again in the database."""
        try:
            self._key_id = (await self._do(self._store.get, self._id)).key_id
            for line in await self._do(self._store.running, self._id):
                self._follow(line)
            while await self._held() and (self._under_way or not await self._ended()):
                await self._obey(await self._do(self._store.get, self._id))
                await self._next_end()
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)
            await asyncio.shield(self._do(self._store.release, self._id, self._holder))

    async def _held(self) -> bool:
        """Return whether the batch is this process's still, which is renewed in good time."""
        if time.monotonic() < self._renewed + LEASE / 3:
            return True
        self._renewed = time.monotonic()
        return await self._do(self._store.hold, self._id, self._holder, LEASE)

    async def _obey(self, batch: Batch) -> None:
        """Start what may be started; cancel what runs of a cancelled batch."""
        if batch.state is BatchState.CANCELLED:
            for line in self._under_way.values():
                with suppress(JobNotFound):
                    await self._ports.runs.cancel(line.run_id(self._id))
        if batch.state is not BatchState.RUNNING:
            return
        left = await self._ports.left(batch.key_id) if batch.key_id else Left()
        reason = self._hindrance(batch, left)
        if reason:
            if not (self._under_way and reason in {BUDGET, KEY_BUDGET}):  # these may turn out cheaper
                self._spending.failures = 0
                await self._do(lambda: self._store.set_state(self._id, BatchState.PAUSED, reason, of=RUNNING))
            return
        room = batch.limits.concurrency - len(self._under_way)
        bounded = batch.limits.tokens or batch.limits.usd or left != Left()
        if bounded and not self._spending.lines:
            room = 1 - len(self._under_way)  # the first line tells what the others will cost
        if room > 0:
            for line in await self._do(self._store.claim, self._id, self._affordable(batch, left, room)):
                self._follow(line)

    def _hindrance(self, batch: Batch, left: Left) -> str:
        """Return why no further line may start, or nothing."""
        if self._spending.failures >= max(OUTAGE, 2 * batch.limits.concurrency):
            return f"provider: {self._spending.failure}"
        if batch.limits.usd and self._spending.unpriced:
            return "budget: the model's price is not known, so a budget in US dollars cannot be kept"
        if not self._affordable(batch, Left(), 1):
            return BUDGET
        return "" if self._affordable(batch, left, 1) else KEY_BUDGET

    def _affordable(self, batch: Batch, left: Left, wanted: int) -> int:
        """Return how many more lines, up to `wanted`, the budgets allow beside those under way.

        They are the batch's own and what is `left` of that of the API key which pays.
        """
        spent, limits = self._spending, batch.limits
        rooms = [
            self._room(Decimal(bound) - gone, Decimal(seen), wanted)
            for bound, gone, seen in (
                (limits.tokens or None, batch.tokens, spent.tokens),
                (limits.usd or None, batch.usd, spent.usd),
                (left.tokens, 0, spent.tokens),
                (left.usd, 0, spent.usd),
            )
            if bound is not None
        ]
        return max(0, min([wanted, *rooms]))

    def _room(self, left: Decimal, seen: Decimal, wanted: int) -> int:
        """Return for how many more lines `left` is enough, where the lines that ended cost `seen`."""
        if not seen:
            return wanted if left > 0 else 0
        return int(left // (seen / self._spending.lines)) - len(self._under_way)

    async def _ended(self) -> bool:
        """Return whether nothing is left to do here; a running batch without lines left is done."""
        batch = await self._do(self._store.get, self._id)
        return batch.state is not BatchState.RUNNING or await self._do(self._store.finish, self._id)

    async def _next_end(self) -> None:
        if not self._under_way:
            await asyncio.sleep(TICK / 10)
            return
        done, _ = await asyncio.wait(self._under_way, timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            del self._under_way[task]
            task.result()

    def _follow(self, line: Line) -> None:
        self._under_way[asyncio.create_task(self._see_through(line))] = line

    async def _see_through(self, line: Line) -> None:
        """Start the line's run, wait for its end, and store how it ended."""
        run_id = line.run_id(self._id)
        try:
            started = await started_with(line, self._ports.films, self._key_id)
            await self._ports.runs.start(line.kind, started, run_id=run_id)
        except FinecutError as error:  # the film is not stored, or several answer to its title
            await self._failed(line, error_to_json(error))
            return
        run = await self._ports.runs.wait(run_id, PATIENCE)
        while run.state is RunState.RUNNING:
            run = await self._ports.runs.wait(run_id, PATIENCE)
        if run.state is RunState.DONE:
            usage = usage_of(await self._ports.results(line.kind, run_id))
            await self._do(lambda: self._store.settle(self._id, line.number, LineState.DONE, usage=usage))
            self._spending.done(usage)
        elif run.state is RunState.CANCELLED:
            await self._do(self._store.settle, self._id, line.number, LineState.CANCELLED)
        else:
            await self._failed(line, run.error or {}, usage_of({"usage": dict(run.usage or {})}))

    async def _failed(self, line: Line, error: Mapping[str, JSON], usage: Usage = NOTHING) -> None:
        failed = LineState.FAILED
        await self._do(lambda: self._store.settle(self._id, line.number, failed, usage=usage, error=error))
        self._spending.failed(error, usage)

    async def _do(self, work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401 - as `to_thread`
        return await asyncio.to_thread(work, *arguments)


async def started_with(line: Line, films: FilmStore, key_id: str) -> dict[str, JSON]:
    """Return what a line's use case is given; its calls are charged to the API key, where one is named.

    Raises FilmNotFound or FilmAmbiguous.
    """
    request = dict(line.request or {})
    named = request.get("film")
    film = None if named is None else await film_of(FilmRef.model_validate(named), films)
    recorded = None if film is None else film_to_json(film)
    given = {"request": request, "film": recorded, "model": request.get("model")}
    return {**given, "key": key_id} if key_id else given


def usage_of(result: Mapping[str, JSON]) -> Usage:
    """Return what a result says that it cost."""
    told = result.get("usage")
    if not isinstance(told, dict):
        return Usage()
    cost = told.get("cost")
    return Usage(
        calls=int(str(told.get("calls") or 0)),
        prompt_tokens=int(str(told.get("prompt_tokens") or 0)),
        completion_tokens=int(str(told.get("completion_tokens") or 0)),
        cost=None if cost is None else Decimal(str(cost)),
    )
