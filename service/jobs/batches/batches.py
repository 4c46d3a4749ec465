"""What can be done with batches: take one in, look at it, steer it, read its results."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from service.errors import Conflict, InputError, InputTooLarge
from service.films import JSON
from service.jobs.batches.accept import MAX_LINES, AcceptOptions, read_line, split_lines, twice
from service.jobs.batches.dispatch import Dispatcher
from service.store.batches import Batch, BatchState, Line, LineState, SqlBatches, Tally

CHUNK = 1000  # lines of one transaction
PAGE = 200  # results of one
FAULTS = 20  # bad lines that a refusal names
RATE_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch with its lines counted; `rate` in lines a second, `seconds_left` None where not known."""

    batch: Batch
    tally: Tally

    @property
    def lines(self) -> int:
        """Return how many lines the batch has."""
        return sum(self.tally.states.values())

    @property
    def unfinished(self) -> int:
        """Return how many lines wait or run."""
        return self.count(LineState.WAITING) + self.count(LineState.RUNNING)

    @property
    def bad(self) -> int:
        """Return how many lines failed or did not read."""
        return self.count(LineState.FAILED) + self.count(LineState.INVALID)

    @property
    def rate(self) -> float:
        """Return the lines that ended a second of late."""
        return self.tally.lately / self.tally.seconds if self.tally.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Return the time that what is unfinished will take at this rate."""
        if self.batch.state is not BatchState.RUNNING or not self.rate:
            return 0.0 if self.batch.state is BatchState.DONE else None
        return self.unfinished / self.rate

    def count(self, state: LineState) -> int:
        """Return how many lines are in that state."""
        return self.tally.states.get(state, 0)


class Batches:
    """The batches of one database; `dispatcher` is told where there is something to do."""

    def __init__(self, store: SqlBatches, dispatcher: Dispatcher) -> None:
        self._store = store
        self._dispatcher = dispatcher

    async def accept(self, batch_id: str, chunks: AsyncIterator[bytes], options: AcceptOptions) -> Batch:
        """Store the lines of a stream as a batch and let it run.

        Memory holds a thousand lines at a time. A batch that is stored already under that id is returned
        where its lines are the same. Raises InputError where they differ, for a strict batch with bad
        lines and for none at all; Conflict while another request brings the same; InputTooLarge.
        """
        await asyncio.to_thread(self._store.drop_abandoned, options.patience, batch_id)
        try:
            await asyncio.to_thread(
                lambda: self._store.create(batch_id, options.limits, options.via, key_id=options.key_id)
            )
        except Conflict:
            return await self._known(batch_id, chunks)
        intake = _Intake(self._store, batch_id, options)
        try:
            await intake.read(chunks)
        except BaseException:  # also where the client left: half a batch is none
            await asyncio.shield(asyncio.to_thread(self._store.drop, batch_id))
            raise
        await asyncio.to_thread(self._store.accepted, batch_id, intake.digest)
        self._dispatcher.wake()
        return await self.get(batch_id)

    async def _known(self, batch_id: str, chunks: AsyncIterator[bytes]) -> Batch:
        digest = hashlib.sha256()
        async for chunk in chunks:
            digest.update(chunk)
        known = await self.get(batch_id)
        if known.state is BatchState.ACCEPTING:
            raise Conflict("The same batch is being accepted.", remedy="Wait for that request's answer.")
        if known.digest != digest.hexdigest():
            raise InputError(
                "This Idempotency-Key was used with other lines.",
                field="Idempotency-Key",
                remedy="Send new lines under a new key.",
            )
        return known

    async def get(self, batch_id: str) -> Batch:
        """Return a batch. Raises NotFound."""
        return await asyncio.to_thread(self._store.get, batch_id)

    async def list(self, *, limit: int, offset: int = 0, key_id: str | None = None) -> Sequence[Batch]:
        """Return batches, the newest first, of one API key alone where it is given."""
        return await asyncio.to_thread(lambda: self._store.list(limit=limit, offset=offset, key_id=key_id))

    async def progress(self, batch_id: str) -> Progress:
        """Return how far a batch is. Raises NotFound."""
        batch = await self.get(batch_id)
        return Progress(batch, await asyncio.to_thread(self._store.tally, batch_id, RATE_WINDOW))

    async def bad(self, batch_id: str, limit: int) -> Sequence[Line]:
        """Return the first lines that failed or did not read, with their errors."""
        return await asyncio.to_thread(self._store.bad, batch_id, limit)

    async def results(
        self, batch_id: str, after: int = 0
    ) -> AsyncIterator[tuple[Line, Mapping[str, JSON] | None]]:
        """Yield the lines that ended, numbered above `after`, in the input's order with their results."""
        while page := await asyncio.to_thread(self._store.results, batch_id, after, PAGE):
            for line, result in page:
                yield line, result
            after = page[-1][0].number

    async def pause(self, batch_id: str) -> Batch:
        """Start no more lines; those under way end. Raises Conflict for a batch that has ended."""
        return await self._change(batch_id, BatchState.PAUSED, "asked", BatchState.RUNNING)

    async def resume(
        self,
        batch_id: str,
        *,
        concurrency: int | None = None,
        tokens: int | None = None,
        usd: Decimal | None = None,
    ) -> Batch:
        """Go on, with other limits where they are given. Raises Conflict for a batch that has ended."""
        batch = await self.get(batch_id)
        if batch.state not in (BatchState.PAUSED, BatchState.RUNNING):
            raise _unfit(batch)
        limits = batch.limits
        changed = replace(
            limits,
            concurrency=limits.concurrency if concurrency is None else concurrency,
            tokens=limits.tokens if tokens is None else tokens,
            usd=limits.usd if usd is None else usd,
        )
        await asyncio.to_thread(self._store.set_limits, batch_id, changed)
        return await self._change(batch_id, BatchState.RUNNING, "", BatchState.PAUSED)

    async def retry(self, batch_id: str) -> int:
        """Run the failed lines again, and only them; return how many. Raises Conflict once cancelled."""
        batch = await self.get(batch_id)
        if batch.state in (BatchState.CANCELLED, BatchState.ACCEPTING):
            raise _unfit(batch)
        failed = await asyncio.to_thread(self._store.retry, batch_id)
        if failed:
            await self._change(batch_id, BatchState.RUNNING, "", BatchState.DONE, BatchState.PAUSED)
        return failed

    async def cancel(self, batch_id: str) -> Batch:
        """End what waits, and what runs at its next step; a batch that has ended stays as it is."""
        stoppable = (BatchState.RUNNING, BatchState.PAUSED)
        await asyncio.to_thread(
            lambda: self._store.set_state(batch_id, BatchState.CANCELLED, "asked", of=stoppable)
        )
        self._dispatcher.wake()
        return await self.get(batch_id)

    async def _change(self, batch_id: str, to: BatchState, reason: str, *of: BatchState) -> Batch:
        changed = await asyncio.to_thread(lambda: self._store.set_state(batch_id, to, reason, of=of))
        batch = await self.get(batch_id)
        if not changed and batch.state is not to:
            raise _unfit(batch)
        self._dispatcher.wake()
        return batch


class _Intake:
    """Reads one stream into one batch."""

    def __init__(self, store: SqlBatches, batch_id: str, options: AcceptOptions) -> None:
        self._store = store
        self._id = batch_id
        self._options = options
        self._hash = hashlib.sha256()
        self._number = 0
        self._good = 0
        self._faults: list[str] = []
        self._seen: dict[str, int] = {}

    @property
    def digest(self) -> str:
        """Return the hash of the bytes read."""
        return self._hash.hexdigest()

    async def read(self, chunks: AsyncIterator[bytes]) -> None:
        waiting: list[tuple[int, bytes]] = []
        async for raw in split_lines(self._hashed(chunks)):
            self._number += 1
            if not raw.strip():
                continue
            waiting.append((self._number, raw))
            if len(waiting) == CHUNK:
                await asyncio.to_thread(self._store_lines, waiting)
                waiting = []
        await asyncio.to_thread(self._store_lines, waiting)
        if self._options.strict and self._faults:
            raise self._refusal()
        if not self._good and not self._faults:
            raise InputError("The batch has no lines.", remedy="Send JSON Lines: one request a line.")

    async def _hashed(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            self._hash.update(chunk)
            yield chunk

    def _store_lines(self, waiting: Sequence[tuple[int, bytes]]) -> None:
        if waiting and waiting[-1][0] > MAX_LINES:
            raise InputTooLarge(
                f"The batch has more than {MAX_LINES:,} lines.", remedy="Send it as several batches."
            )
        lines = [self._line(raw, number) for number, raw in waiting]
        self._store.add(self._id, lines)
        if self._options.strict and len(self._faults) >= FAULTS:
            raise self._refusal()

    def _line(self, raw: bytes, number: int) -> Line:
        line = read_line(raw, number, self._options)
        if line.state is not LineState.INVALID and line.custom_id is not None:
            earlier = self._seen.setdefault(line.custom_id, number)
            line = line if earlier == number else twice(line, earlier)
        if line.state is LineState.INVALID:
            self._faults = [*self._faults, str((line.error or {})["message"])][:FAULTS]
        else:
            self._good += 1
        return line

    def _refusal(self) -> InputError:
        return InputError(
            " ".join(self._faults), remedy="Mend these lines, or leave `strict` out to run the others."
        )


def _unfit(batch: Batch) -> Conflict:
    remedies = {
        BatchState.ACCEPTING: "Wait until its lines have come.",
        BatchState.CANCELLED: "Its results hold what was done; send the other lines as a new batch.",
        BatchState.DONE: "Nothing of it is left to run; its failed lines run again with a retry.",
    }
    return Conflict(f"The batch {batch.id!r} is {batch.state.value}.", remedy=remedies.get(batch.state, ""))
