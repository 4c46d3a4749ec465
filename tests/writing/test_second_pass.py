"""The edits of the second pass, carried back into sentences that keep their sources."""

from __future__ import annotations

import pytest

from service.document import Edit, Operation, Span
from service.reviews import Review, ReviewSentence, Section, SectionName
from service.writing.draft import render
from service.writing.second_pass import carried

ONE = ReviewSentence("A father is jailed.", ("n1",))
TWO = ReviewSentence("He shares a cell with four men.", ("n2", "film.cast"))
THREE = ReviewSentence("The film is about love.", ("n3",))
REVIEW = Review(
    "A Film (1999)",
    "a-film",
    (
        Section(SectionName.PLOT, ((ONE, TWO),)),
        Section(SectionName.CHARACTERS, ()),
        Section(SectionName.THEMES, ((THREE,),)),
        Section(SectionName.LEGACY, ()),
    ),
    ("n1", "n2", "n3"),
    (),
)
RENDERED = render(REVIEW)


def edit_of(before: str, after: str) -> Edit:
    start = RENDERED.text.index(before)
    return Edit(
        "e1", Span(start, start + len(before)), before, after, Operation.REWRITE, "rule:test", "a test"
    )


def sentences(review: Review) -> list[tuple[str, tuple[str, ...]]]:
    return [(s.text, s.sources) for section in review.sections for s in section.sentences]


def test_no_edits_leave_the_review_as_it_was() -> None:
    assert carried(REVIEW, RENDERED.places, ()) == REVIEW


def test_an_edit_inside_a_sentence_changes_its_text_and_keeps_its_sources() -> None:
    edited = carried(REVIEW, RENDERED.places, [edit_of("four men", "men")])
    assert sentences(edited)[1] == ("He shares a cell with men.", ("n2", "film.cast"))
    assert edited.notes_used == ("n1", "n2", "n3")


@pytest.mark.parametrize("cut", [" He shares a cell with four men.", "He shares a cell with four men."])
def test_a_sentence_cut_whole_goes_and_its_note_is_listed_as_left_out(cut: str) -> None:
    edited = carried(REVIEW, RENDERED.places, [edit_of(cut, "")])
    assert [t for t, _ in sentences(edited)] == ["A father is jailed.", "The film is about love."]
    assert edited.notes_used == ("n1", "n3")
    ((note, reason),) = edited.notes_left_out
    assert note == "n2"
    assert "second pass" in reason


def test_two_sentences_merged_become_one_with_the_sources_of_both() -> None:
    merged = edit_of("jailed. He shares a cell", "jailed and shares a cell")
    edited = carried(REVIEW, RENDERED.places, [merged])
    first = sentences(edited)[0]
    assert first[1] == ("n1", "n2", "film.cast")
    assert first[0].startswith("A father is jailed and shares a cell")


def test_a_paragraph_whose_only_sentence_is_cut_goes_with_it() -> None:
    edited = carried(REVIEW, RENDERED.places, [edit_of("The film is about love.", "")])
    assert edited.sections[2].paragraphs == ()
    assert edited.notes_left_out[0][0] == "n3"
