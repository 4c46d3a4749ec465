"""Limits: so many calls and tokens a minute for a model, so many tokens and dollars for a request."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

from service.errors import BudgetExceeded, ModelOverloaded
from service.llm.speaker import Hear, Speaker
from service.writing.ports import Answer, Ask, Model, Reach, Usage

MINUTE = 60.0
CHARACTERS_A_TOKEN = 3  # a cautious guess, so that no tokenizer has to be downloaded


def guess_tokens(ask: Ask) -> int:
    """Return about how many tokens `ask` will use with its answer, rather too many than too few."""
    return sum(len(m.content) for m in ask.messages) // CHARACTERS_A_TOKEN + ask.max_tokens


class Window:
    """What was used within the last minute. Shared by threads and event loops."""

    def __init__(self, calls: int, tokens: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._tokens = tokens
        self._clock = clock
        self._used: deque[tuple[float, int]] = deque()
        self._lock = Lock()

    def reserve(self, tokens: int) -> float:
        """Enter a call of so many tokens and return 0, or return the seconds until there is room.

        A call larger than the whole quota is let through when nothing else is in the window.
        """
        with self._lock:
            now = self._clock()
            while self._used and self._used[0][0] <= now - MINUTE:
                self._used.popleft()
            wait = self._wait(now, tokens)
            if wait == 0:
                self._used.append((now, tokens))
            return wait

    def _wait(self, now: float, tokens: int) -> float:
        free_at = 0.0
        if self._calls and len(self._used) >= self._calls:
            free_at = self._used[len(self._used) - self._calls][0] + MINUTE
        used = sum(t for _, t in self._used)
        if self._tokens and self._used and used + tokens > self._tokens:
            for at, spent in self._used:
                used -= spent
                free_at = max(free_at, at + MINUTE)
                if used + tokens <= self._tokens:
                    break
        return max(0.0, free_at - now)


class Throttled:
    """`inner` within a quota: a call waits for its turn, at most `patience` seconds."""

    def __init__(self, inner: Speaker, window: Window, *, patience: float) -> None:
        self._inner = inner
        self._window = window
        self._patience = patience

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._inner.name

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        return self._inner.reach

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer. Raises ModelOverloaded where the quota leaves no room in time."""
        tokens, waited = guess_tokens(ask), 0.0
        while wait := self._window.reserve(tokens):
            if waited + wait > self._patience:
                raise ModelOverloaded(
                    f"The quota set for {self.name} is used up for another {wait:.0f} s.",
                    model=self.name,
                    remedy="Try again then, or raise the quota.",
                    retry_after=wait,
                )
            waited += wait
            await asyncio.sleep(wait)
        return await self._inner.ask(ask, hear)

    async def aclose(self) -> None:
        """Close the model behind."""
        await self._inner.aclose()


@dataclass(frozen=True, slots=True)
class Budget:
    """What a request may spend; 0 and None mean no bound. Money is in US dollars."""

    tokens: int = 0
    cost: Decimal | None = None


class Budgeted:
    """A model for one request, within `budget`. `spent` says what was used so far."""

    def __init__(self, inner: Model, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget
        self.spent = Usage()

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._inner.name

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        return self._inner.reach

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
        answer = await self._inner.ask(ask)
        self.spent += answer.usage
        return answer
