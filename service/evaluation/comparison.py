"""Two runs, item by item: the gain of each measure with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import InputError
from service.evaluation.measures import Better, Measure, is_judges, measure_named
from service.evaluation.results import Results, judge_fault
from service.evaluation.statistics import intervals

MOST_CHANGED = 10
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in A and B over the items that both have: means, the mean difference B - A with its 95%
    interval (paired bootstrap), and in how many items B is better, equal, worse.

    Of a measure with no better way `wins` counts higher, `losses` lower.
    """

    measure: Measure
    n: int
    before: float
    after: float
    change: float
    low: float
    high: float
    wins: int
    ties: int
    losses: int

    @property
    def verdict(self) -> str:
        """Return better, worse or different where the interval leaves zero out, else `no difference`."""
        if self.low <= 0 <= self.high:
            return "no difference"
        if self.measure.better is Better.NEITHER:
            return "different"
        return "better" if self.change * self.measure.better > 0 else "worse"


@dataclass(frozen=True, slots=True)
class Moved:
    """An item with a measure of it in A and B."""

    id: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """Return B - A."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """B against A: the differences, the items that changed most by the leading measure, what has no pair, and
    what a reader must know besides.
    """

    differences: tuple[Difference, ...]
    leading: str
    moved: tuple[Moved, ...]
    paired: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def compare(a: Results, b: Results, *, leading: str = "") -> Comparison:
    """Return B against A. Items pair by id; what failed in either has no pair.

    What a judge says is left out where it does not count in either run. `leading` names the measure that
    orders the items that changed most (by default the first of the report's order that both have). Raises
    InputError where no item is in both, or none has that measure.
    """
    before, after = _measured(a), _measured(b)
    both = [i for i in before if i in after]
    if not both:
        raise InputError(
            "The two runs share no measured item.",
            remedy="Compare runs of the same articles (items pair by id).",
        )
    faults = tuple(
        f"{name}: {fault}" for name, run in (("before", a), ("after", b)) if (fault := judge_fault(run))
    )
    order = [n for n in _order(a, b) if not (faults and is_judges(n))]
    names = [n for n in order if any(_pair(before[i], after[i], n) for i in both)]
    differences = _differences(names, [(before[i], after[i]) for i in both])
    leading = leading or names[0]
    if leading not in names:
        raise InputError(f"The runs have no measure {leading!r}.", remedy=f"There are: {', '.join(names)}.")
    pairs = ((i, _pair(before[i], after[i], leading)) for i in both)
    moved = sorted((Moved(i, *p) for i, p in pairs if p), key=lambda m: (-abs(m.change), m.id))
    changed = tuple(m for m in moved[:MOST_CHANGED] if abs(m.change) > SAME)
    return Comparison(
        differences,
        leading,
        changed,
        len(both),
        tuple(i for i in before if i not in after),
        tuple(i for i in after if i not in before),
        faults,
    )


def _measured(results: Results) -> dict[str, Mapping[str, Any]]:
    return {str(i["id"]): i["measures"] for i in results["items"] if i["state"] == "measured"}


def _order(a: Results, b: Results) -> list[str]:
    there = [name for r in (a, b) for g in r["groups"] for name in g["measures"]]
    return list(dict.fromkeys(there))


def _pair(a: Mapping[str, Any], b: Mapping[str, Any], name: str) -> tuple[float, float] | None:
    """Return both values; a part of the score that a text does not have costs it nothing."""
    absent = 0.0 if name.startswith("part_") else None
    one, other = a.get(name, absent), b.get(name, absent)
    return None if one is None or other is None else (float(one), float(other))


def _differences(
    names: list[str], pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> tuple[Difference, ...]:
    table = [[_pair(a, b, n) for n in names] for a, b in pairs]
    changes = intervals([[None if p is None else p[1] - p[0] for p in row] for row in table])
    out = []
    for column, (name, change) in enumerate(zip(names, changes, strict=True)):
        if change is None:
            continue
        known = [p for row in table if (p := row[column]) is not None]
        measure = measure_named(name)
        way = measure.better or Better.HIGHER
        gains = [(after - before) * way for before, after in known]
        wins, losses = sum(g > SAME for g in gains), sum(g < -SAME for g in gains)
        n = len(known)
        out.append(
            Difference(
                measure, n, sum(p[0] for p in known) / n, sum(p[1] for p in known) / n,
                change.mean, change.low, change.high, wins, n - wins - losses, losses,
            )
        )  # fmt: skip
    return tuple(out)
