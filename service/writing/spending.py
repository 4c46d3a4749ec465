"""What a caller may spend on models in a month, and who keeps account of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

from service.writing.ports import Usage


@dataclass(frozen=True, slots=True)
class Held:
    """Tokens set aside for a call until it has ended, and the month (`2026-11`) that they count for."""

    month: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a month's budget, in tokens and in US dollars; None where there is no bound."""

    tokens: int | None = None
    usd: Decimal | None = None

    def covers(self, tokens: int, usd: Decimal) -> bool:
        """Return whether so much may be spent of it.

        >>> Left(tokens=100).covers(100, Decimal(5)), Left(usd=Decimal(1)).covers(1, Decimal(2))
        (True, False)
        """
        return (self.tokens is None or tokens <= self.tokens) and (self.usd is None or usd <= self.usd)


class Purse(Protocol):
    """One caller's money. It may be shared by many processes: `service.store` keeps it in the database."""

    async def hold(self, tokens: int) -> Held:
        """Set tokens aside for a call. Raises BudgetExceeded where the month's budget has no room."""
        ...

    async def settle(self, held: Held, usage: Usage) -> None:
        """Put what the call used in place of what was set aside."""
        ...


def month_of(moment: datetime) -> str:
    """Return the calendar month (UTC) that a moment counts for.

    >>> month_of(datetime(2026, 11, 24, tzinfo=UTC))
    '2026-11'
    """
    return f"{moment.astimezone(UTC):%Y-%m}"
