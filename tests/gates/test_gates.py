"""The gates: registered one a file, and what they refuse of a sentence put in another's place."""

from __future__ import annotations

from pathlib import Path

import pytest

import service.gates
from service.detectors import Subject
from service.document import Edit, Operation, Span, apply, parse
from service.films import CastMember, Film
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
        (OSCAR, "In 1998 it opened and failed to win the Oscar."),
        (PRAISE, "All reviews praised Fernanda Montenegro, who plays Dora."),
    ],
)
def test_a_faithful_paraphrase_is_accepted(before: str, after: str) -> None:
    assert refusals(before, after) == []


FILM = Film(
    id="the-salt-orchard-1987",
    title="The Salt Orchard",
    year=1987,
    directors=("Marta Lindqvist",),
    writers=("Owen Fairbairn",),
    cast=(CastMember("Ewa Zielinska", ("Nora",)), CastMember("Tom Bell", ("Jack",))),
)
LOOK = "The film is a quiet look at a small town."


def refused_of(before: str, after: str) -> list[str]:
    document = parse(before, titles=FILM.titles)
    edit = Edit("e1", Span(0, len(before)), before, after, Operation.REWRITE, "test", "")
    changed = parse(apply(before, [edit]), titles=FILM.titles)
    change = Change(document, changed, (edit,), Subject(film=FILM), max_cut=0.9)
    return [d.gate for d in decide(change) if not d.accepted]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LOOK, "Directed by Ewa Zielinska, the film is a quiet look at a small town."),
        (LOOK, "Ewa Zielinska's film is a quiet look at a small town."),
        (LOOK, "From Tom Bell, the film is a quiet look at a small town."),
        (LOOK, "Ewa Zielinska is quiet in a small town."),
        ("The film was written in a small town.", "The film was written by Marta Lindqvist in a small town."),
        ("The mother stays at home all day.", "Ewa Zielinska stays at home as the mother all day."),
        ("The director watches a small town.", "Ewa Zielinska, the director, watches a small town."),
    ],
)
def test_a_name_of_the_record_in_a_role_it_does_not_have_is_refused(before: str, after: str) -> None:
    assert "fact_invented" in refused_of(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LOOK, "Marta Lindqvist's film is a quiet look at a small town."),
        ("Its director watches a small town.", "Its director Marta Lindqvist watches a small town."),
        ("The film was written in a small town.", "The film was written by Owen Fairbairn in a small town."),
    ],
)
def test_a_name_of_the_record_in_its_own_role_is_accepted(before: str, after: str) -> None:
    assert not refused_of(before, after)


def test_a_member_of_a_list_is_no_filler() -> None:
    assert "fact_lost" in refused_of("It speaks of freedom and possibility.", "It speaks of possibility.")


SAID = "The harbour master hides the stolen boat."


@pytest.mark.parametrize(
    ("rest", "refused"),
    [
        (
            "The boat is red. A master of song lives near. They hide. The harbour is quiet. It was stolen.",
            True,
        ),
        ("The stolen boat lies red in the harbour, where its master hides it from the children.", False),
    ],
)
def test_a_dropped_sentence_must_stand_together_elsewhere(rest: str, refused: bool) -> None:
    text = f"{SAID} {rest}"
    edit = Edit("e1", Span(0, len(SAID) + 1), f"{SAID} ", "", Operation.CUT_SENTENCE, "test", "")
    change = Change(parse(text), parse(apply(text, [edit])), (edit,), Subject(), max_cut=0.9)
    assert ("fact_lost" in [d.gate for d in decide(change) if not d.accepted]) is refused
