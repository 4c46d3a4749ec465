"""Distributions as inline SVG: for each group a histogram, with the mean and its interval under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

BINS = 40
WIDTH = 560  # user units of the drawing, which scales to its column
ROW, BARS, LEFT, RIGHT = 46, 28, 150, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a histogram, in user units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """A group's histogram and its mean with the bounds of the interval, as x positions."""

    name: str
    top: int
    bars: tuple[Bar, ...]
    mean: float
    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure's distribution in every group on one scale from `least` to `most`."""

    rows: tuple[Row, ...]
    least: float
    most: float
    width: int
    height: int
    left: int


def chart(
    groups: Sequence[dict[str, Any]], values: dict[str, list[float]], name: str, digits: int
) -> Chart | None:
    """Return the chart of a measure; None where no group has it. The scale leaves out the outermost 1%."""
    every = [v for group in values.values() for v in group]
    if not every:
        return None
    least, most = (float(q) for q in np.percentile(every, [0.5, 99.5]))
    if most <= least:
        least, most = least - 0.5, most + 0.5
    there = [g for g in groups if name in g["measures"] and values.get(g["name"])]
    rows = tuple(
        _row(g["name"], g["measures"][name], values[g["name"]], (least, most), top=i * ROW, digits=digits)
        for i, g in enumerate(there)
    )
    return Chart(rows, least, most, WIDTH, len(rows) * ROW + 18, LEFT)


def _row(
    name: str,
    held: dict[str, float],
    values: list[float],
    scale: tuple[float, float],
    *,
    top: int,
    digits: int,
) -> Row:
    counts, _ = np.histogram(np.clip(values, *scale), bins=BINS, range=scale)
    width = (WIDTH - LEFT - RIGHT) / BINS
    tallest = max(1, int(counts.max()))
    bars = tuple(
        Bar(LEFT + i * width, top + BARS * (1 - n / tallest), width, BARS * n / tallest)
        for i, n in enumerate(map(int, counts))
        if n
    )
    mean, low, high = (_x(held[k], scale) for k in ("mean", "low", "high"))
    text = f"{held['mean']:.{digits}f} [{held['low']:.{digits}f}, {held['high']:.{digits}f}]"
    return Row(name, top, bars, mean, low, high, text)


def _x(value: float, scale: tuple[float, float]) -> float:
    share = (value - scale[0]) / (scale[1] - scale[0])
    return LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT)
