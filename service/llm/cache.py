"""An exact-match cache: the same ask of the same model is answered from memory, at no cost."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import asdict, replace
from threading import Lock

from service.llm.speaker import AroundSpeaker, Hear, Speaker
from service.writing.ports import Answer, Ask, Usage


def key_of(model: str, ask: Ask) -> str:
    """Return the key under which an answer to `ask` is kept: everything that could change it."""
    return hashlib.sha256(json.dumps([model, asdict(ask)], sort_keys=True, default=dict).encode()).hexdigest()


class Cached(AroundSpeaker):
    """`inner` with a cache of the `size` answers used last.

    Only what the caller expects to be repeatable is kept: temperature 0, or a seed. A truncated or
    a tool-calling answer is not.
    """

    def __init__(self, inner: Speaker, size: int) -> None:
        self.inner = inner
        self._size = size
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer kept, with no usage, or a new one."""
        if ask.temperature > 0 and ask.seed is None:
            return await self.inner.ask(ask, hear)
        key = key_of(self.name, ask)
        kept = self._kept(key)
        if kept is not None:
            if hear is not None:
                hear(ask, kept.text)
            return kept
        answer = await self.inner.ask(ask, hear)
        if answer.finish_reason == "stop":
            self._keep(key, replace(answer, usage=Usage()))
        return answer

    def _kept(self, key: str) -> Answer | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def _keep(self, key: str, answer: Answer) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
