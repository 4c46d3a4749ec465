"""Providers that fail: what was made without the model's answer must not be measured as the model's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.errors import BudgetExceeded, FinecutError, ModelMisconfigured, ModelUnavailable
from service.evaluation.item import PROVIDER_ERROR
from service.writing.around import Around
from service.writing.ports import Answer, Ask, Model

OUTAGES = (ModelUnavailable, ModelMisconfigured, BudgetExceeded)
IN_A_ROW = 5  # outages after which a provider is not asked again
NOT_ASKED = f"The provider had failed {IN_A_ROW} times in a row, so that it was not asked."


class Watched(Around[Model]):
    """A model as it is, its first outage remembered, whatever who asks makes of it."""

    def __init__(self, model: Model) -> None:
        self.inner = model
        self._outage: FinecutError | None = None

    async def ask(self, ask: Ask) -> Answer:
        """Return the model's answer. Raises what it raises."""
        try:
            return await self.inner.ask(ask)
        except OUTAGES as error:
            self._outage = self._outage or error
            raise

    def hold(self) -> None:
        """Raise the first outage, if there was one: where nobody answers the second pass goes on by rules; an
        evaluation of the model must not.
        """
        if self._outage is not None:
            raise self._outage


def gone(items: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the last IN_A_ROW items have no result because the provider failed."""
    last = items[-IN_A_ROW:]
    return len(last) == IN_A_ROW and all(item["state"] == PROVIDER_ERROR for item in last)
