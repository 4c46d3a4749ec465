"""The gates in the order in which they are asked, and `decide`, which asks them all."""

from __future__ import annotations

from service.gates import (
    contradiction,
    fact_invented,
    fact_lost,
    language,
    length,
    markup,
    protected,
    repetition,
)
from service.gates.gate import Change, Decision, Gate

GATES: tuple[Gate, ...] = (
    length.GATE,
    language.GATE,
    markup.GATE,
    protected.GATE,
    fact_lost.GATE,
    fact_invented.GATE,
    contradiction.GATE,
    repetition.GATE,
)


def decide(change: Change, *, first: bool = False) -> tuple[Decision, ...]:
    """Return every gate's decision on `change`; with `first` only up to the first refusal."""
    decisions = []
    for gate in GATES:
        decisions.append(gate(change))
        if first and not decisions[-1].accepted:
            break
    return tuple(decisions)
