from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.statistics import intervals, mean_interval, quantiles


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=40))
def test_the_interval_holds_the_mean_and_stays_inside_the_values(values: list[float]) -> None:
    found = mean_interval(values)
    assert found is not None
    assert min(values) - 1e-6 <= found.low <= found.high <= max(values) + 1e-6
    assert found.n == len(values)


def test_the_same_values_give_the_same_interval() -> None:
    assert mean_interval([1, 2, 5, 9]) == mean_interval([1, 2, 5, 9])


def test_a_missing_value_is_not_zero() -> None:
    found = intervals([[4.0], [None], [6.0]])[0]
    assert found is not None
    assert (found.n, found.mean) == (2, 5.0)


def test_a_column_without_values_has_no_interval() -> None:
    assert intervals([[None, 1.0]])[0] is None
    assert mean_interval([]) is None


def test_about_nineteen_of_twenty_intervals_hold_the_true_mean() -> None:
    draw = random.Random(3)
    found = [mean_interval([draw.gauss(0, 1) for _ in range(40)]) for _ in range(60)]
    assert sum(i is not None and i.low <= 0 <= i.high for i in found) >= 50


def test_quantiles_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantiles([])
