"""Stored values in place of contradicted ones, but not against a note."""

from __future__ import annotations

from service.document import Span, parse
from service.reviews import Note
from service.writing.edit.values import _noted, _words

TEXT = "The film is too long by 20 minutes. It runs for 95 minutes."


def noted(value: str, note: str) -> bool:
    at = TEXT.index(value)
    return _noted(parse(TEXT), Span(at, at + len(value)), [_words(Note("n1", note).text)])


def test_a_number_of_a_note_is_the_writers_own_word() -> None:
    assert noted("20", "Too long by 20 minutes, the harbour above all.")


def test_a_number_that_no_note_has_may_be_mended() -> None:
    assert not noted("95", "Too long by 20 minutes, the harbour above all.")


def test_the_same_number_said_of_something_else_is_no_excuse() -> None:
    assert not noted("95", "He is 95 and still dives.")
