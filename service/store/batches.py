"""Batches and their lines: what was asked, how far each line is, what it cost."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.exc import IntegrityError

from service.errors import Conflict, NotFound
from service.films import JSON
from service.store.batch_tables import BATCHES, LINES, REQUESTS
from service.store.database import Database
from service.store.moments import utc
from service.store.parked_tables import ASKS, SUBMISSIONS
from service.store.tables import EDITS, REVIEWS
from service.store.webhooks import put_out
from service.writing.ports import Usage

TOLD = frozenset({"paused", "done", "cancelled"})  # states that webhooks are told of
NANO = Decimal(10) ** 9  # money is kept in whole billionths of a dollar: neither database adds decimals


class BatchState(StrEnum):
    """Where a batch is. `paused` carries its reason; `done` and `cancelled` start no more lines."""

    ACCEPTING = "accepting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Via(StrEnum):
    """How the model is asked: by calls at once, or through its provider's own Batch API."""

    CALLS = "calls"
    PROVIDER_BATCH = "provider_batch"


class LineState(StrEnum):
    """Where a line is. `invalid` could not be read, so a retry would not help it."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INVALID = "invalid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """How many lines run at once, and what the batch may spend; 0 is no bound."""

    concurrency: int = 4
    tokens: int = 0
    usd: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands, with what its finished lines cost."""

    id: str
    state: BatchState
    reason: str
    digest: str
    created: datetime
    limits: BatchLimits
    tokens: int
    usd: Decimal
    via: Via = Via.CALLS
    key_id: str = ""  # of the API key that its calls are charged to; empty: to none


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number in the input (from 1); `request` is None where it did not read."""

    number: int
    kind: str
    custom_id: str | None = None
    request: Mapping[str, JSON] | None = None
    error: Mapping[str, JSON] | None = None
    state: LineState = LineState.WAITING
    attempt: int = 0

    def run_id(self, batch_id: str) -> str:
        """Return the id of the line's run: the same whenever and wherever it is started."""
        return f"{batch_id}-{self.number}" + (f"-{self.attempt}" if self.attempt else "")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines are in each state, and how many ended within the `seconds` before now."""

    states: Mapping[LineState, int] = field(default_factory=dict)
    lately: int = 0
    seconds: float = 0.0


class SqlBatches:
    """Batches and their lines. Calls block for about a millisecond; call from a worker thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, batch_id: str, limits: BatchLimits, via: Via = Via.CALLS, *, key_id: str = "") -> None:
        """Store a batch that accepts lines. Raises Conflict where the id is taken."""
        now = datetime.now(UTC)
        values = {
            "id": batch_id, "state": BatchState.ACCEPTING.value, "reason": "", "digest": "", "created": now,
            "updated": now, "tokens": 0, "nano_usd": 0, "holder": "", "held_until": now,
            "via": via.value, "key_id": key_id, **_limit_values(limits),
        }  # fmt: skip
        try:
            with self._database.write() as connection:
                connection.execute(BATCHES.insert().values(**values))
        except IntegrityError as error:
            raise Conflict(f"A batch {batch_id!r} is stored already.") from error

    def add(self, batch_id: str, lines: Sequence[Line]) -> None:
        """Store lines of a batch that accepts them."""
        if not lines:
            return
        now = datetime.now(UTC)
        rows = [
            {
                "batch": batch_id, "number": x.number, "custom_id": x.custom_id, "kind": x.kind,
                "state": x.state.value, "attempt": 0, "error": x.error,
                "ended": now if x.state is LineState.INVALID else None,
            }
            for x in lines
        ]  # fmt: skip
        asked = [{"batch": batch_id, "number": x.number, "request": x.request} for x in lines if x.request]
        with self._database.write() as connection:
            connection.execute(LINES.insert(), rows)
            if asked:
                connection.execute(REQUESTS.insert(), asked)
            connection.execute(BATCHES.update().where(BATCHES.c.id == batch_id).values(updated=now))

    def accepted(self, batch_id: str, digest: str) -> None:
        """Say that all lines are stored, so that the batch may run."""
        self._update(batch_id, state=BatchState.RUNNING.value, digest=digest)

    def drop(self, batch_id: str) -> None:
        """Delete a batch with its lines; the reviews and edits that it made stay."""
        with self._database.write() as connection:
            connection.execute(delete(BATCHES).where(BATCHES.c.id == batch_id))

    def drop_abandoned(self, silent_for: timedelta, batch_id: str | None = None) -> None:
        """Delete batches whose lines stopped coming that long ago: all of them, or the one named."""
        before = datetime.now(UTC) - silent_for
        abandoned = (BATCHES.c.state == BatchState.ACCEPTING.value) & (BATCHES.c.updated < before)
        if batch_id is not None:
            abandoned &= BATCHES.c.id == batch_id
        with self._database.write() as connection:
            connection.execute(delete(BATCHES).where(abandoned))

    def get(self, batch_id: str) -> Batch:
        """Return the batch. Raises NotFound."""
        with self._database.read() as connection:
            row = connection.execute(select(BATCHES).where(BATCHES.c.id == batch_id)).first()
        if row is None:
            raise NotFound(f"There is no batch {batch_id!r}.", remedy="GET /v1/batches lists them.")
        return _batch(row)

    def list(self, *, limit: int, offset: int = 0, key_id: str | None = None) -> Sequence[Batch]:
        """Return batches, the newest first, of one API key alone where it is given."""
        query = select(BATCHES).order_by(BATCHES.c.created.desc(), BATCHES.c.id).limit(limit).offset(offset)
        if key_id is not None:
            query = query.where(BATCHES.c.key_id == key_id)
        with self._database.read() as connection:
            return [_batch(row) for row in connection.execute(query)]

    def active(self) -> Sequence[str]:
        """Return the ids of batches that have lines to start or to wait for."""
        running = select(LINES.c.batch).where(
            LINES.c.batch == BATCHES.c.id, LINES.c.state == LineState.RUNNING.value
        )
        sent = select(SUBMISSIONS.c.token).where(
            SUBMISSIONS.c.batch == BATCHES.c.id, BATCHES.c.state == BatchState.CANCELLED.value
        )
        going = (BATCHES.c.state == BatchState.RUNNING.value) | running.exists() | sent.exists()
        query = select(BATCHES.c.id).where(going)
        with self._database.read() as connection:
            return list(connection.execute(query.order_by(BATCHES.c.created)).scalars())

    def hold(self, batch_id: str, holder: str, seconds: float) -> bool:
        """Take or keep the right to start the batch's lines; False while somebody else has it."""
        now = datetime.now(UTC)
        free = (BATCHES.c.holder == holder) | (BATCHES.c.held_until < now)
        update = BATCHES.update().where(BATCHES.c.id == batch_id, free)
        with self._database.write() as connection:
            taken = connection.execute(
                update.values(holder=holder, held_until=now + timedelta(seconds=seconds))
            )
            return taken.rowcount == 1

    def release(self, batch_id: str, holder: str) -> None:
        """Give that right back."""
        with self._database.write() as connection:
            connection.execute(
                BATCHES.update()
                .where(BATCHES.c.id == batch_id, BATCHES.c.holder == holder)
                .values(holder="", held_until=datetime.now(UTC))
            )

    def set_state(
        self, batch_id: str, state: BatchState, reason: str = "", *, of: Iterable[BatchState]
    ) -> bool:
        """Change the state where it is one of `of`; False where it is not. Cancelling ends waiting lines."""
        update = BATCHES.update().where(BATCHES.c.id == batch_id, BATCHES.c.state.in_([s.value for s in of]))
        values = {"state": state.value, "reason": reason, "updated": datetime.now(UTC)}
        with self._database.write() as connection:
            changed = connection.execute(update.values(**values)).rowcount == 1
            if changed and state in TOLD:
                _tell(connection, batch_id, state)
            if changed and state is BatchState.CANCELLED:
                connection.execute(
                    LINES.update()
                    .where(LINES.c.batch == batch_id, LINES.c.state == LineState.WAITING.value)
                    .values(state=LineState.CANCELLED.value, ended=datetime.now(UTC))
                )
        return changed

    def finish(self, batch_id: str) -> bool:
        """Say that a running batch is done, where none of its lines waits or runs; False otherwise."""
        open_states = [LineState.WAITING.value, LineState.RUNNING.value]
        left = select(LINES.c.number).where(LINES.c.batch == batch_id, LINES.c.state.in_(open_states))
        running = (BATCHES.c.id == batch_id) & (BATCHES.c.state == BatchState.RUNNING.value)
        values = {"state": BatchState.DONE.value, "reason": "", "updated": datetime.now(UTC)}
        with self._database.write() as connection:
            update = BATCHES.update().where(running, ~left.exists()).values(**values)
            finished = connection.execute(update).rowcount == 1
            if finished:
                _tell(connection, batch_id, BatchState.DONE)
        return finished

    def set_limits(self, batch_id: str, limits: BatchLimits) -> None:
        """Replace the batch's limits."""
        self._update(batch_id, **_limit_values(limits))

    def claim(self, batch_id: str, count: int) -> Sequence[Line]:
        """Mark the next `count` waiting lines of a running batch as running and return them."""
        waiting = (
            select(LINES.c.number)
            .join(BATCHES, BATCHES.c.id == LINES.c.batch)
            .where(
                LINES.c.batch == batch_id,
                LINES.c.state == LineState.WAITING.value,
                BATCHES.c.state == BatchState.RUNNING.value,
            )
            .order_by(LINES.c.number)
            .limit(count)
        )
        with self._database.write() as connection:
            numbers = list(connection.execute(waiting).scalars())
            if numbers:
                connection.execute(
                    LINES.update()
                    .where(LINES.c.batch == batch_id, LINES.c.number.in_(numbers))
                    .values(state=LineState.RUNNING.value)
                )
        return self._lines(batch_id, LINES.c.number.in_(numbers)) if numbers else []

    def running(self, batch_id: str) -> Sequence[Line]:
        """Return the lines that were started, or were about to be."""
        return self._lines(batch_id, LINES.c.state == LineState.RUNNING.value)

    def lines(self, batch_id: str, numbers: Sequence[int]) -> Sequence[Line]:
        """Return the lines of those numbers, in order."""
        return self._lines(batch_id, LINES.c.number.in_(numbers))

    def bad(self, batch_id: str, limit: int) -> Sequence[Line]:
        """Return the first lines that failed or did not read, in order, with their errors."""
        states = (LineState.FAILED.value, LineState.INVALID.value)
        query = select(LINES).where(LINES.c.batch == batch_id, LINES.c.state.in_(states))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(LINES.c.number).limit(limit))
            return [_line(row) for row in rows]

    def unclaim(self, batch_id: str) -> None:
        """Let the lines that were started wait again."""
        started = (LINES.c.batch == batch_id) & (LINES.c.state == LineState.RUNNING.value)
        with self._database.write() as connection:
            connection.execute(LINES.update().where(started).values(state=LineState.WAITING.value))

    def settle(
        self,
        batch_id: str,
        number: int,
        state: LineState,
        *,
        usage: Usage | None = None,
        error: Mapping[str, JSON] | None = None,
    ) -> None:
        """Store how a running line ended and add what it cost; a second time changes nothing."""
        line = LINES.update().where(
            LINES.c.batch == batch_id, LINES.c.number == number, LINES.c.state == LineState.RUNNING.value
        )
        spent = usage or Usage()
        tokens = spent.prompt_tokens + spent.completion_tokens
        nano = int((spent.cost or Decimal(0)) * NANO)
        with self._database.write() as connection:
            ended = datetime.now(UTC)
            changed = connection.execute(line.values(state=state.value, ended=ended, error=error))
            if changed.rowcount and (tokens or nano):
                connection.execute(
                    BATCHES.update()
                    .where(BATCHES.c.id == batch_id)
                    .values(tokens=BATCHES.c.tokens + tokens, nano_usd=BATCHES.c.nano_usd + nano)
                )

    def retry(self, batch_id: str) -> int:
        """Let the failed lines wait anew, each for a new run; return how many.

        What a provider's Batch API has answered for them stays, and only what failed is asked again.
        """
        failed = (LINES.c.batch == batch_id) & (LINES.c.state == LineState.FAILED.value)
        values = {"state": LineState.WAITING.value, "ended": None, "error": None}
        of_failed = (ASKS.c.batch == batch_id) & ASKS.c.line.in_(select(LINES.c.number).where(failed))
        with self._database.write() as connection:
            connection.execute(delete(ASKS).where(of_failed, ASKS.c.state == LineState.FAILED.value))
            update = LINES.update().where(failed).values(attempt=LINES.c.attempt + 1, **values)
            return connection.execute(update).rowcount

    def tally(self, batch_id: str, window: timedelta) -> Tally:
        """Return the lines by state, and how many that ran ended within `window`: done or failed."""
        mine, now = LINES.c.batch == batch_id, datetime.now(UTC)
        states = select(LINES.c.state, func.count()).where(mine).group_by(LINES.c.state)
        ran = LINES.c.state.in_([LineState.DONE.value, LineState.FAILED.value])
        lately = select(func.count(), func.min(LINES.c.ended)).where(mine, ran, LINES.c.ended > now - window)
        with self._database.read() as connection:
            counted = {LineState(state): count for state, count in connection.execute(states)}
            ended, first = connection.execute(lately).one()
        seconds = (now - utc(first)).total_seconds() if first else 0.0
        return Tally(counted, ended, seconds)

    def results(
        self, batch_id: str, after: int, limit: int
    ) -> Sequence[tuple[Line, Mapping[str, JSON] | None]]:
        """Return the next ended lines numbered above `after` in order, each with its stored result."""
        ended = (LINES.c.batch == batch_id) & LINES.c.ended.is_not(None) & (LINES.c.number > after)
        query = select(LINES).where(ended).order_by(LINES.c.number).limit(limit)
        with self._database.read() as connection:
            lines = [_line(row) for row in connection.execute(query)]
            made = {x.run_id(batch_id) for x in lines if x.state is LineState.DONE}
            stored: dict[str, Any] = {}
            for table in (REVIEWS, EDITS):
                chosen = select(table.c.id, table.c.value).where(table.c.id.in_(made))
                stored |= {row.id: row.value for row in connection.execute(chosen)}
        return [(x, stored.get(x.run_id(batch_id))) for x in lines]

    def _lines(self, batch_id: str, which: Any) -> Sequence[Line]:  # noqa: ANN401 - SQLAlchemy's condition
        query = (
            select(LINES, REQUESTS.c.request)
            .join(REQUESTS, (REQUESTS.c.batch == LINES.c.batch) & (REQUESTS.c.number == LINES.c.number))
            .where(LINES.c.batch == batch_id, which)
            .order_by(LINES.c.number)
        )
        with self._database.read() as connection:
            return [_line(row, row.request) for row in connection.execute(query)]

    def _update(self, batch_id: str, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(
                BATCHES.update().where(BATCHES.c.id == batch_id).values(updated=datetime.now(UTC), **values)
            )


def _tell(connection: Connection, batch_id: str, state: BatchState) -> None:
    """Tell the webhooks, in the transaction that changes the state: never the one without the other."""
    data: dict[str, JSON] = {"id": batch_id, "batch": f"/v1/batches/{batch_id}"}
    put_out(connection, f"msg_{uuid.uuid4().hex}", f"batch.{state}", data)


def _limit_values(limits: BatchLimits) -> dict[str, int]:
    return {
        "concurrency": limits.concurrency,
        "budget_tokens": limits.tokens,
        "budget_nano_usd": int(limits.usd * NANO),
    }


def _batch(row: Any) -> Batch:  # noqa: ANN401 - a row of BATCHES
    limits = BatchLimits(row.concurrency, row.budget_tokens, Decimal(row.budget_nano_usd) / NANO)
    state, usd = BatchState(row.state), Decimal(row.nano_usd) / NANO
    created, via = utc(row.created), Via(row.via)
    return Batch(row.id, state, row.reason, row.digest, created, limits, row.tokens, usd, via, row.key_id)


def _line(row: Any, request: Mapping[str, JSON] | None = None) -> Line:  # noqa: ANN401 - a row of LINES
    state = LineState(row.state)
    return Line(row.number, row.kind, row.custom_id, request, row.error, state, row.attempt)
