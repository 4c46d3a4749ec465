"""A model whose every answer is a finished step: asked once, paid once, replayed after a crash."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from dbos import DBOS

from service.errors import FinecutError
from service.jobs.outcome import error_from_json, error_to_json
from service.writing.ports import Answer, Ask, Model, Reach, Usage

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


class DurableModel:
    """Wraps a model inside a run. Its calls must come in a deterministic order."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._asked = 0

    @property
    def name(self) -> str:
        """Return the wrapped model's name."""
        return self._model.name

    @property
    def reach(self) -> Reach:
        """Return the wrapped model's reach."""
        return self._model.reach

    async def ask(self, ask: Ask) -> Answer:
        """Return the answer, from the database where this step has finished before."""
        self._asked += 1
        outcome = await DBOS.run_step_async({"name": f"{ask.name}#{self._asked}"}, self._step, ask)
        if "error" in outcome:
            raise error_from_json(outcome["error"])
        return answer_from_json(outcome["answer"])

    async def _step(self, ask: Ask) -> dict[str, Any]:
        try:
            return {"answer": answer_to_json(await self._model.ask(ask))}
        except FinecutError as error:
            return {"error": error_to_json(error)}
