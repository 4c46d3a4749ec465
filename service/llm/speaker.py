"""What the models of this room have in common: they can be listened to while they answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from service.errors import ModelMisconfigured
from service.writing.around import Around
from service.writing.ports import Answer, Ask, Reach

Hear = Callable[[Ask, str], None]
"""Hears a piece of an answer as it is written; must not raise."""


class Speaker(Protocol):
    """A `Model` that writes aloud where `hear` is given, and that can be closed."""

    @property
    def name(self) -> str:
        """Return the model's name."""
        ...

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        ...

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer. Raises a ModelError."""
        ...

    async def aclose(self) -> None:
        """Let go of connections and of a model held in memory."""
        ...


class AroundSpeaker(Around[Speaker]):
    """A speaker around another, which it closes."""

    __slots__ = ()

    async def aclose(self) -> None:
        """Close the model behind."""
        await self.inner.aclose()


@dataclass(frozen=True, slots=True)
class Listening(AroundSpeaker):
    """`inner`, every answer of which is heard as it grows."""

    inner: Speaker
    hear: Hear

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer, having said its pieces aloud."""
        return await self.inner.ask(ask, hear or self.hear)


@dataclass(frozen=True, slots=True)
class NoModel:
    """The model `none`: it never answers."""

    name: str = "none"
    reach: Reach = Reach.NONE

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:  # noqa: ARG002 - the port's form
        """Raise ModelMisconfigured: whoever asks should have looked at `reach`."""
        raise ModelMisconfigured(
            f"No model is configured, so {ask.name} cannot be asked.",
            model=self.name,
            remedy="Set FINECUT_MODEL.",
        )

    async def aclose(self) -> None:
        """Hold nothing, so close nothing."""
