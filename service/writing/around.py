"""What models have in common that stand around another one."""

from __future__ import annotations

from typing import Generic, TypeVar

from service.writing.ports import Model, Reach

Inner = TypeVar("Inner", bound=Model)


class Around(Generic[Inner]):
    """A model that passes its asks on to `inner`, under the same name and trusted as far."""

    __slots__ = ()

    inner: Inner

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.inner.name

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        return self.inner.reach
