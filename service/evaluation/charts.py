"""Distributions as inline SVG: for each group a histogram, or its single values where it has few, with the
mean and its interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import numpy as np

BINS = 40
FEW = (
    12  # values up to which each is drawn for itself: a histogram of them would show the bins, not the values
)
STEPS = 5.0  # of a scale, at most
TINY = 1e-9
WIDTH, HEIGHT = 400, 30  # user units of a row's drawing, which is stretched to its column


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a histogram, in user units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """A group's drawing: bars or single values, the mean and the bounds of its interval, as x positions."""

    name: str
    label: str
    n: int
    bars: tuple[Bar, ...]
    values: tuple[float, ...]
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A round value of the scale, its place in percent of the width, and how to write it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure's distribution in every group, on one scale."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


def chart(
    groups: Sequence[Mapping[str, Any]], values: Mapping[str, list[float]], name: str, digits: int
) -> Chart | None:
    """Return the chart of a measure; None where no group has it. Of many values, the scale leaves out the
    outermost 1%.
    """
    every = [v for group in values.values() for v in group]
    if not every:
        return None
    scale = _scale(every)
    rows = tuple(
        _row(g["name"], g["measures"][name], values[g["name"]], scale, digits)
        for g in groups
        if name in g["measures"] and values.get(g["name"])
    )
    return Chart(rows, ticks(*scale))


def ticks(least: float, most: float) -> tuple[Tick, ...]:
    """Return the round values within a scale, two to six of them: steps of 1, 2 or 5 times a power of ten.

    >>> [t.label for t in ticks(13, 100)], [t.label for t in ticks(0.0043, 0.0102)]
    (['20', '40', '60', '80', '100'], ['0.006', '0.008', '0.010'])
    """
    rough = (most - least) / STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    digits = max(0, -floor(log10(step) + TINY))
    first, last = ceil(least / step - TINY), floor(most / step + TINY)
    values = [n * step for n in range(first, last + 1)]
    return tuple(Tick(100 * (v - least) / (most - least), f"{v + 0.0:,.{digits}f}") for v in values)


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the scale: never the same, so that a single value stands in the middle."""
    ends = [0.5, 99.5] if len(values) > 100 else [0, 100]
    least, most = (float(q) for q in np.percentile(values, ends))
    if most > least:
        return least, most
    return least - 0.5, most + 0.5


def _row(
    name: str, held: Mapping[str, float], values: Sequence[float], scale: tuple[float, float], digits: int
) -> Row:
    mean, low, high = (_x(held[k], scale) for k in ("mean", "low", "high"))
    label = f"{held['mean']:,.{digits}f} [{held['low']:,.{digits}f}, {held['high']:,.{digits}f}]"
    few = len(values) <= FEW
    return Row(
        name,
        label,
        len(values),
        () if few else _bars(values, scale),
        tuple(_x(v, scale) for v in values) if few else (),
        mean,
        low,
        high,
    )


def _bars(values: Sequence[float], scale: tuple[float, float]) -> tuple[Bar, ...]:
    counts, _ = np.histogram(np.clip(values, *scale), bins=BINS, range=scale)
    width = WIDTH / BINS
    tallest = max(1, int(counts.max()))
    return tuple(
        Bar(i * width, HEIGHT * (1 - n / tallest), width, HEIGHT * n / tallest)
        for i, n in enumerate(map(int, counts))
        if n
    )


def _x(value: float, scale: tuple[float, float]) -> float:
    share = (value - scale[0]) / (scale[1] - scale[0])
    return min(1.0, max(0.0, share)) * WIDTH
