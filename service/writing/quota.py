"""The calls that a model may be asked within a minute, and who keeps account of them.

One ledger may serve many processes: `service.llm` keeps one in memory, `service.store` one in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

MINUTE = 60.0
TRAVEL = 3.0  # seconds within which a call that was let through has come to the provider


@dataclass(frozen=True, slots=True)
class Quota:
    """What a model may be asked within any 60 seconds; 0 is no bound."""

    calls: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """Leave to call now, entered under a number; or None, and the seconds until there may be room."""

    entry: int | None
    wait: float = 0.0


class Ledger(Protocol):
    """The calls of the last minute, by model.

    A call counts from the last moment at which it can have come to the provider: TRAVEL seconds after it
    was let through, or its end, if that was earlier.
    """

    async def reserve(self, model: str, quota: Quota, tokens: int) -> Turn:
        """Enter a call of so many tokens where there is room.

        A call larger than the whole quota has room when nothing else is in the window.
        """
        ...

    async def settle(self, entry: int, tokens: int) -> None:
        """Say that the call has ended, and what it used."""
        ...
