"""People's names: the grades of likeness, and what they must never confuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.films.names import Likeness, People, compare, nearest, read_name, sound

SAME_PERSON = [
    ("J.J. Abrams", "J. J. Abrams"),
    ("John J. Abrams", "J.J. Abrams"),
    ("Sammy Davis", "Sammy Davis Jr."),
    ("Yong gu Lee", "Yong-gu Lee"),
    ("Yonggu Lee", "Yong-gu Lee"),
    ("Lee Yong-gu", "Yong-gu Lee"),
    ("Nagy Anna", "Anna Nagy"),
    ("Chalamet", "Timothée Chalamet"),
    ("Timothee Chalamet", "Timothée Chalamet"),
    ("Bob Hale", "Robert Hale"),
    ("Liz Hale", "Elizabeth Hale"),
    ("Michael Jordan", "Michael B. Jordan"),
    ("Anna Calder Marsh", "Anna Calder-Marsh"),
    ("Rawson M. Thale", "Rawson Marshall Thale"),
    ("De Palma", "Brian De Palma"),
    ("Kirk DeMicco", "Kirk De Micco"),
    ("Mike Mizan", 'Mike "The Miz" Mizan'),
    ("Julia Nick", "Julia Nick-Soul"),
    ("Dr. Ana Holm", "Ana Holm"),
]
SLIPS = [
    ("Ana Lindkvist", "Ana Lindqvist"),
    ("Cillian Marphy", "Cillian Murphy"),
    ("Phillip Hale", "Philip Hale"),
    ("Micheal Hale", "Michael Hale"),
    ("Kirsten Wigg", "Kristen Wigg"),
    ("Denzil Hale", "Denzel Hale"),
    ("Joan Crafword", "Joan Crawford"),
]
OTHERS = [
    ("Joel Coen", "Ethan Coen"),
    ("Casey Affleck", "Ben Affleck"),
    ("Mark Damon", "Matt Damon"),
    ("Arch Hall Sr.", "Arch Hall Jr."),
    ("Stephen King", "Stephen Lang"),
    ("Robert Pugh", "Florence Pugh"),
    ("Ana Holm", "Marc Oduya"),
]


@pytest.mark.parametrize(("asserted", "known"), SAME_PERSON)
def test_other_spellings_are_variants(asserted: str, known: str) -> None:
    assert compare(asserted, known) is Likeness.VARIANT


@pytest.mark.parametrize(("asserted", "known"), SLIPS)
def test_slips_are_misspelt(asserted: str, known: str) -> None:
    assert compare(asserted, known) is Likeness.MISSPELT


@pytest.mark.parametrize(("asserted", "known"), OTHERS)
def test_other_people_are_different(asserted: str, known: str) -> None:
    assert compare(asserted, known) is Likeness.DIFFERENT


def test_a_given_name_alone_cannot_tell() -> None:
    assert compare("Joel", "Joel Coen") is Likeness.UNCLEAR


def test_a_slip_that_is_anothers_name_is_that_other_person() -> None:
    known = ("Chris Cooper",)
    assert nearest("Chris Coper", known).likeness is Likeness.MISSPELT
    assert nearest("Chris Coder", known, People(["Chris Coder"])).likeness is Likeness.DIFFERENT


def test_a_slip_that_sounds_the_same_stays_a_slip() -> None:
    people = People(["Adrienne Shelly"])
    assert nearest("Adrienne Shelly", ("Adrienne Shelley",), people).likeness is Likeness.MISSPELT


def test_the_nearest_of_several_is_named() -> None:
    match = nearest("Ethan Coen", ("Joel Coen", "Ethan Cohen", "Ethan Coen"))
    assert (match.likeness, match.known) == (Likeness.SAME, "Ethan Coen")


def test_people_are_known_whatever_the_case_and_accents() -> None:
    people = People(["Zoë Kravitz", "J. K. Simmons"])
    assert people.knows("zoe kravitz")
    assert people.knows("J.K. Simmons")
    assert not people.knows("Lenny Kravitz")
    assert len(people) == 2


def test_names_are_taken_apart() -> None:
    name = read_name("Sir Daisy von Scherler Mayer, Jr.")
    assert (name.words, name.suffix) == (("daisy", "von", "scherler", "mayer"), "jr")
    assert read_name("Brian De Palma").surname == "depalma"


@pytest.mark.parametrize(("a", "b"), [("erik", "eric"), ("stalone", "stallone"), ("phil", "fil")])
def test_what_sounds_alike_has_one_key(a: str, b: str) -> None:
    assert sound(a) == sound(b)


WORDS = st.text(st.characters(categories=["L"], max_codepoint=0x17F), min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_name_is_itself_whatever_the_case(parts: list[str]) -> None:
    name = " ".join(parts)
    assert compare(name, name) is Likeness.SAME
    assert compare(name.upper(), name) in {
        Likeness.SAME,
        Likeness.VARIANT,
        Likeness.UNCLEAR,
        Likeness.MISSPELT,
    }


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_breaks_the_comparison(a: str, b: str) -> None:
    assert compare(a, b) in set(Likeness)


@pytest.mark.parametrize(
    ("asserted", "known"),
    [
        ("Raphaell Jansen", "Raphaelle Jansen"),
        ("John Lindqvist", "Jon Lindqvist"),
        ("Stewart Lindqvist", "Stuart Lindqvist"),
        ("Ida Leksmond", "Ida Lexmond"),
        ("Roke Camara", "Roque Camara"),
    ],
)
def test_a_lost_last_letter_and_a_silent_one_are_misspellings(asserted: str, known: str) -> None:
    """A letter short of a name is no short form of it, and what is heard the same is a slip."""
    assert compare(asserted, known) is Likeness.MISSPELT


def test_given_names_that_differ_in_a_vowel_heard_are_two_people() -> None:
    """Joan is no slip of John."""
    assert compare("Joan Lindqvist", "John Lindqvist") is Likeness.DIFFERENT
