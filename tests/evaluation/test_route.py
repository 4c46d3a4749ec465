"""A suite as the use case of a durable run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from service.errors import ModelUnavailable
from service.evaluation.item import Task, done
from service.evaluation.outages import IN_A_ROW, NOT_ASKED
from service.evaluation.requests import EvalRequest
from service.evaluation.route import MARKS, EvalRoute, tasks_of
from service.evaluation.run import ITEMS
from service.films import JSON
from service.llm import PromptFiles
from service.writing.ports import Reach
from tests.conftest import ROOT
from tests.fakes.model import FakeModel, never

TEXT = "Ida Berg gives a masterful performance. It is a must-watch film. The ferry runs four minutes."


def given(*texts: str, suite: str = "articles") -> dict[str, Any]:
    articles = [{"content": text} for text in texts]
    request = EvalRequest.model_validate({"suite": suite, "articles": articles}).model_dump(mode="json")
    return {"request": request, "films": [], "about": [None] * len(texts), "run": "r1"}


def run(request: Mapping[str, JSON], folder: Path, model: FakeModel) -> tuple[dict[str, Any], list[Any]]:
    told: list[Any] = []
    route = EvalRoute(PromptFiles(), folder)
    answer: dict[str, Any] = asyncio.run(
        route(request, model=model, progress=lambda stage, detail: told.append((stage, detail)))
    )
    return answer, told


def test_what_was_measured_before_a_kill_is_not_measured_again(tmp_path: Path) -> None:
    request = given(TEXT, "The tide went out.")
    task: Task = tasks_of(EvalRequest.model_validate(request["request"]), request)[0]
    (tmp_path / "r1").mkdir()
    kept = done(task, {"measures": {"score": 12.5}, "source": TEXT})
    (tmp_path / "r1" / ITEMS).write_text(json.dumps(kept) + "\n")
    answer, _ = run(request, tmp_path, FakeModel(never))
    assert answer["results"]["items"][0]["measures"]["score"] == 12.5
    assert answer["results"]["items"][1]["measures"]["score"] > 90
    assert not (tmp_path / "r1").exists()


@pytest.mark.parametrize("count", [1, 3, 70])
def test_progress_is_told_in_the_same_steps_whoever_asks(tmp_path: Path, count: int) -> None:
    _, told = run(given(*["The tide went out."] * count), tmp_path, FakeModel(never))
    marks = min(count, MARKS)
    assert [d["done"] for _, d in told] == [i * count // marks for i in range(1, marks + 1)]
    assert told[-1] == ("measured", {"done": count, "of": count})


def test_a_judge_is_asked_after_the_measures_and_its_failure_is_its_own(tmp_path: Path) -> None:
    request = given(TEXT, "The tide went out.")
    request["request"]["judge"] = {"seeds": 1}
    model = FakeModel(lambda _: "Five stars!")
    answer, told = run(request, tmp_path, model)
    assert answer["results"]["judge"]["state"] == "failed"
    assert answer["results"]["states"] == {"measured": 2}
    assert {a.name for a in model.asked} == {"judge_article"}
    assert list(dict.fromkeys(stage for stage, _ in told)) == ["measured", "judged"]


def test_no_model_grades_its_own_edits() -> None:
    body = {"suite": "edits", "articles": [{"content": TEXT}], "judge": {}}
    with pytest.raises(ValidationError, match="edited itself"):
        EvalRequest.model_validate(body)


COPY = (ROOT / "evals" / "data" / "seo" / "padded-moonlight.md").read_text("utf-8")


def test_a_provider_that_fails_is_a_state_of_the_item_and_is_not_asked_for_ever(tmp_path: Path) -> None:
    away = FakeModel(lambda _: ModelUnavailable("Nobody answers."), reach=Reach.ARTICLE)
    count = IN_A_ROW + 3
    answer, told = run(given(*[COPY] * count, suite="edits"), tmp_path, away)
    assert answer["results"]["states"] == {"provider_error": count}
    assert len(away.asked) == IN_A_ROW
    assert NOT_ASKED in answer["items"][-1]["error"]
    assert answer["results"]["model"] == away.name
    assert told[-1] == ("measured", {"done": count, "of": count})


def test_an_answer_that_cannot_be_used_is_the_models_own(tmp_path: Path) -> None:
    answer, _ = run(given(COPY, suite="edits"), tmp_path, FakeModel(lambda _: "A lovely film!"))
    assert answer["results"]["states"] == {"measured": 1}
