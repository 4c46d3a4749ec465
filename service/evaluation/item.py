"""What a suite works on, and what comes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from service.errors import BudgetExceeded, ModelError
from service.films import JSON

VERSION = "finecut-eval/3"
PROVIDER_ERROR = "provider_error"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to measure: its id in the set, its group, and the input as JSON."""

    id: str
    group: str
    given: Mapping[str, JSON] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> str:
        """Return the hash of everything that the outcome depends on, the measures' version included."""
        held = json.dumps([VERSION, self.id, self.group, dict(self.given)], sort_keys=True)
        return hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest()[:32]


Work = Callable[[Task], dict[str, Any]]
"""Measures a task: returns `measures` and whatever else the report shows. May raise."""


def done(task: Task, outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return the item of a task that was measured."""
    return {"id": task.id, "group": task.group, "key": task.key, "state": "measured", **outcome}


def failed(task: Task, error: BaseException) -> dict[str, Any]:
    """Return the item of a task that could not be measured: it is counted, and is in no mean. That a model's
    provider failed is a state of its own.
    """
    provider = isinstance(error, ModelError | BudgetExceeded)
    return {
        "id": task.id,
        "group": task.group,
        "key": task.key,
        "state": PROVIDER_ERROR if provider else "failed",
        "error": f"{type(error).__name__}: {error}",
        "measures": {},
    }


def unique(tasks: Iterable[Task]) -> list[Task]:
    """Return the tasks with a number after each id that is there already."""
    seen: set[str] = set()
    out = []
    for task in tasks:
        name, number = task.id, 1
        while name in seen:
            number += 1
            name = f"{task.id} ({number})"
        seen.add(name)
        out.append(task if name == task.id else Task(name, task.group, task.given))
    return out
