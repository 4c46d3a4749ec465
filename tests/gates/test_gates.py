"""The gates: registered one a file, and what they refuse of a sentence put in another's place."""

from __future__ import annotations

from pathlib import Path

import pytest

import service.gates
from service.detectors import Subject
from service.document import Edit, Operation, Span, apply, parse
from service.gates import GATES, Change, decide

TEXT = (
    "Central Station was directed by Walter Salles and written by João Emanuel Carneiro. "
    "It opened in 1998 and did not win the Oscar. "
    "Every review praised Fernanda Montenegro, who plays Dora. Dora is a retired teacher."
)
CREDIT = "Central Station was directed by Walter Salles and written by João Emanuel Carneiro."
OSCAR = "It opened in 1998 and did not win the Oscar."
PRAISE = "Every review praised Fernanda Montenegro, who plays Dora."


def refusals(before: str, after: str) -> list[str]:
    at = TEXT.index(before)
    edit = Edit("e1", Span(at, at + len(before)), before, after, Operation.REWRITE, "test", "")
    change = Change(parse(TEXT), parse(apply(TEXT, [edit])), (edit,), Subject())
    return [d.gate for d in decide(change) if not d.accepted]


def test_every_gate_file_is_registered() -> None:
    folder = Path(service.gates.__file__).parent
    apart = {"__init__", "gate", "decide"}
    assert {p.stem for p in folder.glob("*.py")} - apart == {g.name for g in GATES}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CREDIT, "Central Station was directed by João Emanuel Carneiro and written by Walter Salles."),
        (CREDIT, "João Emanuel Carneiro directed Central Station and Walter Salles wrote it."),
        (OSCAR, "It opened in 1999 and did not win the Oscar."),
        (OSCAR, "It opened in 1998 and won the Oscar."),
        (OSCAR, "Se estrenó en 1998 y no ganó el Oscar."),
        (OSCAR, "It opened in 1998 and did not win the Oscar\ud83d."),
        (OSCAR, "Sure! Here is the rewritten sentence."),
        (PRAISE, "Some reviews praised Fernanda Montenegro, who plays Dora."),
        (PRAISE, "Every review praised Dora, who plays Fernanda Montenegro."),
        ("Dora is a retired teacher.", ""),
    ],
)
def test_a_changed_fact_is_refused(before: str, after: str) -> None:
    assert refusals(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CREDIT, "Walter Salles directed Central Station from a script by João Emanuel Carneiro."),
        (OSCAR, "Opening in 1998, it failed to win the Oscar."),
        (PRAISE, "All reviews praised Fernanda Montenegro, who plays Dora."),
    ],
)
def test_a_faithful_paraphrase_is_accepted(before: str, after: str) -> None:
    assert refusals(before, after) == []
