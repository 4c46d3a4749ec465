"""Limits: so many calls and tokens a minute for a model, so many tokens and dollars for a request."""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import time
import weakref
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

from service.errors import BudgetExceeded, ModelOverloaded, ModelUnavailable
from service.llm.speaker import AroundSpeaker, Hear, Speaker
from service.writing.around import Around
from service.writing.ports import Answer, Ask, Model, Usage
from service.writing.quota import MINUTE, TRAVEL, Ledger, Quota, Turn

LOG = logging.getLogger("finecut.llm")
LOOK = 1.0  # seconds between two looks for room: calls that end early give some back
LONGEST_RETRY_AFTER = 60.0
CHARACTERS_A_TOKEN = 3  # a cautious guess, so that no tokenizer has to be downloaded


def guess_tokens(ask: Ask) -> int:
    """Return about how many tokens `ask` will use with its answer, rather too many than too few."""
    return sum(len(m.content) for m in ask.messages) // CHARACTERS_A_TOKEN + ask.max_tokens


@dataclass(slots=True)
class _Call:
    """A call in a window: the moment from which it counts, and its tokens."""

    at: float
    tokens: int


class _Window:
    """The calls of one model within the last minute, their number and tokens kept summed.

    A call under way counts from a moment that is still to come. Both kinds stand in the order of their
    moments, for a clock never goes back; so each call is looked at when it comes, ends and leaves only.
    """

    def __init__(self) -> None:
        self.tokens = 0
        self._past: deque[tuple[int, _Call]] = deque()
        self._coming: dict[int, _Call] = {}
        self._calls: dict[int, _Call] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def __contains__(self, entry: int) -> bool:
        return entry in self._calls

    def used(self) -> list[tuple[float, int]]:
        """Return the moments and tokens of all calls, in order."""
        return [(c.at, c.tokens) for c in (*(c for _, c in self._past), *self._coming.values())]

    def advance(self, now: float) -> None:
        """Let calls come, and let go of what is a minute old."""
        while self._coming and (call := next(iter(self._coming.items())))[1].at <= now:
            del self._coming[call[0]]
            self._past.append(call)
        while self._past and self._past[0][1].at <= now - MINUTE:
            entry, old = self._past.popleft()
            del self._calls[entry]
            self.tokens -= old.tokens

    def enter(self, entry: int, at: float, tokens: int) -> None:
        """Add a call that comes later than every other."""
        self._calls[entry] = self._coming[entry] = _Call(at, tokens)
        self.tokens += tokens

    def end(self, entry: int, now: float, tokens: int) -> None:
        """Say that a call has ended by now, the window being advanced that far."""
        call = self._calls[entry]
        self.tokens += tokens - call.tokens
        call.tokens = tokens
        if self._coming.pop(entry, None) is not None:
            call.at = now
            self._past.append((entry, call))


class MemoryLedger:
    """A ledger of one process, shared by its threads and event loops."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: dict[str, _Window] = {}
        self._numbers = itertools.count(1)
        self._lock = Lock()

    async def reserve(self, model: str, quota: Quota, tokens: int) -> Turn:
        """Enter a call where there is room."""
        with self._lock:
            now = self._clock()
            window = self._windows.setdefault(model, _Window())
            window.advance(now)
            full = quota.calls and len(window) >= quota.calls
            if full or (quota.tokens and window.tokens + tokens > quota.tokens):
                free_at = when_free(window.used(), quota, tokens)
                if free_at > now:
                    return Turn(None, free_at - now)
            entry = next(self._numbers)
            window.enter(entry, now + TRAVEL, tokens)
            return Turn(entry)

    async def settle(self, entry: int, tokens: int) -> None:
        """Say that the call has ended."""
        with self._lock:
            now = self._clock()
            for window in self._windows.values():
                window.advance(now)
                if entry in window:
                    window.end(entry, now, tokens)


def when_free(used: Sequence[tuple[float, int]], quota: Quota, tokens: int) -> float:
    """Return the moment from which a call of so many tokens has room; 0 for at once.

    `used` is the moments and tokens of the last minute's calls, in order.

    >>> when_free([(1.0, 50), (2.0, 30)], Quota(calls=2), 10), when_free([(1.0, 50)], Quota(tokens=80), 30)
    (61.0, 0.0)
    """
    free_at = 0.0
    if quota.calls and len(used) >= quota.calls:
        free_at = used[len(used) - quota.calls][0] + MINUTE
    left = sum(spent for _, spent in used)
    if quota.tokens:
        for at, spent in used:
            if left + tokens <= quota.tokens:
                break
            left -= spent
            free_at = max(free_at, at + MINUTE)
    return free_at


class Throttled(AroundSpeaker):
    """`inner` within a quota. A call waits for its turn; one that failed and is tried again takes a new one.

    So `inner` must not try again by itself. `patience` is how many seconds a call waits for its turn.
    `prepare` is awaited before a turn is taken: what is slow at a first call.
    """

    def __init__(
        self,
        inner: Speaker,
        ledger: Ledger,
        quota: Quota,
        *,
        retries: int = 0,
        patience: float = 3600.0,
        prepare: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        self.inner = inner
        self._ledger = ledger
        self._quota = quota
        self._retries = retries
        self._patience = patience
        self._prepare = prepare
        # One waiter of a loop looks for room, the others stand behind it in order.
        self._heads: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = (
            weakref.WeakKeyDictionary()
        )

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer. Raises ModelOverloaded where the quota leaves no room in time."""
        for failures in itertools.count():
            entry = await self._turn(guess_tokens(ask))
            try:
                return await self._attempt(entry, ask, hear)
            except ModelUnavailable as error:
                wait = _pause(error, failures)
                if failures >= self._retries or wait > LONGEST_RETRY_AFTER:
                    raise
                LOG.info("%s is tried again in %.1f s: %s", self.name, wait, error.message)
                await asyncio.sleep(wait)
        raise AssertionError("unreachable")

    async def _attempt(self, entry: int, ask: Ask, hear: Hear | None) -> Answer:
        used = guess_tokens(ask)
        try:
            answer = await self.inner.ask(ask, hear)
            used = answer.usage.prompt_tokens + answer.usage.completion_tokens or used
            return answer
        except ModelOverloaded:  # turned away, so nothing was written
            used -= ask.max_tokens
            raise
        finally:
            await asyncio.shield(self._ledger.settle(entry, used))

    async def _turn(self, tokens: int) -> int:
        if self._prepare is not None:
            await self._prepare()
        head = self._heads.setdefault(asyncio.get_running_loop(), asyncio.Lock())
        async with head:
            began = time.monotonic()
            while True:
                asked = time.monotonic()
                turn = await self._ledger.reserve(self.name, self._quota, tokens)
                if turn.entry is not None:
                    if time.monotonic() < asked + TRAVEL / 2:
                        return turn.entry
                    # The process stood still meanwhile: that turn is lost, for the call would come too late.
                elif time.monotonic() + turn.wait > began + self._patience:
                    raise ModelOverloaded(
                        f"The quota set for {self.name} is used up for another {turn.wait:.0f} s.",
                        model=self.name,
                        remedy="Try again then, or raise the quota.",
                        retry_after=turn.wait,
                    )
                await asyncio.sleep(min(turn.wait, LOOK))


def _pause(error: ModelUnavailable, failures: int) -> float:
    """Return the seconds before another try: what the provider asks for, else longer each time."""
    asked = getattr(error, "retry_after", None)
    if asked is not None:
        return float(asked)
    longer: float = min(8.0, 0.5 * 2**failures)
    return longer * random.uniform(0.75, 1.0)  # noqa: S311 - so that not all come at once


@dataclass(frozen=True, slots=True)
class Budget:
    """What a request may spend; 0 and None mean no bound. Money is in US dollars."""

    tokens: int = 0
    cost: Decimal | None = None


class Budgeted(Around[Model]):
    """A model for one request, within `budget`. `spent` says what was used so far."""

    def __init__(self, inner: Model, budget: Budget) -> None:
        self.inner = inner
        self._budget = budget
        self.spent = Usage()

    async def ask(self, ask: Ask) -> Answer:
        """Return the answer. Raises BudgetExceeded before a call that would go over the budget."""
        tokens = self.spent.prompt_tokens + self.spent.completion_tokens
        if self._budget.tokens and tokens + guess_tokens(ask) > self._budget.tokens:
            raise BudgetExceeded(
                f"The next call could pass the {self._budget.tokens} tokens granted; {tokens} are used.",
                remedy="Grant more tokens, or give fewer notes.",
            )
        if self._budget.cost is not None and (self.spent.cost or Decimal(0)) >= self._budget.cost:
            raise BudgetExceeded(
                f"The {self._budget.cost} US dollars granted are spent.", remedy="Grant more money."
            )
        answer = await self.inner.ask(ask)
        self.spent += answer.usage
        return answer
