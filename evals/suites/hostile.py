"""`hostile`: how many lying edits the gates let through, and how many faithful ones they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evals.hostile.paraphrases import Paraphrase, load, refusal
from evals.hostile.run import judged
from evals.hostile.texts import Text, own
from service.evaluation.item import Task

PROPOSALS, FAITHFUL = "proposals", "faithful"


def tasks(_: Path | None = None) -> list[Task]:
    """Return one task a text that hostile edits are made of, and one a faithful paraphrase."""
    texts = [Task(name, PROPOSALS, {"source": t.document.source}) for name, t in _texts().items()]
    same = [
        Task(f"faithful {i}", FAITHFUL, {"number": i, "before": p.before, "after": p.after})
        for i, p in enumerate(_paraphrases())
    ]
    return texts + same


def work(task: Task) -> dict[str, Any]:
    """Return the share of a text's hostile edits that are accepted, or whether a paraphrase is refused."""
    if task.group == FAITHFUL:
        reason = refusal(_paraphrases()[int(str(task.given["number"]))])
        return {
            "measures": {"refused": float(bool(reason))},
            "source": task.given["before"],
            "reason": reason,
        }
    outcomes = list(judged([_texts()[task.id]]))
    through = [o for o in outcomes if o.accepted]
    return {
        "measures": {"accepted": len(through) / len(outcomes) if outcomes else None},
        "source": task.given["source"],
        "proposals": len(outcomes),
        "through": [{"kind": o.kind, "before": o.edit.before, "after": o.edit.after} for o in through],
    }


@cache
def _texts() -> Mapping[str, Text]:
    return {text.name: text for text in own()}


@cache
def _paraphrases() -> tuple[Paraphrase, ...]:
    return load()
