"""Two runs, item by item: the gain of each measure with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import InputError
from service.evaluation.measures import Better, Measure, is_judges, is_part, measure_named
from service.evaluation.results import Results, judge_fault
from service.evaluation.statistics import CONFIDENCE, Interval, holm, intervals, sign_flip

MOST_CHANGED = 10
SAME = 1e-9
TEXTS = {"articles", "edits"}  # suites of the same items, before and after


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in A and B over the items that both have: means, the mean difference B - A with its 95%
    interval (paired bootstrap), and in how many items B is better, equal, worse.

    `chance` is that of a mean difference as large, were there none (randomisation test), corrected for the
    number of measures held against each other (Holm); None of a measure that only describes. Of one with no
    better way `wins` counts higher, `losses` lower.
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
    chance: float | None = None

    @property
    def verdict(self) -> str:
        """Return `better` or `worse` where the chance is small, with `perhaps` where only the interval leaves
        zero out, else `no difference`; of what only describes, `different`.
        """
        outside = not self.low <= 0 <= self.high
        if self.chance is None:
            return "different" if outside else "no difference"
        sure = self.chance < 1 - CONFIDENCE
        if not (sure or outside):
            return "no difference"
        way = "better" if self.change * self.measure.better > 0 else "worse"
        return way if sure else f"perhaps {way}"


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

    @property
    def summary(self) -> str:
        """Return how many measures were held against each other, and which are better and worse."""
        judged = [d for d in self.differences if d.chance is not None]
        count = "1 measure" if len(judged) == 1 else f"{len(judged)} measures"
        said = [f"{count} compared, all but {self.leading} corrected for their number"]
        for verdict in ("better", "worse", "perhaps better", "perhaps worse"):
            named = [d.measure.name for d in judged if d.verdict == verdict]
            if named or verdict == "worse":
                said.append(f"{verdict}: {', '.join(named) or 'none'}")
        return "; ".join(said) + "."


def compare(a: Results, b: Results, *, leading: str = "") -> Comparison:
    """Return B against A. Items pair by id; what failed in either has no pair.

    What a judge says is left out where it does not count in either run. `leading` names the measure that
    orders the items that changed most (by default the first of the report's order that both have); it is
    taken as chosen beforehand and not corrected for the number of the others. Raises InputError where no item
    is in both, none has that measure, or the runs are of two versions.
    """
    if a["format"] != b["format"]:
        raise InputError(
            f"The runs are of {a['format']} and of {b['format']}, whose measures differ.",
            remedy="Run the older one again.",
        )
    before, after = _measured(a), _measured(b)
    both = [i for i in before if i in after]
    if not both:
        raise InputError(
            f"The two runs, of {a['suite']} and of {b['suite']}, share no measured item.",
            remedy="Compare runs of the same articles (items pair by id).",
        )
    faults = tuple(
        f"{name}: {fault} Its grades are left out."
        for name, run in (("before", a), ("after", b))
        if (fault := judge_fault(run))
    )
    order = [n for n in _order(a, b) if not (faults and is_judges(n))]
    names = [n for n in order if any(_pair(before[i], after[i], n) for i in both)]
    leading = leading or names[0]
    if leading not in names:
        raise InputError(f"The runs have no measure {leading!r}.", remedy=f"There are: {', '.join(names)}.")
    differences = _differences(names, [(before[i], after[i]) for i in both], leading)
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
        (*_unlike(a, b), *faults),
    )


def _unlike(a: Results, b: Results) -> tuple[str, ...]:
    """Return that runs of two suites are compared, where nobody would mean to."""
    suites = (a["suite"], b["suite"])
    if suites[0] == suites[1] or set(suites) == TEXTS:
        return ()
    return (f"Before is a run of {suites[0]}, after one of {suites[1]}.",)


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
    names: list[str], pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]], leading: str
) -> tuple[Difference, ...]:
    table = [[_pair(a, b, n) for n in names] for a, b in pairs]
    rows = [[None if p is None else p[1] - p[0] for p in row] for row in table]
    chances = _corrected(dict(zip(names, sign_flip(rows), strict=True)), leading)
    return tuple(
        _difference(name, change, [p for row in table if (p := row[column]) is not None], chances.get(name))
        for column, (name, change) in enumerate(zip(names, intervals(rows), strict=True))
        if change is not None
    )


def _difference(
    name: str, change: Interval, pairs: list[tuple[float, float]], chance: float | None
) -> Difference:
    measure, n = measure_named(name), len(pairs)
    way = measure.better or Better.HIGHER
    gains = [(after - before) * way for before, after in pairs]
    wins, losses = sum(g > SAME for g in gains), sum(g < -SAME for g in gains)
    return Difference(
        measure, n, sum(p[0] for p in pairs) / n, sum(p[1] for p in pairs) / n,
        change.mean, change.low, change.high, wins, n - wins - losses, losses, chance,
    )  # fmt: skip


def _corrected(chances: Mapping[str, float | None], leading: str) -> dict[str, float]:
    """Return the chances of what can be better or worse, all but the leading one's corrected for their
    number.
    """
    judged = {
        name: chance
        for name, chance in chances.items()
        if chance is not None and measure_named(name).better and not is_part(name)
    }
    others = {name: chance for name, chance in judged.items() if name != leading}
    return judged | dict(zip(others, holm([*others.values()]), strict=True))
