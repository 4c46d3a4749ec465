"""A judge, played by scripted fakes: what it says counts only where it answers, tells apart, and agrees."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.errors import InputError, ModelTimeout, ModelUnavailable
from service.evaluation.comparison import compare
from service.evaluation.gate import State, Threshold, judge
from service.evaluation.item import Task
from service.evaluation.judge import JudgeState
from service.evaluation.judging import OPINIONS, between_readers, judge_items
from service.evaluation.labels import read_labels
from service.evaluation.outages import IN_A_ROW
from service.evaluation.results import Results, summarise
from service.evaluation.terminal import judge_lines
from service.films import JSON
from service.llm import PromptFiles
from service.writing.ports import Ask
from tests.fakes.model import FakeModel

LABELLED = read_labels()
TASKS = [Task(f"a{i}", "set", {"film": {"title": "The Ferry"}}) for i in range(4)]
ITEMS: list[dict[str, Any]] = [
    {"id": t.id, "group": t.group, "key": t.key, "state": "measured", "measures": {"score": 90.0 + i},
     "source": f"The ferry crosses {i} times, and nobody speaks."}
    for i, t in enumerate(TASKS)
]  # fmt: skip
SEEDS = 2
Handler = Callable[[Ask], "str | dict[str, JSON] | Exception"]


def shown(ask: Ask) -> str:
    return ask.messages[-1].content


def grades(specific: int, coherent: int, in_voice: int, follows_notes: int | None) -> dict[str, JSON]:
    return {
        "specific": specific,
        "coherent": coherent,
        "in_voice": in_voice,
        "follows_notes": follows_notes,
        "why": "…",
    }


def like_people(ask: Ask) -> dict[str, JSON]:
    """Grade a labelled text as its label says, any other as 4."""
    for text in LABELLED:
        if json.dumps(text.text, ensure_ascii=False) in shown(ask):
            return grades(**text.labels.model_dump())
    return grades(4, 4, 4, None)


def run(handler: Handler, folder: Path | None = None) -> tuple[Results, FakeModel]:
    model = FakeModel(handler)
    items, known = asyncio.run(
        judge_items(ITEMS, TASKS, LABELLED, model=model, prompts=PromptFiles(), seeds=SEEDS, folder=folder)
    )
    return summarise("articles", items, facts={"judge": known}), model


def state(results: Results) -> JudgeState:
    return JudgeState(results["judge"]["state"])


def rulings(results: Results) -> list[State]:
    gates = [Threshold(measure="score", mean_at_least=80), Threshold(measure="judge", mean_at_least=4.5)]
    return [r.state for r in judge(results, gates)]


def test_a_judge_that_agrees_with_people_counts_and_can_fail_a_gate() -> None:
    results, model = run(like_people)
    assert state(results) is JudgeState.USABLE
    assert results["judge"]["agreement"]["overall"]["spearman"][0] == pytest.approx(1)
    assert results["judge"]["agreement"]["specific"]["kappa"][0] == pytest.approx(1)
    assert results["groups"][0]["measures"]["judge"]["mean"] == 4
    assert rulings(results) == [State.PASSED, State.REGRESSION]
    assert len(model.asked) == SEEDS * (len(LABELLED) + len(ITEMS))
    assert {a.seed for a in model.asked} == set(range(SEEDS))


def test_agreement_is_said_before_the_grades() -> None:
    lines = judge_lines(run(like_people)[0])
    assert "usable" in lines[0]
    assert "Spearman 1.00" in lines[0]


def test_what_two_readers_agree_in_stands_beside_what_the_judge_does() -> None:
    results = run(like_people)[0]
    readers = results["judge"]["readers"]
    assert readers["overall"]["n"] == sum(text.second is not None for text in LABELLED) > 20
    assert 0.5 < readers["overall"]["kappa"][1] <= readers["overall"]["kappa"][0] < 1
    assert "two readers with each other, overall" in judge_lines(results)[-1]


def test_labels_of_one_reader_will_do() -> None:
    assert between_readers([text.model_copy(update={"second": None}) for text in LABELLED]) == {}


def broken(handler: Handler) -> Results:
    """Return the run of a judge that failed, having held that no article failed with it."""
    results, _ = run(handler)
    assert results["states"] == {"measured": len(ITEMS)}
    assert results["groups"][0]["measures"]["score"]["n"] == len(ITEMS)
    return results


def test_a_judge_that_dies_in_the_middle_decides_nothing_and_is_not_asked_for_ever() -> None:
    count = 0

    def dying(ask: Ask) -> dict[str, JSON] | Exception:
        nonlocal count
        count += 1
        return like_people(ask) if count <= 20 else ModelUnavailable("Nobody answers.")

    results = broken(dying)
    assert state(results) is JudgeState.FAILED
    assert count == 20 + IN_A_ROW
    assert "judgements are missing" in results["judge"]["said"]
    assert rulings(results) == [State.PASSED, State.UNDECIDED, State.UNDECIDED]


@pytest.mark.parametrize(
    "nonsense",
    [
        "A lovely film, five stars!",
        '{"specific": 6, "coherent": 4, "in_voice": 3, "follows_notes": 2}',
        '{"specific": "4", "coherent": 4, "in_voice": 3, "follows_notes": 2}',
        '{"specific": 4.5, "coherent": 4, "in_voice": 3, "follows_notes": 2}',
        '{"specific": 4}',
        "",
    ],
)
def test_nonsense_is_no_grade(nonsense: str) -> None:
    results = broken(lambda _: nonsense)
    assert state(results) is JudgeState.FAILED
    assert results["judge"]["errors"] == {"ModelOutputInvalid": SEEDS * (len(LABELLED) + len(ITEMS))}
    assert "judge" not in results["groups"][0]["measures"]
    assert rulings(results) == [State.PASSED, State.UNDECIDED, State.UNDECIDED]


def test_a_judge_that_says_the_same_to_everything_is_none() -> None:
    results = broken(lambda _: grades(4, 4, 4, 4))
    assert state(results) is JudgeState.CONSTANT
    assert "whatever the text" in results["judge"]["said"]
    assert rulings(results) == [State.PASSED, State.UNDECIDED, State.UNDECIDED]


def test_a_judge_that_does_not_agree_with_people_decides_nothing_of_its_own() -> None:
    def by_length(ask: Ask) -> dict[str, JSON]:
        grade = 1 + len(shown(ask)) % 5
        return grades(grade, 6 - grade, grade, 6 - grade)

    results = broken(by_length)
    assert state(results) is JudgeState.DISAGREES
    assert rulings(results) == [State.PASSED, State.UNDECIDED]


def test_a_broken_judge_makes_no_run_worse() -> None:
    def harsh_then_gone(ask: Ask) -> dict[str, JSON] | Exception:
        return ModelTimeout("Too late.") if "crosses 3" in shown(ask) else grades(1, 1, 1, 1)

    found = compare(run(like_people)[0], run(harsh_then_gone)[0])
    assert [d.measure.name for d in found.differences] == ["score"]
    assert "failed" in found.remarks[0]


def test_what_was_judged_is_not_asked_again_and_what_failed_is(tmp_path: Path) -> None:
    def halting(ask: Ask) -> dict[str, JSON] | Exception:
        return ModelTimeout("Too late.") if "crosses 2" in shown(ask) else like_people(ask)

    first, _ = run(halting, tmp_path)
    with (tmp_path / OPINIONS).open("a") as file:
        file.write('{"key": "torn')
    second, model = run(like_people, tmp_path)
    assert (state(first), state(second)) == (JudgeState.FAILED, JudgeState.USABLE)
    assert len(model.asked) == SEEDS
    assert second["groups"] == run(like_people)[0]["groups"]


def test_a_grade_for_notes_that_do_not_exist_does_not_count() -> None:
    results, _ = run(lambda ask: {**like_people(ask), "follows_notes": 1})
    assert "judge_follows_notes" not in results["groups"][0]["measures"]


def test_the_judge_sees_the_notes_of_a_draft_and_the_copy_after_an_edit() -> None:
    task = Task("d", "drafts", {"film": {"title": "Roma"}, "notes": [{"id": "n1", "text": "slow, worth it"}]})
    item = {"id": "d", "group": "drafts", "key": "", "state": "measured", "measures": {},
            "source": "Before.", "after": "After it, the sea."}  # fmt: skip
    model = FakeModel(like_people)
    asyncio.run(judge_items([item], [task], [], model=model, prompts=PromptFiles(), seeds=1))
    (only,) = model.asked
    assert '"slow, worth it"' in shown(only)
    assert '"After it, the sea."' in shown(only)
    assert "Before." not in shown(only)


def test_an_article_that_could_not_be_measured_is_not_judged() -> None:
    item: dict[str, Any] = {"id": "d", "group": "g", "key": "", "state": "failed", "measures": {}}
    model = FakeModel(like_people)
    items, _ = asyncio.run(
        judge_items([item], [Task("d", "g")], [], model=model, prompts=PromptFiles(), seeds=1)
    )
    assert (items, model.asked) == ([item], [])


@pytest.mark.parametrize("line", ["{", '{"id": "a", "text": "b"}', '{"id": "a", "text": "", "labels": {}}'])
def test_a_label_that_does_not_read_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "l.jsonl").write_text(line)
    with pytest.raises(InputError, match=r"l\.jsonl:1"):
        read_labels(tmp_path / "l.jsonl")
