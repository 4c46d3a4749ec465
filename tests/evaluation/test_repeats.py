from __future__ import annotations

from typing import Any

from service.evaluation.item import Task, done, failed
from service.evaluation.repeats import merged, repeated, seed_of
from service.evaluation.results import summarise
from service.evaluation.terminal import overview


def items(*scores: float | None) -> list[dict[str, Any]]:
    task = Task("a", "set")
    return [
        failed(task, ValueError("no")) if s is None else done(task, {"measures": {"score": s}})
        for s in scores
    ]


def test_each_copy_of_a_task_is_another_one_with_a_seed_of_its_own() -> None:
    copies = repeated([Task("a", "set", {"text": "x"}), Task("b", "set")], 3)
    assert [t.id for t in copies] == ["a", "a", "a", "b", "b", "b"]
    assert len({t.key for t in copies}) == 6
    assert [seed_of(t.given) for t in copies] == [0, 1, 2, 0, 1, 2]


def test_once_is_the_task_as_it_was() -> None:
    task = Task("a", "set", {"text": "x"})
    assert repeated([task], 1) == [task]
    assert seed_of(task.given) is None


def test_the_repetitions_of_an_item_count_as_one() -> None:
    both = merged([*items(80, 90), *items(40, 40)], 2)
    assert [i["measures"]["score"] for i in both] == [85, 40]
    assert both[0]["repeats"] == {"of": 2, "range": {"score": 10}}
    results = summarise("drafts", both, facts={"repeat": 2})
    assert results["groups"][0]["measures"]["score"]["n"] == 2
    assert "each made 2 times, their scores 5.0 apart" in overview(results)


def test_an_item_that_failed_once_is_a_failed_one_and_says_how_often() -> None:
    (only,) = merged(items(80, None, 90), 3)
    assert (only["state"], only["measures"]) == ("failed", {})
    assert "2 of 3 repetitions measured" in only["error"]
