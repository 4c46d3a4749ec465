"""A suite on uploaded articles as a use case: JSON in, JSON out, for durable runs."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from service.errors import ModelUnavailable
from service.evaluation.item import Task, done, failed, unique
from service.evaluation.judge import Told
from service.evaluation.judging import judge_items
from service.evaluation.labels import read_labels
from service.evaluation.outages import NOT_ASKED, gone
from service.evaluation.requests import ArticleIn, EvalRequest
from service.evaluation.results import summarise, with_sameness
from service.evaluation.run import evaluate
from service.evaluation.suites import articles, edits
from service.films import JSON, Film, film_from_json
from service.writing.ports import Model, Progress, PromptLibrary

MARKS = 50  # how often a run tells how far it is


class EvalRoute:
    """Uploaded articles to results and items. What is measured is kept under `folder` until the end, so that
    a run that was killed goes on.
    """

    def __init__(self, prompts: PromptLibrary, folder: Path) -> None:
        self._prompts = prompts
        self._folder = folder

    async def __call__(
        self, request: Mapping[str, JSON], *, model: Model, progress: Progress
    ) -> dict[str, JSON]:
        """Return `suite`, `name`, `results` and `items`.

        The request is `{"request": …, "films": […], "about": […], "run": …}`: an EvalRequest, the films'
        records, which of them each article is about (or null), and a name for what is kept.
        """
        asked = EvalRequest.model_validate(request["request"])
        tasks = tasks_of(asked, request)
        told = _marked("measured", progress)
        if asked.suite == "edits":
            items = await _edited(tasks, model, self._prompts, told)
        else:
            kept = self._folder / str(request["run"])
            items = await asyncio.to_thread(evaluate, tasks, articles.work, kept, told=told)
            await asyncio.to_thread(shutil.rmtree, kept, ignore_errors=True)
        items = await asyncio.to_thread(with_sameness, items)
        facts: dict[str, JSON] = {"model": model.name} if asked.suite == "edits" else {}
        if asked.judge is not None:
            items, facts["judge"] = await judge_items(
                items,
                tasks,
                read_labels(),
                model=model,
                prompts=self._prompts,
                seeds=asked.judge.seeds,
                told=_marked("judged", progress),
            )
        return await asyncio.to_thread(_answer, asked, items, facts)


def tasks_of(asked: EvalRequest, request: Mapping[str, Any]) -> list[Task]:
    """Return the tasks of a request, its articles with the films they are about."""
    films = [film_from_json(record) for record in request["films"]]
    about: Sequence[int | None] = request["about"]
    return unique(
        _task(number, article, None if which is None else films[which], asked.keyphrase or "")
        for number, (article, which) in enumerate(zip(asked.articles, about, strict=True), 1)
    )


def _task(number: int, article: ArticleIn, film: Film | None, keyphrase: str) -> Task:
    return articles.task(
        article.id or str(number),
        article.content,
        group=article.group,
        format=article.format,
        film=film,
        keyphrase=keyphrase,
    )


async def _edited(
    tasks: Sequence[Task], model: Model, prompts: PromptLibrary, told: Told
) -> list[dict[str, Any]]:
    """Return the items of edits one after another: the model's answers must come in the same order again."""
    items: list[dict[str, Any]] = []
    for task in tasks:
        try:
            items.append(done(task, await edits.edited(task, model, prompts)))
        except Exception as error:  # noqa: BLE001 - whatever one text does, the others are measured
            items.append(failed(task, error))
        told(len(items), len(tasks))
        if gone(items):
            break
    told(len(tasks), len(tasks))
    return [*items, *(failed(t, ModelUnavailable(NOT_ASKED)) for t in tasks[len(items) :])]


def _marked(stage: str, progress: Progress) -> Told:
    """Return what hears of single items and tells at most MARKS of them.

    The marks are the same ones in a run that goes on after a kill, which the numbering of events asks for.
    """
    marks_told = 0

    def told(count: int, total: int) -> None:
        nonlocal marks_told
        marks = min(MARKS, total)
        while marks_told < marks and count * marks >= (marks_told + 1) * total:
            marks_told += 1
            progress(stage, {"done": marks_told * total // marks, "of": total})

    return told


def _answer(
    asked: EvalRequest, items: Sequence[Mapping[str, Any]], facts: Mapping[str, JSON]
) -> dict[str, Any]:
    results = summarise(asked.suite, items, facts=facts)
    return {
        "suite": asked.suite,
        "name": asked.name,
        "articles": len(items),
        "results": results,
        "items": [dict(item) for item in items],
    }
