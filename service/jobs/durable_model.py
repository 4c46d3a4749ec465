"""A model whose every answer is a finished step: asked once, paid once, replayed after a crash."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from dbos import DBOS

from service.errors import FinecutError
from service.jobs.outcome import error_from_json, error_to_json
from service.jobs.work_loop import elsewhere
from service.writing.around import Around
from service.writing.ports import Answer, Ask, Model, Usage

if TYPE_CHECKING:
    from service.films import JSON


def answer_to_json(answer: Answer) -> dict[str, JSON]:
    """Return the answer as JSON; its cost as a decimal string."""
    value = asdict(answer)
    cost = answer.usage.cost
    value["usage"]["cost"] = None if cost is None else str(cost)
    return cast("dict[str, JSON]", value)


def answer_from_json(value: dict[str, Any]) -> Answer:
    """Return the answer that `answer_to_json` wrote."""
    usage = dict(value["usage"])
    usage["cost"] = None if usage["cost"] is None else Decimal(usage["cost"])
    return Answer(**{**value, "usage": Usage(**usage)})


class DurableModel(Around[Model]):
    """Wraps a model inside a run. Its calls must come in a deterministic order.

    They are made and recorded on `calls_on`, where that is given: an answer that has come must not wait,
    unrecorded, until other runs are done computing, for it is paid again where the process dies meanwhile.
    `spent` is what the answers have cost so far.
    """

    def __init__(self, model: Model, calls_on: asyncio.AbstractEventLoop | None = None) -> None:
        self.inner = model
        self._calls_on = calls_on
        self._asked = 0
        self.spent = Usage()

    async def ask(self, ask: Ask) -> Answer:
        """Return the answer, from the database where this step has finished before."""
        self._asked += 1
        step = DBOS.run_step_async({"name": f"{ask.name}#{self._asked}"}, self._step, ask)
        outcome = await (step if self._calls_on is None else elsewhere(self._calls_on, step))
        if "error" in outcome:
            raise error_from_json(outcome["error"])
        answer = answer_from_json(outcome["answer"])
        self.spent += answer.usage
        return answer

    async def _step(self, ask: Ask) -> dict[str, Any]:
        try:
            return {"answer": answer_to_json(await self.inner.ask(ask))}
        except FinecutError as error:
            return {"error": error_to_json(error)}
