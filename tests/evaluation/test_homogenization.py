from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.evaluation.homogenization import PARTNERS, Words, rouge_l, self_bleu
from service.evaluation.sameness import numbered

FERRIES = (
    "the ferry crosses at night and nobody speaks",
    "at night the ferry crosses slowly",
    "nobody speaks when the lamp swings",
    "a film about a ferry",
)
TEXT = st.lists(st.sampled_from(["the", "a", "ferry", "lamp", "night"]), max_size=12)


def coded(*texts: str) -> list[Words]:
    return [np.array(numbered(t.split()), dtype=np.uint32) for t in texts]


# Computed by nltk 3.10.4 (sentence_bleu with SmoothingFunction().method1), not among the tests' packages.
def test_self_bleu_is_that_of_a_kept_package() -> None:
    assert self_bleu(coded(*FERRIES)) == pytest.approx(
        [0.20205155046766235, 0.25406637407730737, 0.09554427922043669, 0.0439891724758422]
    )


# Computed by rouge-score 0.1.2 (rougeL, F1, no stemming), not among the tests' packages.
def test_rouge_l_is_that_of_a_kept_package() -> None:
    by_pair = [
        [0.42857142857142855, 0.28571428571428575, 0.15384615384615385],
        [0.42857142857142855, 0.16666666666666666, 0.1818181818181818],
        [0.28571428571428575, 0.16666666666666666, 0.0],
        [0.15384615384615385, 0.1818181818181818, 0.0],
    ]
    assert rouge_l(coded(*FERRIES)) == pytest.approx([sum(row) / 3 for row in by_pair])


def test_texts_of_one_wording_are_wholly_alike_and_others_not_at_all() -> None:
    same, other = "the ferry crosses at night", "a lamp swings over us"
    assert self_bleu(coded(same, same)) == pytest.approx([1, 1])
    assert rouge_l(coded(same, same)) == pytest.approx([1, 1])
    assert self_bleu(coded(same, other)) == [0, 0]
    assert rouge_l(coded(same, other)) == [0, 0]


@pytest.mark.parametrize("measure", [self_bleu, rouge_l])
def test_a_text_without_words_or_without_others_has_no_value(
    measure: Callable[[list[Words]], list[float | None]],
) -> None:
    assert measure(coded("the ferry")) == [None]
    assert measure(coded("", "")) == [None, None]
    assert measure(coded("the ferry", "", "the ferry"))[1] is None
    assert measure([]) == []


@settings(deadline=None)
@given(st.lists(TEXT, min_size=2, max_size=8))
def test_values_are_shares_and_do_not_depend_on_the_order(texts: list[list[str]]) -> None:
    words = coded(*(" ".join(t) for t in texts))
    turned = words[1:] + words[:1]
    for measure in (self_bleu, rouge_l):
        values = measure(words)
        assert all(v is None or 0 <= v <= 1 + 1e-9 for v in values)
        expected = [np.nan if v is None else v for v in values[1:] + values[:1]]
        assert [np.nan if v is None else v for v in measure(turned)] == pytest.approx(expected, nan_ok=True)


def test_in_a_large_set_every_text_has_as_many_partners() -> None:
    alone = "the ferry crosses at night"
    many = [alone] * 3 + [f"w{i} x{i} y{i}" for i in range(2 * PARTNERS)]
    values = rouge_l(coded(*many))
    assert all(v is not None and v * PARTNERS == pytest.approx(round(v * PARTNERS)) for v in values)
