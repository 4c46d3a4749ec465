"""What is taken back takes nothing else with it: the edits that stay keep the steps that they are made of."""

from __future__ import annotations

from service.document import Edit, Format, Operation, Span, apply, parse
from service.writing.edit.rounds import Budget
from service.writing.edit.settling import go_back, made_of, named
from service.writing.edit.state import State

SOURCE = "One red door. One blue door."


def _edit(edit_id: str, before: str, after: str) -> Edit:
    at = SOURCE.index(before)
    return Edit(edit_id, Span(at, at + len(before)), before, after, Operation.REWRITE, "rule:x", "", ())


def test_the_edits_that_stay_keep_their_steps() -> None:
    document = parse(SOURCE, Format.TEXT)
    state = State(document, None, Budget.of(document))
    first, second = _edit("r1.1+r2.4", "red", "green"), _edit("r1.2", "blue", "grey")
    state.edits, state.stages = (first, second), [(first, second)]
    kept = named((first,))
    after = parse(apply(SOURCE, kept), Format.TEXT)
    go_back(state, kept, after)
    assert [e.id for e in state.edits] == ["r1.1+r2.4"]
    assert made_of(state, named(state.edits)) == {"e1": ("r1.1", "r2.4")}
