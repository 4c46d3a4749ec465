"""`drafts`: reviews drafted from films and writers' notes."""

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
from service.evaluation.suites import articles
from service.evaluation.suites.edits import WITHOUT
from service.films import JSON, film_from_json, film_to_json
from service.llm import ModelConfig, PromptFiles, build_model
from service.reviews import parse_notes
from service.store import catalogue
from service.writing.ports import silent
from service.writing.routes import ReviewRoute

FILMS = "films.tsv"


def tasks(folder: Path | None = None) -> list[Task]:
    """Return one task for each line of `films.tsv` in the folder: a file of notes and a starter film's id.

    By default the folder that ships. Raises InputError where a file or film is not there.
    """
    where = folder or resources.folder("drafts")
    known = {film.id: film for film in catalogue()}
    try:
        lines = (where / FILMS).read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "file\t"))]
        return [
            Task(
                Path(name).stem,
                "drafts",
                {"notes": _notes(where / name), "film": film_to_json(known[film_id])},
            )
            for name, film_id in rows
        ]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"{where} holds no drafts to make ({error}).",
            remedy=f"It needs {FILMS} of file and film id, and the files of notes.",
        ) from error


def _notes(path: Path) -> JSON:
    notes = parse_notes(path.read_text("utf-8"))
    return [{"id": n.id, "text": n.text, "section": n.section} for n in notes]


def work(task: Task, config: ModelConfig = WITHOUT, prompts: Path | None = None) -> dict[str, Any]:
    """Return a draft's measures as an article about its film, the notes it covers, its sections, its cost.

    `prompts` is a folder of them, by default the one that ships. Raises the error of a provider that fails.
    """
    film = film_from_json(task.given["film"])
    began = time.monotonic()
    review = asyncio.run(_drafted(task, film.id, config, prompts))
    seconds = time.monotonic() - began
    found = articles.measure(review["content"], Format.MARKDOWN, film)
    notes, cost = review["notes"], review["usage"]["cost"]
    measures = {
        **found["measures"],
        "notes_covered": len(notes["used"]) / len(notes["given"]) if notes["given"] else None,
        "sections": len(review["sections"]),
        "seconds": seconds,
        "cost": None if cost is None else float(cost),
    }
    return {**found, "measures": measures, "left_out": notes["left_out"], "prompts": review["prompts"]}


async def _drafted(task: Task, film_id: str, config: ModelConfig, prompts: Path | None) -> dict[str, Any]:
    request: dict[str, JSON] = {
        "film": {"id": film_id},
        "notes": task.given["notes"],
        "seed": seed_of(task.given),
    }
    model = build_model(config)
    try:
        route = ReviewRoute(PromptFiles(prompts or resources.folder("prompts")))
        watched = Watched(model)
        review = await route({"request": request, "film": task.given["film"]}, model=watched, progress=silent)
        watched.hold()
        return review
    finally:
        await model.aclose()
