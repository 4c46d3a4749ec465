from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.statistics import holm, intervals, mean_interval, quantiles, sign_flip


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


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9))
def test_the_chance_is_that_of_all_signs_counted_out(differences: list[int]) -> None:
    found = sum(differences)
    sums = [abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
            for signs in product((1, -1), repeat=len(differences))]  # fmt: skip
    exact = sum(s >= abs(found) for s in sums) / len(sums)
    (chance,) = sign_flip([[float(d)] for d in differences])[:1]
    assert chance == pytest.approx(exact, abs=0.03)


def test_a_missing_pair_tells_nothing() -> None:
    whole, with_holes = sign_flip(
        [[float(n), float(n) if n != 3 else None] for n in (1, 2, 4, 5)] + [[None, None]]
    )
    assert whole == with_holes
    assert sign_flip([[None]]) == [None]
    assert sign_flip([]) == []


@given(st.lists(st.floats(0, 1), max_size=20))
def test_corrected_chances_keep_their_order_and_only_grow(chances: list[float]) -> None:
    corrected = holm(chances)
    assert all(a <= b <= min(1.0, a * len(chances)) + 1e-12 for a, b in zip(chances, corrected, strict=True))
    order = sorted(range(len(chances)), key=chances.__getitem__)
    assert [corrected[i] for i in order] == sorted(corrected)


def test_chances_as_holm_corrects_them() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_quantiles_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantiles([])
