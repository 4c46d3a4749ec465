"""Patterns of slots: gaps are bounded, and a match fills every slot in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.detectors.slots import compile_pattern, index_of, key


def hits(pattern: str, text: str) -> list[tuple[int, int]]:
    stems = [key(w) for w in text.split()]
    return [(h.start, h.end) for h in index_of([compile_pattern(pattern)]).find(stems)]


def test_any_inflection_fills_a_slot() -> None:
    assert hits("leave a mark", "she was leaving a mark") == [(2, 5)]


def test_a_gap_holds_at_most_its_number_of_words() -> None:
    assert hits("leave .. mark", "leaves a deep mark") == [(0, 4)]
    assert hits("leave .. mark", "leaves a very deep mark") == []


def test_a_pattern_that_ends_with_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="begins and ends with a word"):
        compile_pattern("leave ..")


@given(st.lists(st.sampled_from(["leave", "a", "deep", "mark", ""]), max_size=30))
def test_every_hit_begins_and_ends_with_its_slots(stems: list[str]) -> None:
    for hit in index_of([compile_pattern("leave .. mark")]).find(stems):
        assert stems[hit.start] == "leave"
        assert stems[hit.end - 1] == "mark"
        assert hit.end - hit.start <= 4
