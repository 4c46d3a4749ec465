from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.literature import (
    WINDOW,
    compression_ratio,
    distinct,
    lix,
    mtld,
    seq_rep,
    windowed,
)

WORDS = st.lists(st.sampled_from(["a", "rose", "is", "red", "the", "sea", "cold", "old"]), max_size=300)


def test_distinct_counts_different_over_all() -> None:
    assert distinct(["the", "sea", "the", "sea"], 2) == pytest.approx(2 / 3)
    assert seq_rep(["the", "sea", "the", "sea"], 2) == pytest.approx(1 / 3)


def test_no_ngram_has_no_value() -> None:
    assert distinct(["one"], 2) is None
    assert seq_rep([], 4) is None
    assert compression_ratio([]) is None


def test_repetition_compresses_better() -> None:
    once = [f"w{i}" for i in range(100)]
    high, low = compression_ratio(["sea"] * 100), compression_ratio(once)
    assert high is not None
    assert low is not None
    assert high > low


def test_mtld_needs_fifty_words() -> None:
    assert mtld(["sea"] * 49) is None
    assert mtld([f"w{i}" for i in range(60)]) == 60


# Computed by the package lexicalrichness 0.5.1, which has no wheel and so is not among the tests' packages.
@pytest.mark.parametrize(
    ("length", "vocabulary", "step", "value"),
    [
        (60, 8, 3, 4.014388489208633),
        (120, 40, 7, 10.50643362781865),
        (300, 97, 5, 50.0),
        (500, 31, 11, 15.625),
    ],
)
def test_mtld_is_that_of_a_kept_package(length: int, vocabulary: int, step: int, value: float) -> None:
    words = [f"w{(i * i * step + i) % vocabulary}" for i in range(length)]
    assert mtld(words) == pytest.approx(value)


@given(WORDS)
def test_a_windowed_measure_is_blind_to_what_is_no_whole_window(words: list[str]) -> None:
    value = windowed(lambda w: distinct(w, 1), words)
    whole = words[: len(words) // WINDOW * WINDOW]
    assert (value is None) == (not whole)
    assert value == windowed(lambda w: distinct(w, 1), whole)


def test_lix_of_short_and_long_words() -> None:
    assert lix(["the", "sea", "is", "extraordinary"], 1) == pytest.approx(4 + 25)
    assert lix([], 0) is None
