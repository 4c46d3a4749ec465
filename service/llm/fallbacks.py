"""Another model where the first is not to be had."""

from __future__ import annotations

from collections.abc import Sequence

from service.errors import ModelMisconfigured, ModelUnavailable
from service.llm.speaker import Hear, Speaker
from service.writing.ports import Answer, Ask, Reach

REACHES = (Reach.NONE, Reach.SENTENCE, Reach.ARTICLE)


class Fallbacks:
    """The first of `models` that can be had answers; the answer says which it was.

    Only what another model could mend is passed on: nobody there, too slow, too busy. A refusal, a
    bad key or a prompt that is too long is the caller's to hear of.
    """

    def __init__(self, models: Sequence[Speaker]) -> None:
        first = models[0]
        for other in models[1:]:
            if REACHES.index(other.reach) < REACHES.index(first.reach):
                raise ModelMisconfigured(
                    f"{other.name} cannot stand in for {first.name}: its reach is {other.reach}.",
                    model=other.name,
                    remedy=f"Name a fallback of reach {first.reach}.",
                )
        self._models = tuple(models)

    @property
    def name(self) -> str:
        """Return the first model's name."""
        return self._models[0].name

    @property
    def reach(self) -> Reach:
        """Return the first model's reach."""
        return self._models[0].reach

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the first answer to be had. Raises the last model's ModelUnavailable."""
        for model in self._models[:-1]:
            try:
                return await model.ask(ask, hear)
            except ModelUnavailable:
                continue
        return await self._models[-1].ask(ask, hear)

    async def aclose(self) -> None:
        """Close them all."""
        for model in self._models:
            await model.aclose()
