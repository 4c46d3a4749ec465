"""A judge over the items of a run: first the labelled texts, then the articles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from service.evaluation.agreement import Agreement, agreement
from service.evaluation.item import Task
from service.evaluation.judge import (
    CRITERIA,
    Judged,
    Keep,
    Opinion,
    Told,
    agreement_json,
    forget,
    opinions,
    verdict,
    verdict_json,
)
from service.evaluation.labels import Labelled
from service.evaluation.run import whole_lines
from service.films import JSON
from service.writing.ports import Model, PromptLibrary

OPINIONS = "judge.jsonl"
OVERALL = "overall"
Item = Mapping[str, Any]


async def judge_items(
    items: Sequence[Item],
    tasks: Sequence[Task],
    labelled: Sequence[Labelled],
    *,
    model: Model,
    prompts: PromptLibrary,
    seeds: int,
    at_once: int = 1,
    folder: Path | None = None,
    told: Told = lambda _done, _of: None,
) -> tuple[list[dict[str, Any]], dict[str, JSON]]:
    """Return the items with the judge's measures, and what is known of the judge.

    `tasks` are the items' own, in the same order: notes and film titles stand there. An item that was not
    measured is not judged. A judge that fails leaves the items' states as they are. Judgements are kept in
    `folder` and not asked for again.
    """
    known = [text.subject for text in labelled]
    asked = {i: _subject(item, task) for i, (item, task) in enumerate(zip(items, tasks, strict=True))}
    subjects = {i: s for i, s in asked.items() if s is not None}
    file = None if folder is None else folder / OPINIONS
    every = await opinions(
        [*known, *subjects.values()],
        model=model,
        prompts=prompts,
        seeds=seeds,
        at_once=at_once,
        kept=kept_judgements(file) if file else {},
        keep=keeping(file) if file else forget,
        told=told,
    )
    on_labelled, others = every[: len(known)], every[len(known) :]
    found = verdict(on_labelled, others, agreements(on_labelled, labelled))
    by_place = dict(zip(subjects, others, strict=True))
    judged = [_judged(item, by_place.get(i)) for i, item in enumerate(items)]
    readers: dict[str, JSON] = {n: agreement_json(a) for n, a in between_readers(labelled).items()}
    known_of_it = {**verdict_json(found, model=model.name, seeds=seeds), "labelled": len(labelled)}
    return judged, {**known_of_it, "readers": readers}


def agreements(given: Sequence[Opinion], labelled: Sequence[Labelled]) -> dict[str, Agreement]:
    """Return the agreement for each criterion and overall, over the texts that every seed graded."""
    pairs = [(o, text.labels.model_dump()) for o, text in zip(given, labelled, strict=True) if o.whole]
    out = {}
    for criterion in CRITERIA:
        both = [
            (mean, grades[criterion])
            for o, grades in pairs
            if (mean := o.mean(criterion)) is not None and grades[criterion] is not None
        ]
        out[criterion] = agreement([a for a, _ in both], [b for _, b in both])
    means = [_mean([g for g in grades.values() if g is not None]) for _, grades in pairs]
    out[OVERALL] = agreement([o.overall or 0.0 for o, _ in pairs], means)
    return out


def between_readers(labelled: Sequence[Labelled]) -> dict[str, Agreement]:
    """Return the agreement of the second reader with the first, over the texts that both graded: about as
    much as a judge can reach. Empty where there was no second reader.
    """
    both = [text for text in labelled if text.second is not None]
    second = [Opinion((text.second.model_dump(),)) for text in both if text.second is not None]
    return agreements(second, both) if both else {}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _subject(item: Item, task: Task) -> Judged | None:
    text = item.get("after") or item.get("source")
    if item["state"] != "measured" or not isinstance(text, str) or not text.strip():
        return None
    film: Any = task.given.get("film")
    notes: Any = task.given.get("notes") or ()
    title = str(film["title"]) if film else ""
    return Judged(str(item["id"]), text, title, tuple(str(n["text"]) for n in notes))


def _judged(item: Item, opinion: Opinion | None) -> dict[str, Any]:
    if opinion is None:
        return dict(item)
    said = {"grades": [dict(g) for g in opinion.grades], "errors": list(opinion.errors)}
    return {**item, "measures": {**item["measures"], **opinion.measures}, "judge": said}


def kept_judgements(path: Path) -> dict[str, Any]:
    """Return the judgements of a file by key. A last line that a kill cut off is taken out of it."""
    return {line["key"]: line["grades"] for line in whole_lines(path, "grades")}


def keeping(path: Path) -> Keep:
    """Return what appends judgements to a file as they come, so that a killed run asks for none twice."""

    def keep(key: str, grades: Mapping[str, Any]) -> None:
        with path.open("a", encoding="utf-8") as sink:
            sink.write(json.dumps({"key": key, "grades": dict(grades)}) + "\n")

    return keep
