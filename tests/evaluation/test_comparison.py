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
    (only,) = compare(run({"a": 1, "b": 2}, "cliches"), run({"a": 3, "b": 5}, "cliches")).differences
    assert (only.verdict, only.losses) == ("worse", 2)


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


def test_a_measure_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no measure"):
        compare(run({"a": 1}), run({"a": 1}), leading="charm")
