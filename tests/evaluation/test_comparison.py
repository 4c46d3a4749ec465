from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from service.errors import InputError
from service.evaluation.comparison import compare
from service.evaluation.results import Results, summarise


def run(scores: Mapping[str, float | None], name: str = "score") -> Results:
    items: list[dict[str, Any]] = [
        {"id": i, "group": "set", "key": i, "state": "failed" if v is None else "measured",
         "measures": {} if v is None else {name: v}}
        for i, v in scores.items()
    ]  # fmt: skip
    return summarise("articles", items)


def test_a_gain_in_every_item_is_better() -> None:
    found = compare(
        run({f"i{n}": 10.0 * n for n in range(8)}), run({f"i{n}": 10.0 * n + 5 for n in range(8)})
    )
    (only,) = found.differences
    assert (only.verdict, only.wins, only.ties, only.losses) == ("better", 8, 0, 0)
    assert only.change == pytest.approx(5)
    assert only.low == pytest.approx(5)


def test_more_cliches_are_worse() -> None:
    many = {f"i{n}": n for n in range(12)}
    (only,) = compare(
        run(many, "cliches"), run({i: n + 2 + n % 3 for i, n in many.items()}, "cliches")
    ).differences
    assert (only.verdict, only.losses) == ("worse", 12)


def test_two_items_are_too_few_to_be_sure() -> None:
    found = compare(run({"a": 1, "b": 2}, "cliches"), run({"a": 3, "b": 5}, "cliches"))
    assert found.differences[0].verdict == "perhaps worse"
    assert found.summary.endswith("worse: none; perhaps worse: cliches.")


def several(**measures: list[float]) -> Results:
    rows = zip(*measures.values(), strict=True)
    items = [
        {"id": f"i{n}", "group": "set", "key": "", "state": "measured",
         "measures": dict(zip(measures, row, strict=True))}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return summarise("articles", items)


SLIGHT = [1.0] * 14 + [-1.0] * 4  # a chance of about 0.03: sure alone, not as one of many


def test_one_of_many_measures_must_differ_more_than_one_chosen_beforehand() -> None:
    noise = {
        name: [0.0] * 18 for name in ("repeats", "cliches", "mtld", "compression", "leaked_instructions")
    }
    before, after = several(score=[0.0] * 18, **noise), several(score=SLIGHT, **noise)
    score = {d.measure.name: d for d in compare(before, after).differences}["score"]
    assert score.verdict == "better"
    other = {d.measure.name: d for d in compare(before, after, leading="mtld").differences}["score"]
    assert other.verdict == "perhaps better"
    assert (score.low, score.high) == (other.low, other.high)
    assert score.low > 0


def test_parts_share_out_one_loss_and_are_never_worse() -> None:
    before = several(score=[50.0] * 9, part_cliche=[40.0] * 9, part_leaked_instruction=[10.0] * 9)
    after = several(score=[80.0] * 9, part_cliche=[5.0] * 9, part_leaked_instruction=[15.0] * 9)
    found = compare(before, after)
    verdicts = {d.measure.name: d.verdict for d in found.differences}
    assert verdicts == {"score": "better", "part_cliche": "different", "part_leaked_instruction": "different"}
    assert "1 measure compared" in found.summary


def test_runs_of_two_suites_are_told_apart() -> None:
    drafts = {**run({"a": 1}), "suite": "drafts"}
    assert compare(run({"a": 1}), {**run({"a": 1}), "suite": "edits"}).remarks == ()
    assert "Before is a run of articles, after one of drafts." in compare(run({"a": 1}), drafts).remarks


def test_noise_is_no_difference() -> None:
    a = {f"i{n}": 50.0 for n in range(10)}
    b = {f"i{n}": 50.0 + (-1) ** n for n in range(10)}
    assert compare(run(a), run(b)).differences[0].verdict == "no difference"


def test_the_items_that_changed_most_come_first_and_ten_of_them() -> None:
    found = compare(run({f"i{n:02}": 0.0 for n in range(15)}), run({f"i{n:02}": float(n) for n in range(15)}))
    assert [m.id for m in found.moved] == [f"i{n:02}" for n in range(14, 4, -1)]


def test_what_failed_in_either_run_has_no_pair() -> None:
    found = compare(run({"a": 1, "b": None, "c": 3}), run({"a": 1, "b": 2, "d": 3}))
    assert (found.paired, found.only_a, found.only_b) == (1, ("c",), ("b", "d"))


def test_runs_that_share_nothing_are_refused() -> None:
    with pytest.raises(InputError, match="share no"):
        compare(run({"a": 1}), run({"b": 1}))


def test_runs_of_two_versions_are_refused() -> None:
    with pytest.raises(InputError, match=r"are of finecut-eval/1 and of .*, whose measures differ"):
        compare({**run({"a": 1}), "format": "finecut-eval/1"}, run({"a": 1}))


def test_a_measure_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no measure"):
        compare(run({"a": 1}), run({"a": 1}), leading="charm")
