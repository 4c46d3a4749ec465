"""How far a judge agrees with people: rank correlation and weighted kappa, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.evaluation.statistics import CONFIDENCE, RESAMPLES, SEED, Numbers

GRADES = (1, 2, 3, 4, 5)
CELLS = 4_000_000  # compared at a time
TINY = 1e-12
FEWEST = 5  # pairs under which nothing is said


@dataclass(frozen=True, slots=True)
class Agreement:
    """Spearman's rho and quadratically weighted kappa over `n` texts, each with its 95% interval (percentile
    bootstrap over the texts). None where it is not defined: one of both gave every text the same grade.
    """

    n: int
    spearman: float | None
    spearman_low: float | None
    spearman_high: float | None
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None


def agreement(given: Sequence[float], expected: Sequence[float]) -> Agreement:
    """Return the agreement of grades given (means over seeds) with those expected (whole numbers).

    For kappa the grades given are rounded. Under FEWEST pairs nothing is defined.
    """
    a, b = np.asarray(given, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    n = len(a)
    if n < FEWEST:
        return Agreement(n, None, None, None, None, None, None)
    drawn = np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))
    rho, kappa = spearman(a[None], b[None]), weighted_kappa(a[None], b[None])
    rhos, kappas = spearman(a[drawn], b[drawn]), weighted_kappa(a[drawn], b[drawn])
    return Agreement(n, *_bounded(rho[0], rhos), *_bounded(kappa[0], kappas))


def spearman(a: Numbers, b: Numbers) -> Numbers:
    """Return for each row the correlation of the ranks, ties at their mean rank; NaN where all are tied."""
    x, y = _ranks(a), _ranks(b)
    x, y = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    size = np.sqrt((x * x).sum(axis=1) * (y * y).sum(axis=1))
    return _divided((x * y).sum(axis=1), size)


def weighted_kappa(a: Numbers, b: Numbers) -> Numbers:
    """Return for each row Cohen's kappa with quadratic weights (1968) over the grades 1 to 5; NaN where both
    gave everything one grade.
    """
    x, y = (np.clip(np.rint(v), GRADES[0], GRADES[-1]) for v in (a, b))
    apart = ((x - y) ** 2).mean(axis=1)
    by_chance = (x * x).mean(axis=1) + (y * y).mean(axis=1) - 2 * x.mean(axis=1) * y.mean(axis=1)
    return 1 - _divided(apart, by_chance)


def _ranks(rows: Numbers) -> Numbers:
    out = np.empty_like(rows)
    step = max(1, CELLS // rows.shape[1] ** 2)
    for i in range(0, len(rows), step):
        part = rows[i : i + step]
        below = (part[:, None, :] < part[:, :, None]).sum(axis=2)
        equal = (part[:, None, :] == part[:, :, None]).sum(axis=2)
        out[i : i + step] = below + (equal + 1) / 2
    return out


def _divided(a: Numbers, b: Numbers) -> Numbers:
    out: Numbers = np.full(len(a), np.nan)
    np.divide(a, b, out=out, where=b > TINY)
    return out


def _bounded(value: float, resampled: Numbers) -> tuple[float | None, float | None, float | None]:
    if np.isnan(value):
        return None, None, None
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.nanpercentile(resampled, [tail, 100 - tail])
    return float(value), float(low), float(high)
