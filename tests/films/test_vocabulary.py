"""A film's words are found token by token, in every way of writing them, and nothing else is."""

from __future__ import annotations

import pytest

from service.document import parse
from service.films import CastMember, Film
from service.films.inference import infer
from service.films.vocabulary import Vocabulary, atoms_of, vocabulary

FILM = Film(
    id="t",
    title="Harbour: Room No. 9",
    directors=("Ida Berg",),
    cast=(CastMember("Max Holm", ("Park Min-ho",)),),
)


def found(vocab: Vocabulary, text: str) -> list[tuple[str, ...]]:
    words = text.split()
    pairs = [(atom, word[0].isupper()) for word in words for atom in atoms_of(word)]
    return [m.term.atoms for m in vocab.find([a for a, _ in pairs], [c for _, c in pairs])]


@pytest.mark.parametrize("text", ["Room No. 9", "Room No 9", "room no. 9", "Room No. 9’s"])
def test_a_part_of_the_title_is_found_however_it_is_written(text: str) -> None:
    assert found(vocabulary(FILM), text) == [("room", "no", "9")]


@pytest.mark.parametrize("text", ["Park Min-ho", "Park Min ho", "Park Min-ho’s"])
def test_a_character_is_found_with_hyphen_space_and_possessive(text: str) -> None:
    assert found(vocabulary(FILM), text) == [("park", "min", "ho")]


def test_a_surname_needs_its_capital() -> None:
    assert found(vocabulary(FILM), "Berg films a berg") == [("berg",)]


def test_no_film_and_no_terms_find_nothing() -> None:
    assert found(vocabulary(None), "Ida Berg") == []


def test_names_inside_sentences_and_the_heading_that_comes_again_are_inferred() -> None:
    text = "Quiet Room No 9\n\nWe follow Ida Berg for a day. Everybody in Quiet Room No. 9 knows her."
    atoms = {t.atoms for t in infer(parse(text))}
    assert {("ida", "berg"), ("quiet", "room", "no", "9")} <= atoms
    assert ("we",) not in atoms
    assert ("everybody",) not in atoms


def test_a_text_without_capitals_yields_no_names() -> None:
    assert infer(parse("nothing here is a name, and nobody is called anything at all.")) == ()
