from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from service.document import Format
from service.errors import FinecutError, InputError, ModelTimeout
from service.evaluation.item import Task, unique
from service.evaluation.results import load_results, summarise, with_sameness, write_results
from service.evaluation.run import ITEMS, evaluate
from service.evaluation.suites import articles
from service.films import Film

TEXT = "Ida Berg gives a masterful performance. The ferry scene runs four minutes. It is a must-watch film."


def quiet(*_: int) -> None:
    pass


def length(task: Task) -> dict[str, Any]:
    if "killed" in str(task.given["text"]):
        os._exit(1)
    if "boom" in str(task.given["text"]):
        raise ValueError("boom")
    return {"measures": {"words": len(str(task.given["text"]).split())}}


def tasks(*texts: str) -> list[Task]:
    return [Task(f"t{i}", "set", {"text": t}) for i, t in enumerate(texts)]


def test_items_come_in_the_order_of_the_tasks_also_from_several_processes(tmp_path: Path) -> None:
    many = tasks(*("word " * i for i in range(40)))
    items = evaluate(many, length, tmp_path, jobs=2, told=quiet)
    assert [i["measures"]["words"] for i in items] == list(range(40))


def test_a_process_that_is_ended_from_outside_ends_the_run_in_words(tmp_path: Path) -> None:
    many = tasks(*["word"] * 30, "killed")
    with pytest.raises(FinecutError, match="ended from outside"):
        evaluate(many, length, tmp_path, jobs=2, told=quiet)
    kept = len((tmp_path / ITEMS).read_bytes().splitlines())
    heard: list[int] = []
    items = evaluate(many[:30], length, tmp_path, jobs=1, told=lambda done, _: heard.append(done))
    assert (heard[0], len(items)) == (kept, 30)


def test_a_task_that_raises_is_counted_and_in_no_mean(tmp_path: Path) -> None:
    items = evaluate(tasks("one two", "boom"), length, tmp_path, told=quiet)
    results = summarise("articles", items)
    assert results["states"] == {"measured": 1, "failed": 1}
    assert results["groups"][0]["measures"]["words"]["mean"] == 2
    assert "boom" in results["items"][1]["error"]


def test_a_provider_error_has_a_state_of_its_own(tmp_path: Path) -> None:
    def down(_: Task) -> dict[str, Any]:
        raise ModelTimeout("The model did not answer.")

    assert evaluate(tasks("x"), down, tmp_path, told=quiet)[0]["state"] == "provider_error"


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    first = tasks("a", "b b", "c c c")
    evaluate(first[:2], length, tmp_path, told=quiet)
    with (tmp_path / ITEMS).open("a") as file:
        file.write('{"id": "t2", "key": "torn')
    worked: list[str] = []

    def noted(task: Task) -> dict[str, Any]:
        worked.append(task.id)
        return length(task)

    items = evaluate(first, noted, tmp_path, told=quiet)
    assert worked == ["t2"]
    assert [i["measures"]["words"] for i in items] == [1, 2, 3]
    assert all(json.loads(line) for line in (tmp_path / ITEMS).read_text().splitlines())


def test_a_text_that_changed_is_measured_again(tmp_path: Path) -> None:
    evaluate(tasks("a"), length, tmp_path, told=quiet)
    assert evaluate(tasks("a b"), length, tmp_path, told=quiet)[0]["measures"]["words"] == 2


def test_a_file_that_holds_no_items_is_refused(tmp_path: Path) -> None:
    (tmp_path / ITEMS).write_text("no item\n")
    with pytest.raises(InputError, match="line 1"):
        evaluate(tasks("a"), length, tmp_path, told=quiet)


def test_ids_that_stand_twice_are_told_apart() -> None:
    assert [t.id for t in unique([Task("a", ""), Task("a", ""), Task("b", "")])] == ["a", "a (2)", "b"]


def test_results_come_back_as_they_were_written(tmp_path: Path) -> None:
    one = articles.task("ferry", TEXT, group="own", format=Format.TEXT)
    results = summarise("articles", with_sameness(evaluate([one], articles.work, tmp_path, told=quiet)))
    write_results(tmp_path, results)
    assert load_results(tmp_path) == results


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_results(tmp_path)
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(InputError, match="no results"):
        load_results(tmp_path / "x.json")


def test_facts_are_measured_where_the_film_is_known() -> None:
    film = Film(id="f", title="The Ferry", year=2001, directors=("Ida Berg",))
    source = "The Ferry is a 2001 film directed by Max Holm."
    found = articles.measure(source, Format.TEXT, film)["measures"]
    assert found["supported"] >= 1
    assert found["contradicted"] >= 1
    assert found["facts_per_100"] > 0
    assert "claims" not in articles.measure(source, Format.TEXT)["measures"]


@pytest.mark.parametrize("source", ["", " \n", "…", "#"])
def test_a_text_without_words_is_no_article_of_a_hundred_points(source: str) -> None:
    with pytest.raises(InputError, match="no words"):
        articles.measure(source, Format.MARKDOWN)


@pytest.mark.parametrize(("times", "within"), [(0, 0.0), (1, 1.0), (4, 0.0)])
def test_the_keyphrase_is_held_to_the_bounds_of_the_edit(times: int, within: float) -> None:
    words = [f"w{i}" for i in range(100 - 2 * times)]
    source = " ".join([*words, *["Cell No. 7" if i else "cell no. 7" for i in range(times)]])
    found = articles.measure(source, Format.TEXT, keyphrase="Cell No. 7")["measures"]
    assert found["keyphrase_within"] == within
    assert found["keyphrase_share"] == pytest.approx(100 * 3 * times / (100 + times))


def test_a_text_of_one_word_is_measured() -> None:
    assert articles.measure("a", Format.MARKDOWN)["measures"]["words"] == 1
