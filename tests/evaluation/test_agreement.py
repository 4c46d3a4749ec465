from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.evaluation.agreement import FEWEST, agreement, spearman, weighted_kappa

GRADE = st.integers(1, 5)


def row(values: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([values], dtype=np.float64)


# Computed by scipy.stats.spearmanr 1.17.1, which is not among the tests' packages.
@pytest.mark.parametrize(
    ("a", "b", "value"),
    [
        ([1, 2, 2, 4, 5, 3], [2, 2, 1, 5, 4, 3], 0.8088235294117647),
        ([1, 1, 1, 2, 5, 5, 3], [5, 4, 3, 3, 1, 2, 2], -0.9051314215854633),
        ([2.33, 4, 1, 3.67, 3, 2.33, 5], [2, 5, 1, 3, 3, 2, 4], 0.954168596442846),
    ],
)
def test_spearman_is_that_of_a_kept_package(a: list[float], b: list[float], value: float) -> None:
    assert spearman(row(a), row(b))[0] == pytest.approx(value)


def test_kappa_of_a_table_that_was_worked_by_hand() -> None:
    a, b = [1.0, 1, 2, 5], [1.0, 2, 2, 4]
    by_chance = sum((x - y) ** 2 for x in a for y in b) / 16
    assert weighted_kappa(row(a), row(b))[0] == pytest.approx(1 - 0.5 / by_chance)


@settings(deadline=None)
@given(st.lists(GRADE, min_size=FEWEST, max_size=20).filter(lambda v: len(set(v)) > 1))
def test_perfect_agreement_is_one(values: list[int]) -> None:
    found = agreement(values, values)
    assert found.spearman == pytest.approx(1)
    assert found.kappa == pytest.approx(1)


def test_a_constant_judge_has_no_correlation_and_no_kappa_above_chance() -> None:
    found = agreement([3.0] * 10, [1, 2, 3, 4, 5] * 2)
    assert found.spearman is None
    assert found.kappa == pytest.approx(0)


def test_the_interval_holds_the_value_and_is_wide_for_few() -> None:
    few = agreement([1, 2, 3, 4, 5, 3], [2, 1, 3, 5, 4, 3])
    many = agreement([1, 2, 3, 4, 5, 3] * 10, [2, 1, 3, 5, 4, 3] * 10)
    for found in (few, many):
        assert found.spearman_low is not None
        assert found.spearman is not None
        assert found.spearman_high is not None
        assert found.spearman_low <= found.spearman <= found.spearman_high
    assert few.spearman_high - few.spearman_low > many.spearman_high - many.spearman_low  # type: ignore[operator]  # held above


def test_too_few_texts_say_nothing() -> None:
    assert agreement([1, 2], [1, 2]).spearman is None
