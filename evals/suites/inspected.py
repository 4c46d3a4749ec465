"""Any suite as an Inspect task: the same tasks, the same work, its measures as Inspect's scores.

Traps of Inspect that this steers round: a sample that errors drops out of Inspect's means, so a task that
raises is scored as `measured` 0 instead; inside a running event loop use `eval_async`, `eval` starts its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from inspect_ai import Task as InspectTask
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from service.evaluation.item import Task, Work, done, failed

NAN = float("nan")


def inspected(name: str, tasks: Sequence[Task], work: Work, measures: Sequence[str]) -> InspectTask:
    """Return the Inspect task of a suite; `measures` are the ones it scores. Inspect asks no model."""
    samples = [Sample(input=t.id, id=t.id, metadata={"group": t.group}) for t in tasks]
    by_id = {t.id: t for t in tasks}
    return InspectTask(
        name=name,
        dataset=MemoryDataset(samples),
        solver=_solved(by_id, work),
        scorer=_scored(tuple(measures)),
    )


@solver
def _solved(tasks: dict[str, Task], work: Work) -> Solver:
    one_at_a_time = asyncio.Lock()  # the work is made for processes, not for threads

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - Inspect's signature
        async with one_at_a_time:
            task = tasks[str(state.sample_id)]
            state.metadata["item"] = await asyncio.to_thread(_item, task, work)
        return state

    return solve


def _item(task: Task, work: Work) -> dict[str, Any]:
    try:
        return done(task, work(task))
    except Exception as error:  # noqa: BLE001 - an error is an outcome here, and stays in the means
        return failed(task, error)


def _scored(measures: tuple[str, ...]) -> Scorer:
    @scorer(metrics={name: [mean()] for name in ("measured", *measures)})
    def suite() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect's signature
            item = state.metadata["item"]
            held: dict[str, str | int | float | bool | None] = {
                "measured": float(item["state"] == "measured")
            }
            held |= {name: item["measures"].get(name, NAN) for name in measures}
            return Score(value=held, explanation=item.get("error", ""))

        return score

    return suite()
