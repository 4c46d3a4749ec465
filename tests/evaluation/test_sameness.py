from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.detectors import Subject, analyse
from service.document import parse
from service.evaluation.sameness import OTHERS, across, hashes, packed, units, unpacked


def runs(text: str, *names: str) -> str:
    return packed(hashes(units(analyse(parse(text), Subject(terms=names)))))


def test_texts_of_one_mould_share_runs_and_names_do_not_hide_it() -> None:
    found = across(
        {
            "a": runs("Ida Berg gives a performance of rare strength.", "Ida Berg"),
            "b": runs("Max Holm gives a performance of rare strength.", "Max Holm"),
            "c": runs("The tide went out before the ferry came."),
        }
    )
    assert found["a"]["sameness"] == found["b"]["sameness"] == 1.0
    assert found["c"]["sameness"] == 0.0


def test_a_text_alone_shares_nothing_that_could_be_measured() -> None:
    assert across({"a": runs("The tide went out before the ferry came.")})["a"]["sameness"] is None


def test_echo_is_for_sets_that_are_large_enough_and_at_most_sameness() -> None:
    texts = {f"t{i}": runs(f"The tide went out with boat number {i}, and {i} gulls.") for i in range(OTHERS)}
    assert across(texts)["t1"]["echo"] is None
    texts |= {f"u{i}": runs(f"A lamp burned in window {i} all the winter long.") for i in range(80)}
    for shared in across(texts).values():
        assert shared["echo"] is not None
        assert shared["sameness"] is not None
        assert 0 < shared["echo"] <= shared["sameness"] + 1e-9


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_hashes_come_back_as_they_were(values: list[int]) -> None:
    assert list(unpacked(packed(values))) == values
