"""A model whose calls are charged to somebody's purse."""

from __future__ import annotations

import asyncio

from service.llm.quota import guess_tokens
from service.writing.around import Around
from service.writing.ports import Answer, Ask, Model, Usage
from service.writing.spending import Purse


class Charged(Around[Model]):
    """`inner`, its calls paid from `purse`.

    A call that could use more tokens than are left is not made. A call that fails, or is answered from the
    cache, costs nothing.
    """

    def __init__(self, inner: Model, purse: Purse) -> None:
        self.inner = inner
        self._purse = purse

    async def ask(self, ask: Ask) -> Answer:
        """Return the answer. Raises BudgetExceeded before a call that the purse has no room for."""
        held = await self._purse.hold(guess_tokens(ask))
        usage = Usage()
        try:
            answer = await self.inner.ask(ask)
            usage = answer.usage
            return answer
        finally:
            await asyncio.shield(self._purse.settle(held, usage))
