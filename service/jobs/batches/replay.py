"""A use case played as far as the answers reach: what a provider's Batch API needs, whose answers take hours.

The use cases ask in a deterministic order and do nothing else to the outside, so one may be broken off at
an ask that has no answer yet and played again from its start when the answer is there. No process has
to hold thousands of half-finished runs for a day.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from service.jobs.durable_model import answer_from_json
from service.jobs.outcome import error_from_json
from service.llm.cache import key_of
from service.store.parked import AskState
from service.writing.ports import Answer, Ask, Message, Model, Reach, UseCase, silent

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.films import JSON

Known = Mapping[str, tuple[AskState, Mapping[str, "JSON"]]]


class Parked(BaseException):
    """The use case cannot go on before `ask` is answered. No error: nothing in it may catch this."""

    def __init__(self, key: str, ask: Ask) -> None:
        super().__init__(key)
        self.key = key
        self.ask = ask


class RecordedModel:
    """A model that knows its answers already; asked for another one, it raises Parked."""

    def __init__(self, name: str, reach: Reach, known: Known) -> None:
        self.name = name
        self.reach = reach
        self._known = known
        self._asked: Counter[str] = Counter()

    async def ask(self, ask: Ask) -> Answer:
        """Return the recorded answer, or raise the recorded error."""
        key = key_of(self.name, ask)
        self._asked[key] += 1
        if self._asked[key] > 1:  # the same words again, for another sample
            key = f"{key}-{self._asked[key]}"
        if key not in self._known:
            raise Parked(key, ask)
        state, outcome = self._known[key]
        if state is AskState.FAILED:
            raise error_from_json(outcome)
        return answer_from_json(dict(outcome))


async def play(
    use_case: UseCase, request: Mapping[str, JSON], model: RecordedModel, within: Callable[[Model], Model]
) -> Mapping[str, JSON] | Parked:
    """Play the use case in a thread of its own; return its result, or where it is parked.

    `within` bounds what one request may spend. Raises the use case's FinecutError.
    """

    def work() -> Mapping[str, JSON] | Parked:
        try:
            return asyncio.run(_played())
        except Parked as parked:
            return parked

    async def _played() -> Mapping[str, JSON]:
        return await use_case(request, model=within(model), progress=silent)

    return await asyncio.to_thread(work)


def ask_to_json(ask: Ask) -> dict[str, JSON]:
    """Return the ask as JSON."""
    return cast("dict[str, JSON]", asdict(ask))


def ask_from_json(value: Mapping[str, Any]) -> Ask:
    """Return the ask that `ask_to_json` wrote.

    >>> ask = Ask("draft", "v1", (Message("user", "Hello."),), {"type": "object"}, seed=1)
    >>> ask_from_json(ask_to_json(ask)) == ask
    True
    """
    return Ask(**{**value, "messages": tuple(Message(**m) for m in value["messages"])})
