from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.changes import Change, changes

TEXT = st.lists(st.sampled_from(["the", "ferry", " ", "\n\n", ",", "crosses", "’s", "é", "\U0001f6a2"])).map(
    "".join
)


@given(TEXT | st.text(max_size=40), TEXT | st.text(max_size=40))
def test_both_texts_are_in_the_changes(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(c.text for c in found if c.op != "insert") == before
    assert "".join(c.text for c in found if c.op != "delete") == after
    assert all(c.text for c in found)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The old ferry crosses.", "The ferry crosses.",
         [("equal", "The "), ("delete", "old "), ("equal", "ferry crosses.")]),
        ("It manages to show that.", "It shows that.",
         [("equal", "It "), ("delete", "manages to show"), ("insert", "shows"), ("equal", " that.")]),
        ("Same.", "Same.", [("equal", "Same.")]),
        ("", "New.", [("insert", "New.")]),
    ],
)  # fmt: skip
def test_a_phrase_is_one_change(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    joined: list[Change] = []
    for c in changes(before, after):
        if joined and joined[-1].op == c.op:
            joined[-1] = Change(c.op, joined[-1].text + c.text)
        else:
            joined.append(c)
    assert [(c.op, c.text) for c in joined] == expected
