"""One batch driven through the provider's own Batch API: half the price, answers within a day.

Every line is played until it needs an answer (`replay`). When no line can go on, what they wait for is sent
as one submission; its answers let the lines go on. Everything stands in the database, so that a restart
sends nothing twice: a submission is entered before it is sent, and one whose id was lost is looked for at
the provider by its token (docs/decisions/0008).
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from service.errors import BudgetExceeded, FinecutError, ModelError, ModelMisconfigured, ModelOutputInvalid
from service.films import JSON
from service.jobs.batches.drive import BUDGET, KEY_BUDGET, LEASE, RUNNING, TICK, Ports, started_with, usage_of
from service.jobs.batches.replay import Parked, RecordedModel, ask_from_json, ask_to_json, play
from service.jobs.durable_model import answer_to_json
from service.jobs.outcome import error_to_json
from service.jobs.ports import ResultSink
from service.llm import BatchApi
from service.llm.batch_api import Ended as Ending
from service.llm.batch_api import Outcome, Submission
from service.store import is_outage
from service.store.batches import Batch, BatchState, Line, LineState
from service.store.parked import AskState, Ended, ParkedAsk, Sent, SqlParked
from service.writing.ports import Model, Usage, UseCase
from service.writing.spending import Held, Left, Purse, month_of

LOG = logging.getLogger("finecut.batches")
T = TypeVar("T")

POLL = 20.0  # seconds between two looks at a submission
MOST_ASKS = 10_000  # of one submission; OpenAI takes 50,000 and 200 MB
MOST_TOKENS = 10_000_000  # of one, at most: about 40 MB
MOST_TRIES = 3  # of one ask
PATIENCE = timedelta(minutes=1)
MOST_FAULTS = 5  # of the API in a row, until the batch pauses
CLAIMED = 50  # lines at a time
COLLECTED = 200  # outcomes of one transaction
FAULT: Mapping[str, JSON] = {
    "type": "Internal",
    "message": "The line broke off by a fault in Finecut; its log has the details.",
}


class Apis(Protocol):
    """Gives the Batch API of a model, by its name or the service's own."""

    def __call__(self, name: str | None) -> BatchApi:
        """Return it, not yet connected. Raises ModelMisconfigured for a model that has none."""
        ...


@dataclass(frozen=True, slots=True)
class ProviderPorts:
    """What driving through the provider needs besides `Ports`. `within` bounds what a line may spend.

    `purse` is that of the API key that pays. For `patience` another process is left to end the sending that
    it began.
    """

    parked: SqlParked
    use_cases: Mapping[str, UseCase]
    keep: ResultSink
    apis: Apis
    within: Callable[[Model], Model]
    purse: Callable[[str], Purse]
    poll_seconds: float = POLL
    patience: timedelta = PATIENCE


class ProviderDrive:
    """One batch from here until nothing of it waits or runs, or until it is paused or cancelled."""

    def __init__(self, batch_id: str, holder: str, ports: Ports, provider: ProviderPorts) -> None:
        self._id = batch_id
        self._holder = holder
        self._store = ports.store
        self._films = ports.films
        self._left = ports.left
        self._key_id = ""
        self._provider = provider
        self._parked = provider.parked
        self._apis: dict[str, BatchApi] = {}
        self._most = MOST_ASKS
        self._looked = 0.0
        self._faults = 0
        self._mine: set[str] = set()  # tokens of what this process sent, or is sending

    async def drive(self) -> None:
        """Drive it. A submission under way when this is cancelled is found again in the database."""
        holding = asyncio.create_task(self._hold())
        try:
            self._key_id = (await self._do(self._store.get, self._id)).key_id
            while not holding.done():
                batch = await self._do(self._store.get, self._id)
                if batch.state is BatchState.CANCELLED:
                    await self._cancel()
                    return
                await self._go_on(batch)
                if await self._ended(batch):
                    return
        finally:
            holding.cancel()
            await asyncio.gather(holding, return_exceptions=True)
            for api in self._apis.values():
                await api.aclose()
            await asyncio.shield(self._do(self._store.release, self._id, self._holder))

    async def _hold(self) -> None:
        """Hold the batch, whatever takes how long meanwhile; end when somebody else has it."""
        while await self._do(self._store.hold, self._id, self._holder, LEASE):  # noqa: ASYNC110 - a lease
            await asyncio.sleep(LEASE / 4)

    async def _go_on(self, batch: Batch) -> None:
        """Collect what has come; play what can go on, or else send what waits; or rest a while."""
        try:
            await self._collect()
            if batch.state is BatchState.RUNNING and (await self._advance() or await self._send(batch)):
                return
        except BudgetExceeded:  # another process spent what was left of the key's
            await self._pause(KEY_BUDGET)
        except ModelError as error:
            await self._failed(error)
        await asyncio.sleep(min(TICK, self._provider.poll_seconds))

    async def _ended(self, batch: Batch) -> bool:
        if batch.state is BatchState.PAUSED:  # what is at the provider is collected when it goes on
            await self._do(self._store.unclaim, self._id)
            return True
        return await self._do(self._store.finish, self._id)

    async def _failed(self, error: ModelError) -> None:
        """Pause where the API will not do, or does not for long: nothing is lost by that."""
        self._faults += 1
        self._looked = time.monotonic()
        if isinstance(error, ModelMisconfigured) or self._faults >= MOST_FAULTS:
            await self._pause(f"provider: {error.message}")
        else:
            LOG.warning("the Batch API failed, it is asked again: %s", type(error).__name__)

    async def _pause(self, reason: str) -> None:
        await self._do(lambda: self._store.set_state(self._id, BatchState.PAUSED, reason, of=RUNNING))

    # Playing lines

    async def _advance(self) -> bool:
        """Play lines that can go on, for a while; False where none can."""
        ready = await self._do(self._parked.ready, self._id, CLAIMED)
        if not ready and await self._do(self._parked.count, self._id, AskState.WAITING) < self._most:
            # of those that were claimed before a pause some may still be parked
            return bool(await self._do(self._store.claim, self._id, CLAIMED))
        until = time.monotonic() + LEASE / 3
        for line in await self._do(self._store.lines, self._id, ready):
            await self._play(line)
            if time.monotonic() > until:
                break
        return bool(ready)

    async def _play(self, line: Line) -> None:
        try:
            await self._played(line)
        except FinecutError as error:  # the film is not stored, or the use case says why it cannot
            await self._settle(line, LineState.FAILED, error=error_to_json(error))
        except Exception as error:
            if is_outage(error):  # the line is taken up again
                raise
            LOG.exception("line %d of batch %s broke off", line.number, self._id)
            await self._settle(line, LineState.FAILED, error=FAULT)

    async def _played(self, line: Line) -> None:
        request = await self._do(self._parked.started, self._id, line.number)
        if request is None:
            request = await started_with(line, self._films, "")  # what it asks is charged as it is sent
            await self._do(self._parked.start, self._id, line.number, request)
        name = request.get("model")
        api = self._api(name if isinstance(name, str) else None)
        known = await self._do(self._parked.ended, self._id, line.number)
        model = RecordedModel(api.name, api.reach, known)
        use_case = self._provider.use_cases[line.kind]
        result = await play(use_case, request, model, self._provider.within)
        if isinstance(result, Parked):
            most = api.guess(result.ask)
            tokens = most.prompt_tokens + most.completion_tokens
            ask = ask_to_json(result.ask)
            parked = ParkedAsk(line.number, result.key, api.name, ask, tokens, most.cost or Decimal(0))
            await self._do(self._parked.park, self._id, parked)
            return
        await self._provider.keep(line.kind, line.run_id(self._id), result, self._key_id)
        await self._settle(line, LineState.DONE, usage=usage_of(result))
        await self._do(self._parked.clear, self._id, line.number)

    async def _settle(self, line: Line, state: LineState, **how: Any) -> None:  # noqa: ANN401 - as the store's
        await self._do(lambda: self._store.settle(self._id, line.number, state, **how))

    # Sending what they wait for

    async def _send(self, batch: Batch) -> bool:
        """Send what waits, as far as the budget goes; False where nothing waits or nothing may be sent."""
        under_way = await self._do(self._parked.submissions, self._id)
        if under_way and self._most < MOST_ASKS:  # the provider takes no more at a time
            return False
        waiting = await self._do(self._parked.waiting, self._id, self._most)
        if not waiting:
            return False
        asks, reason = await self._affordable(batch, waiting)
        if asks:
            sent = Sent(uuid.uuid4().hex, asks[0].model, "", datetime.now(UTC))
            self._mine.add(sent.token)
            await self._set_aside(asks)
            await self._do(self._parked.take, self._id, sent, asks)
            await self._submit(sent, asks)
        elif not under_way:  # what is under way may turn out cheaper
            await self._pause(reason)
        return bool(asks)

    async def _affordable(
        self, batch: Batch, waiting: Sequence[ParkedAsk]
    ) -> tuple[Sequence[ParkedAsk], str]:
        """Return as many asks as fit into one submission and the budgets, and why not more."""
        spent = await self._do(self._parked.spent, self._id)
        if batch.limits.usd and self._api(waiting[0].model).price is None:
            return (), "budget: the model's price is not known, so a budget in US dollars cannot be kept"
        limits = batch.limits
        own = Left(
            limits.tokens - batch.tokens - spent.tokens if limits.tokens else None,
            limits.usd - batch.usd - spent.usd if limits.usd else None,
        )
        key = await self._left(self._key_id) if self._key_id else Left()
        tokens, usd = 0, Decimal(0)
        for place, ask in enumerate(waiting):
            tokens, usd = tokens + ask.tokens, usd + ask.usd
            if not own.covers(tokens, usd) or (place and tokens > MOST_TOKENS):
                return waiting[:place], BUDGET
            if not key.covers(tokens, usd):
                return waiting[:place], KEY_BUDGET
        return waiting, ""

    async def _set_aside(self, asks: Sequence[ParkedAsk]) -> None:
        if self._key_id:
            await self._provider.purse(self._key_id).hold(sum(ask.tokens for ask in asks))

    async def _charge(self, sent: Sent, asks: Iterable[ParkedAsk], ended: Sequence[Ended] = ()) -> None:
        """Put what became of asks in place of what was set aside for them.

        A process that dies just before this leaves it set aside: rather too much is counted than too little.
        """
        if self._key_id:
            held = Held(month_of(sent.created), sum(ask.tokens for ask in asks))
            answered = [e for e in ended if e.state is AskState.ANSWERED]
            cost = sum((e.usd for e in answered), Decimal(0))
            used = Usage(len(answered), sum(e.tokens for e in answered), cost=cost)
            await self._provider.purse(self._key_id).settle(held, used)

    async def _submit(self, sent: Sent, asks: Sequence[ParkedAsk]) -> None:
        api = self._api(sent.model)
        lines = (api.line(f"{a.line}:{a.key}", ask_from_json(a.ask)) for a in asks)
        provider_id = await api.submit(sent.token, lines)
        await self._do(self._parked.sent, sent.token, provider_id)
        self._faults = 0

    # Collecting answers

    async def _collect(self) -> None:
        """Take the answers of the submissions that have ended."""
        if time.monotonic() < self._looked + self._provider.poll_seconds:
            return
        for sent in await self._do(self._parked.submissions, self._id):
            await (self._take(sent) if sent.provider_id else self._recover(sent))
            self._faults = 0
        self._looked = time.monotonic()

    async def _recover(self, sent: Sent) -> None:
        """Find the submission that was being sent when its process ended, or send it now.

        Another's is given time first: its process may be frozen, and not gone.
        """
        if sent.token not in self._mine and datetime.now(UTC) < sent.created + self._provider.patience:
            return
        found = await self._api(sent.model).find(sent.token)
        if found is not None:
            await self._do(self._parked.sent, sent.token, found)
        else:
            await self._submit(sent, await self._do(self._parked.of_submission, sent.token))

    async def _take(self, sent: Sent) -> None:
        api = self._api(sent.model)
        submission = await api.look(sent.provider_id)
        if submission.ended is None:
            return
        size = await self._enter(api, submission, sent)
        if submission.ended is Ending.REFUSED:
            await self._pause(f"provider: {submission.said}")
        if submission.ended is Ending.CROWDED:
            self._most = max(1, size // 2)
        await self._close(sent, failed=submission.ended is Ending.ANSWERED)
        with suppress(ModelError):  # else the provider deletes them in time
            await api.discard(submission)

    async def _close(self, sent: Sent, *, failed: bool = True) -> None:
        left = await self._do(self._parked.of_submission, sent.token)
        await self._do(lambda: self._parked.close(sent.token, failed=failed))
        await self._charge(sent, left)

    async def _enter(self, api: BatchApi, submission: Submission, sent: Sent) -> int:
        """Store the outcomes but those that another try may better; return how many asks were open."""
        asks = await self._do(self._parked.of_submission, sent.token)
        missing = {f"{a.line}:{a.key}": a for a in asks}
        ended: list[tuple[ParkedAsk, Ended]] = []
        async for outcome in api.outcomes(submission):
            ask = missing.pop(outcome.custom_id, None)
            if ask is not None and not (outcome.again and ask.tries + 1 < MOST_TRIES):
                ended.append((ask, _ended(ask, outcome)))
            if len(ended) == COLLECTED:
                await self._end(sent, ended)
                ended = []
        if submission.ended is Ending.ANSWERED:
            left = ModelOutputInvalid(f"{api.name} gave no answer, again and again.", model=api.name)
            ended += [
                (a, _ended(a, Outcome("", error=left))) for a in missing.values() if a.tries + 1 >= MOST_TRIES
            ]
        await self._end(sent, ended)
        return len(asks)

    async def _end(self, sent: Sent, ended: Sequence[tuple[ParkedAsk, Ended]]) -> None:
        outcomes = [outcome for _, outcome in ended]
        await self._do(self._parked.end, self._id, outcomes)
        await self._charge(sent, (ask for ask, _ in ended), outcomes)

    async def _cancel(self) -> None:
        """Stop what is at the provider and end the lines; what it has answered by then is paid."""
        for sent in await self._do(self._parked.submissions, self._id):
            with suppress(ModelError):
                api = self._api(sent.model)
                found = sent.provider_id or await api.find(sent.token)
                if found:
                    await api.cancel(found)
            await self._close(sent)
        for line in await self._do(self._store.running, self._id):
            await self._settle(line, LineState.CANCELLED)

    def _api(self, name: str | None) -> BatchApi:
        known = self._apis.get(name or "")
        if known is None:
            known = self._apis[name or ""] = self._provider.apis(name)
        return known

    async def _do(self, work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401 - as `to_thread`
        return await asyncio.to_thread(work, *arguments)


def _ended(ask: ParkedAsk, outcome: Outcome) -> Ended:
    if outcome.answer is None:
        assert outcome.error is not None, "an outcome is an answer or an error"
        return Ended(ask.line, ask.key, AskState.FAILED, error_to_json(outcome.error))
    used = outcome.answer.usage
    return Ended(
        ask.line,
        ask.key,
        AskState.ANSWERED,
        answer_to_json(outcome.answer),
        used.prompt_tokens + used.completion_tokens,
        used.cost or Decimal(0),
    )
