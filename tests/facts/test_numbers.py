"""Numbers in words and figures."""

from __future__ import annotations

import re

import pytest

from service.facts.numbers import CARDINAL, COUNT, Count, cardinal, read_count


@pytest.mark.parametrize(
    ("text", "number"),
    [("95", 95), ("ninety", 90), ("ninety-five", 95), ("a hundred and twenty", 120), ("two hundred", 200)],
)
def test_a_cardinal_is_read_in_words_and_figures(text: str, number: int) -> None:
    assert re.fullmatch(CARDINAL, text)
    assert cardinal(text) == number


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("more than two", Count(3, None)),
        ("at least 2", Count(2, None)),
        ("several", Count(2, None)),
        ("fewer than three", Count(0, 2)),
        ("four", Count(4, 4)),
    ],
)
def test_a_count_keeps_its_bounds(text: str, count: Count) -> None:
    m = re.fullmatch(COUNT, text)
    assert m is not None
    assert read_count(m) == count
