"""`edits`: copies before and after the second pass."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from service import resources
from service.document import Format
from service.errors import InputError
from service.evaluation.item import Task
from service.evaluation.outages import Watched
from service.evaluation.repeats import seed_of
from service.evaluation.results import OF_THE_SET
from service.evaluation.suites import articles
from service.films import film_from_json
from service.llm import ModelConfig, PromptFiles, build_model
from service.llm.config import NONE
from service.writing.ports import Model, PromptLibrary, silent
from service.writing.routes import EditRoute

WITHOUT = ModelConfig(model=NONE)


def work(task: Task, config: ModelConfig = WITHOUT, prompts: Path | None = None) -> dict[str, Any]:
    """Return the edited copy's measures, the gain in score, what it lost and cost; the copy before and after.

    The task is that of the suite `articles`; `prompts` is a folder of them, by default the one that ships.
    Raises the error of a provider that fails, also where the pass went on without it.
    """
    return asyncio.run(_alone(task, config, prompts))


async def _alone(task: Task, config: ModelConfig, prompts: Path | None) -> dict[str, Any]:
    model = build_model(config)
    try:
        return await edited(task, model, PromptFiles(prompts or resources.folder("prompts")))
    finally:
        await model.aclose()


async def edited(task: Task, model: Model, prompts: PromptLibrary) -> dict[str, Any]:
    """Return what `work` does, with a model and prompts that are at hand. Raises as it does."""
    given = task.given
    if given.get(articles.FAULT):
        raise InputError(str(given[articles.FAULT]))
    film = film_from_json(given["film"]) if given["film"] else None
    request = {
        "content": given["source"],
        "format": given["format"],
        "keyphrase": given["keyphrase"] or None,
        "seed": seed_of(given),
    }
    began = time.monotonic()
    route, watched = EditRoute(prompts), Watched(model)
    made: Any = await route({"request": request, "film": given["film"]}, model=watched, progress=silent)
    watched.hold()
    seconds = time.monotonic() - began
    form = Format(str(given["format"]))
    after = articles.measure(made["content"], form, film, str(given["keyphrase"]))
    scores, words = made["scores"], made["words"]
    measures = {
        **after["measures"],
        "score_gain": scores["after"]["score"] - scores["before"]["score"],
        "words_kept": words["after"] / words["before"] if words["before"] else None,
        "edits": len(made["edits"]),
        "claims_lost": len(made["claims"]["dropped"]),
        "cost": None if made["usage"]["cost"] is None else float(made["usage"]["cost"]),
        "seconds": seconds,
    }
    return {
        "measures": measures,
        "source": str(given["source"]),
        "findings": made["findings"],
        "after": made["content"],
        "findings_after": after["findings"],
        **{name: after[name] for name in OF_THE_SET},
        "before": {"score": scores["before"]["score"]},
    }
