"""A model whose answers come from a function, as `httpx.MockTransport` has it for responses."""

from __future__ import annotations

import json
from collections.abc import Callable

from service.films import JSON
from service.writing.ports import Answer, Ask, Reach, Usage

Handler = Callable[[Ask], "str | Answer | dict[str, JSON] | list[JSON] | Exception"]


class FakeModel:
    """Answers each ask with `handler(ask)`: text, a JSON value, a whole Answer, or an exception to raise.

    `asked` holds what it was asked, in order. A word of the prompt or the answer counts as a token.
    """

    def __init__(self, handler: Handler, *, name: str = "fake:model", reach: Reach = Reach.ARTICLE) -> None:
        self._handler = handler
        self._name = name
        self._reach = reach
        self.asked: list[Ask] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def reach(self) -> Reach:
        return self._reach

    async def ask(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        given = self._handler(ask)
        if isinstance(given, Exception):
            raise given
        if isinstance(given, Answer):
            return given
        text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
        words = sum(len(m.content.split()) for m in ask.messages)
        return Answer(text, self._name, Usage(1, words, len(text.split())))


def never(ask: Ask) -> Exception:
    """Handle no ask: for tests where the model must not be asked."""
    return AssertionError(f"the model was asked {ask.name}")
