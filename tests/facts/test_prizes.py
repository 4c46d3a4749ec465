"""Lists of prizes: each prize and category is a claim of its own, under the rules of a single one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.document import parse
from service.facts import check
from service.facts.prizes import stated
from service.films import Award, Film

FILM = Film(
    id="p1",
    title="The Long Harbour",
    awards=(
        Award("Academy Awards", "Best Picture", 2000),
        Award("Academy Awards", "Best Director", 2000, recipients=("Ana Lindqvist",)),
        Award("Academy Awards", "Best Makeup and Hairstyling", 2000),
        Award("Academy Awards", "Best Supporting Actress", 2000, recipients=("Ida Holm",)),
        Award("Academy Awards", "Best Original Score", 2000, won=False),
        Award("Palme d'Or", "", 1999),
    ),
    complete=frozenset({"awards"}),
)
OPEN = replace(FILM, complete=frozenset())


def verdicts(text: str, film: Film) -> list[str]:
    claims = check(parse(text, titles=film.titles), film).claims
    assert all(c.span.of(text) == c.text for c in claims)
    return [c.verdict.value[0] for c in claims if c.kind == "award"]


@pytest.mark.parametrize(
    ("text", "whole", "partial"),
    [  # s, c, n: supported, contradicted, not in the metadata
        ("It won Academy Awards for Best Picture and Best Actor.", "sc", "sn"),
        ("It won Academy Awards for Best Picture and Best Director.", "ss", "ss"),
        ("It won the Oscar for Best Picture, Best Actor, and Best Director.", "scs", "sns"),
        ("It won the Palme d'Or and Academy Awards for Best Picture and Best Actor.", "ssc", "ssn"),
        ("It won the Palme d’Or as well as the Oscar for Best Actor.", "sc", "sn"),
        ("It won the Palme d'Or, an Oscar and a BAFTA.", "ssc", "ssn"),
        ("It won the Palme d'Or in Cannes and the Oscar for Best Picture.", "ss", "ss"),
        ("It won Best Picture and Best Actor at the Academy Awards.", "sc", "sn"),
        ("It won the Oscars for Best Picture, Director and Actor.", "ssc", "ssn"),
        ("It won two Oscars for Best Picture and Best Director.", "ss", "ss"),
        ("It won three Oscars for Best Picture and Best Director.", "css", "css"),
        ("It won four Oscars, for Best Picture and Best Director.", "sss", "nss"),
        ("It won four Oscars, including Best Picture and Best Actor.", "ssc", "nsn"),
        ("It won three Academy Awards: Best Picture, Best Director and Best Actor.", "sssc", "sssn"),
        ("It won four Academy Awards (Best Picture and Best Director).", "sss", "nss"),
        ("It won the Oscar for Best Makeup and Hairstyling and Best Director.", "ss", "ss"),
        ("It won the Oscar for Best Director (Ana Lindqvist) and Best Actor (Marc Oduya).", "sc", "sn"),
        ("It was nominated for the Oscar for Best Picture and Best Original Score.", "ss", "ss"),
        ("It won the Oscar for Best Picture and Best Original Score.", "sc", "sc"),
        ("It received Oscar nominations for Best Original Score and Best Actor.", "sc", "sn"),
        ("It did not win the Oscar for Best Picture and Best Actor.", "cs", "cn"),
        ("It won the Palme d'Or and Best Director.", "ss", "ss"),
        ("It received Oscar and BAFTA nominations.", "sc", "sn"),
    ],
)
def test_each_of_a_list_is_a_claim(text: str, whole: str, partial: str) -> None:
    assert "".join(verdicts(text, FILM)) == whole
    assert "".join(verdicts(text, OPEN)) == partial


@pytest.mark.parametrize(
    "text",
    [
        "It won the Oscar for Best Picture, and the Oscar for Best Actor went to Marc Oduya.",
        "It won the Oscar for Best Picture, and the Oscar was stolen.",
        "It won the Oscar for Best Picture and director Ana Lindqvist wept.",
        "It won the Oscar for Best Picture, film critics agreed.",
        "It won the Oscar for Best Picture and Best Picture Ever Made is what they call it.",
        "It won the Palme d'Or and director of the festival Max Muster wept.",
        "It won the Oscar for Best Picture, and Best Actor Marc Oduya was there.",
    ],
)
def test_what_only_follows_a_prize_is_none_of_the_list(text: str) -> None:
    assert verdicts(text, FILM) == ["s"]


def test_a_category_of_fewer_words_in_a_list_is_left_open() -> None:
    assert verdicts("It won the Oscar for Best Picture, Actress and Director.", FILM) == ["s", "n", "s"]


def test_a_person_may_have_won_a_list() -> None:
    text = "Ana Lindqvist won the Oscar for Best Picture and Best Director for her work."
    assert verdicts(text, FILM)[-1] == "s"


def test_the_years_of_a_list_are_each_its_own() -> None:
    (found,) = stated("⟦f0⟧ won the oscar for best picture in 2000 and the bafta for best film in 2001.")
    assert [s.prize.year for s in found] == [2000, 2001]
