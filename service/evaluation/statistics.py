"""Means with bootstrap intervals, and tests of paired differences; the same seed gives the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 7
CONFIDENCE = 0.95
FLIPS = 9_999
TINY = 1e-9
FLIPPED = 1_000_000  # signs at a time
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean of `n` values with the bounds of its 95% interval (percentile bootstrap)."""

    n: int
    mean: float
    low: float
    high: float


def intervals(rows: Sequence[Sequence[float | None]]) -> list[Interval | None]:
    """Return the mean and interval of each column; None where a column holds no value.

    Whole rows are drawn, so that the columns' intervals belong to the same resamples. A missing value counts
    for nothing: it is neither zero nor in the number of values. A column of one value has no width.
    """
    if not rows:
        return []
    table = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=np.float64)
    known = ~np.isnan(table)
    held = np.where(known, table, 0.0)
    weights = _weights(len(rows))
    counts = weights @ known
    sums = weights @ held
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(counts > 0, sums / counts, np.nan)
    return [_interval(held[:, i], known[:, i], means[:, i]) for i in range(table.shape[1])]


def mean_interval(values: Sequence[float]) -> Interval | None:
    """Return the mean of `values` and its interval; None for none."""
    return intervals([[v] for v in values])[0] if values else None


def _weights(n: int) -> Numbers:
    """Return RESAMPLES rows: how often each of `n` items is drawn in a resample."""
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return drawn.astype(np.float64)


def _interval(values: Numbers, known: NDArray[np.bool_], means: Numbers) -> Interval | None:
    n = int(known.sum())
    if n == 0:
        return None
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.nanpercentile(means, [tail, 100 - tail])
    return Interval(n, float(values[known].mean()), float(low), float(high))


def sign_flip(rows: Sequence[Sequence[float | None]]) -> list[float | None]:
    """Return for each column of paired differences the chance of a mean as far from zero, were each as likely
    with the other sign (Fisher's randomisation test, two-sided, FLIPS draws); None where it holds no value.

    Of 5 pairs or fewer none is under 0.06.
    """
    if not rows:
        return []
    table = np.array([[0.0 if v is None else v for v in row] for row in rows], dtype=np.float64)
    known = [any(row[i] is not None for row in rows) for i in range(table.shape[1])]
    found = np.abs(table.sum(axis=0))
    as_far = np.ones(table.shape[1])  # what was found is one of the draws
    draw = np.random.default_rng(SEED)
    left = FLIPS
    while left:
        count = min(left, max(1, FLIPPED // len(table)))
        signs = draw.integers(0, 2, size=(count, len(table))) * 2.0 - 1.0
        as_far += (np.abs(signs @ table) >= found * (1 - TINY)).sum(axis=0)
        left -= count
    return [float(p) if there else None for p, there in zip(as_far / (FLIPS + 1), known, strict=True)]


def holm(chances: Sequence[float]) -> list[float]:
    """Return the chances corrected for their number (Holm 1979): where each under 0.05 is called a
    difference, the chance that any of the calls is false is at most 0.05.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    out = [0.0] * len(chances)
    most = 0.0
    for rank, i in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        most = max(most, min(1.0, (len(chances) - rank) * chances[i]))
        out[i] = most
    return out


def quantiles(values: Sequence[float]) -> tuple[float, ...]:
    """Return minimum, quartiles and maximum. Raises ValueError for no values."""
    if not values:
        raise ValueError("There are no quantiles of no values.")
    return tuple(float(q) for q in np.percentile(np.asarray(values, dtype=np.float64), [0, 25, 50, 75, 100]))
