"""Nicknames inside recorded names: told apart from notes in brackets, and names of whoever bears them."""

from __future__ import annotations

import pytest

from service.films.names import Likeness, compare
from service.films.nicknames import split_nicknames, spoken_forms
from service.films.vocabulary import TermKind, person_terms

NAMES = {
    'Tom "Red" Reed': ("Tom Reed", ("Red",)),
    "Tom “Red” Reed": ("Tom Reed", ("Red",)),
    "Tom 'Red' Reed": ("Tom Reed", ("Red",)),
    "Tom ‘Red’ Reed": ("Tom Reed", ("Red",)),
    "Tom (Red) Reed": ("Tom Reed", ("Red",)),
    'Tom Reed "The Mule"': ("Tom Reed", ("The Mule",)),
    'Tom "Red" "Mule" Reed': ("Tom Reed", ("Red", "Mule")),
    '"Weird Tom"': ("Weird Tom", ()),
    "Tom Reed (voice)": ("Tom Reed", ()),
    "Tom Reed (Vera's Brother)": ("Tom Reed", ()),
    "Tom (voice) Reed": ("Tom Reed", ()),
    "Tom O'Reed": ("Tom O'Reed", ()),
    "Rock 'n' Roll Tom": ("Rock 'n' Roll Tom", ()),
    "D'Arcy O'Reed": ("D'Arcy O'Reed", ()),
    "": ("", ()),
}


@pytest.mark.parametrize(("name", "parts"), NAMES.items())
def test_nicknames_are_taken_out_and_notes_dropped(name: str, parts: tuple[str, tuple[str, ...]]) -> None:
    assert split_nicknames(name) == parts


@pytest.mark.parametrize(
    "known", ['Tom Ulf "Red" Reed', "Tom Ulf ‘Red’ Reed", "Tom Ulf 'Red' Reed", "Tom Ulf (Red) Reed"]
)
@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("Red", True),
        ("Red Reed", True),
        ("The Red", True),
        ("Tom Red Reed", True),
        ('Tom "Red" Reed', True),
        ("Tom Reed", True),
        ("Red Holm", False),
        ("Ned Reed", False),
        ("Max Red Reed", False),
    ],
)
def test_a_nickname_means_its_bearer_alone_or_before_the_surname(
    known: str, said: str, *, same: bool
) -> None:
    assert (compare(said, known) in {Likeness.SAME, Likeness.VARIANT}) is same


def test_a_name_is_said_in_full_with_and_without_its_nickname() -> None:
    assert spoken_forms('Tom Ulf "Red" Reed') == ('Tom Ulf "Red" Reed', "Tom Ulf Reed", "Red Reed")
    assert spoken_forms("Tom Reed (voice)") == ("Tom Reed (voice)",)


def test_a_nickname_is_a_word_of_the_films_vocabulary() -> None:
    assert "Red" in {t.text for t in person_terms('Tom "Red" Reed', TermKind.CHARACTER)}
