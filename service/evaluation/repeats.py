"""Each task several times: a model does not write the same twice, so one text of it says little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from service.evaluation.item import Task

REPEAT = "repeat"
Item = dict[str, Any]


def repeated(tasks: Sequence[Task], times: int) -> list[Task]:
    """Return every task `times` times, its copies side by side, each with its number as `repeat`."""
    if times == 1:
        return list(tasks)
    return [Task(t.id, t.group, {**t.given, REPEAT: n}) for t in tasks for n in range(times)]


def seed_of(given: Mapping[str, Any]) -> int | None:
    """Return the seed for a model: the number of the repetition; None where there is but one."""
    number = given.get(REPEAT)
    return number if isinstance(number, int) else None


def merged(items: Sequence[Item], times: int) -> list[Item]:
    """Return one item a task: its measures the means over the repetitions, `repeats` how far those lie apart.

    Texts and findings are those of the first. A task that failed once has not been measured: its item is the
    failed one.
    """
    if times == 1:
        return list(items)
    return [_one(items[i : i + times]) for i in range(0, len(items), times)]


def _one(items: Sequence[Item]) -> Item:
    lost = next((item for item in items if item["state"] != "measured"), None)
    if lost is not None:
        count = sum(item["state"] == "measured" for item in items)
        return {**lost, "error": f"{lost['error']} ({count} of {len(items)} repetitions measured)"}
    measures: dict[str, float | None] = {}
    ranges: dict[str, float] = {}
    for name in dict.fromkeys(n for item in items for n in item["measures"]):
        values = [v for item in items if (v := item["measures"].get(name)) is not None]
        measures[name] = fmean(values) if values else None
        ranges[name] = max(values) - min(values) if values else 0.0
    return {**items[0], "measures": measures, "repeats": {"of": len(items), "range": ranges}}
