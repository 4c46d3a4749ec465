"""What tokens cost: a table that comes with the program and one of the user's own over it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from service.errors import ModelMisconfigured
from service.llm.config import Price
from service.llm.speaker import AroundSpeaker, Hear, Speaker
from service.writing.ports import Answer, Ask, Usage

SHIPPED = Path(__file__).with_name("prices.toml")
MILLION = Decimal(1_000_000)


def load_prices(own: Path | None = None) -> Mapping[str, Price]:
    """Return the price table, the entries of `own` over the shipped ones.

    Raises ModelMisconfigured where `own` does not read.
    """
    table = _read(SHIPPED)
    return table | _read(own) if own else table


def _read(path: Path) -> dict[str, Price]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["prices"]
        return {
            name: Price(Decimal(prompt), Decimal(completion)) for name, (prompt, completion) in rows.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ModelMisconfigured(
            f"The price table {path} does not read: {error}.",
            remedy='It must be TOML such as: [prices] and then "openai:my-model" = [1.5, 6].',
        ) from error


def price_of(name: str, prices: Mapping[str, Price]) -> Price | None:
    """Return the price of the longest entry that `name` equals or begins with (before a `-`), or None.

    >>> price_of("openai:gpt-4o-2024-11-20", load_prices()).prompt
    Decimal('2.5')
    """
    fitting = [n for n in prices if name == n or name.startswith(f"{n}-")]
    return prices[max(fitting, key=len)] if fitting else None


def cost_of(usage: Usage, price: Price | None) -> Decimal | None:
    """Return the cost of `usage` in US dollars, None where no price is known."""
    if price is None:
        return None
    return (usage.prompt_tokens * price.prompt + usage.completion_tokens * price.completion) / MILLION


@dataclass(frozen=True, slots=True)
class Priced(AroundSpeaker):
    """`inner`, with what each answer cost."""

    inner: Speaker
    price: Price | None

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer with its cost."""
        answer = await self.inner.ask(ask, hear)
        return replace(answer, usage=replace(answer.usage, cost=cost_of(answer.usage, self.price)))
