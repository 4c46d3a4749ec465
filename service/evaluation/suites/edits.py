"""`edits`: copies before and after the second pass."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from service import resources
from service.document import Format
from service.evaluation.item import Task
from service.evaluation.suites import articles
from service.films import film_from_json
from service.llm import ModelConfig, PromptFiles, build_model
from service.llm.config import NONE
from service.writing.ports import silent
from service.writing.routes import EditRoute

WITHOUT = ModelConfig(model=NONE)


def work(task: Task, config: ModelConfig = WITHOUT) -> dict[str, Any]:
    """Return the edited copy's measures, the gain in score, what it lost and cost; the copy before and after.

    The task is that of the suite `articles`. Raises the ModelError of a model that cannot be used.
    """
    given = task.given
    film = film_from_json(given["film"]) if given["film"] else None
    began = time.monotonic()
    edited = asyncio.run(_edited(task, config))
    seconds = time.monotonic() - began
    form = Format(str(given["format"]))
    after = articles.measure(edited["content"], form, film, str(given["keyphrase"]))
    scores, words = edited["scores"], edited["words"]
    measures = {
        **after["measures"],
        "score_gain": scores["after"]["score"] - scores["before"]["score"],
        "words_kept": words["after"] / words["before"] if words["before"] else None,
        "edits": len(edited["edits"]),
        "claims_lost": len(edited["claims"]["dropped"]),
        "cost": None if edited["usage"]["cost"] is None else float(edited["usage"]["cost"]),
        "seconds": seconds,
    }
    return {
        "measures": measures,
        "source": str(given["source"]),
        "findings": edited["findings"],
        "after": edited["content"],
        "runs": after["runs"],
        "before": {"score": scores["before"]["score"]},
    }


async def _edited(task: Task, config: ModelConfig) -> dict[str, Any]:
    given = task.given
    request = {
        "content": given["source"],
        "format": given["format"],
        "keyphrase": given["keyphrase"] or None,
    }
    model = build_model(config)
    try:
        route = EditRoute(PromptFiles(resources.folder("prompts")))
        return await route({"request": request, "film": given["film"]}, model=model, progress=silent)
    finally:
        await model.aclose()
