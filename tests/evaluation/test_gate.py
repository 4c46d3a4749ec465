from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from service.errors import InputError
from service.evaluation.gate import State, Threshold, judge, junit, read_gates
from service.evaluation.results import Results, summarise
from tests.conftest import ROOT


def run(*scores: float, states: tuple[str, ...] = ()) -> Results:
    items: list[dict[str, Any]] = [
        {"id": f"i{n}", "group": "set", "key": "", "state": "measured", "measures": {"score": s}}
        for n, s in enumerate(scores)
    ]
    items += [{"id": s, "group": "set", "key": "", "state": s, "measures": {}} for s in states]
    return summarise("articles", items)


def states(results: Results, **bounds: float) -> list[State]:
    return [r.state for r in judge(results, [Threshold(measure="score", **bounds)])]


def test_a_mean_is_a_regression_only_where_its_interval_lies_beyond() -> None:
    assert states(run(50, 60, 70), mean_at_least=61) == [State.PASSED]
    assert states(run(50, 60, 70), mean_at_least=75) == [State.REGRESSION]
    assert states(run(50, 60, 70), mean_at_most=45) == [State.REGRESSION]


def test_one_item_breaks_the_bound_on_the_worst() -> None:
    assert states(run(90, 90, 10), worst_at_least=20, worst_at_most=95) == [State.REGRESSION, State.PASSED]


@pytest.mark.parametrize("state", ["provider_error", "judge_error"])
def test_a_provider_or_judge_that_failed_is_no_regression(state: str) -> None:
    assert states(run(90, states=(state,)), mean_at_least=50) == [State.PASSED, State.UNDECIDED]


def test_an_item_that_could_not_be_measured_is_a_regression() -> None:
    assert states(run(90, states=("failed",)), mean_at_least=50) == [State.PASSED, State.REGRESSION]


def test_a_measure_that_the_run_does_not_have_is_undecided() -> None:
    rulings = judge(run(90), [Threshold(measure="judge", mean_at_least=1)])
    assert [r.state for r in rulings] == [State.UNDECIDED]


def test_a_suite_without_a_gate_is_refused() -> None:
    with pytest.raises(InputError, match="No gate"):
        judge(run(90), [Threshold(measure="score", suite="edits", mean_at_least=1)])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("gate = 3", "one \\[\\[gate\\]\\] or more"),
        ("", "one \\[\\[gate\\]\\] or more"),
        ("[[gate]]\nmean_at_least = 3", "gate 1, measure: is missing"),
        ("[[gate]]\nmeasure = 'score'", "gate 1: give one of"),
        ("[[gate]]\nmeasure = 'score'\nmean_at_lest = 3", "gate 1, mean_at_lest: a gate has no such key"),
        ("[[gate]]\nmeasure = 'score'\nmean_at_least = nan", "finite"),
        ("[[gate]]\nmeasure = 'scroe'\nmean_at_least = 3", "no measure 'scroe' \\(perhaps 'score'\\)"),
        ("[[gate]]\nmeasure = 'part_charm'\nmean_at_most = 3", "no measure 'part_charm'"),
        ("[[gate]]\nmeasure = 'score'\nsuite = 'artcles'\nmean_at_least = 3", "no suite 'artcles'"),
        ("[[gate", "no TOML"),
    ],
)
def test_a_file_at_fault_is_refused_with_the_place(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "g.toml").write_text(text)
    with pytest.raises(InputError, match=wrong):
        read_gates(tmp_path / "g.toml")


def test_junit_tells_failures_from_errors() -> None:
    rulings = judge(run(10, states=("judge_error",)), [Threshold(measure="score", mean_at_least=50)])
    root = ET.fromstring(junit(rulings))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "1")


def test_the_gates_that_ship_can_be_read() -> None:
    assert {g.suite for g in read_gates(ROOT / "evals" / "gates.toml")} >= {"claims", "edits", "hostile"}
