"""Asking the model while a draft is written: what it cost and which prompts were used is kept count of."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.errors import ContextTooLong, ModelOutputInvalid, ModelRefused
from service.writing.around import Around
from service.writing.ports import Answer, Ask, Model, PromptLibrary, Usage
from service.writing.prompts import I, O, Prompt

GIVEN_UP = (ContextTooLong, ModelOutputInvalid, ModelRefused)


class Counting(Around[Model]):
    """A model that keeps count of what its answers cost, those that led to nothing among them."""

    def __init__(self, inner: Model) -> None:
        self.inner = inner
        self.usage = Usage()
        self.answered_by = inner.name

    async def ask(self, ask: Ask) -> Answer:
        """Return the answer, its cost counted."""
        answer = await self.inner.ask(ask)
        self.usage += answer.usage
        self.answered_by = answer.model
        return answer


@dataclass(slots=True)
class Asking:
    """The model, its prompts and the seed of one draft; `versions` and `failures` fill as it is asked."""

    model: Counting
    prompts: PromptLibrary
    seed: int | None = None
    versions: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    async def ask(self, prompt: Prompt[I, O], inputs: I, *, about: str) -> O | None:
        """Return the answer, or None where the model gave none that can be used.

        A model that cannot be reached, paid or set up is the caller's to hear of: that is raised.
        """
        try:
            reply = await prompt.ask(inputs, model=self.model, prompts=self.prompts, seed=self.seed)
        except GIVEN_UP as error:
            self.failures[about] = error.message
            return None
        self.versions[prompt.name] = reply.version
        return reply.value
