"""A nickname in the record, of a character or an actor, is a name of whoever bears it."""

from __future__ import annotations

import pytest

from service.document import parse
from service.facts import check
from service.films import CastMember, Film

FILM = Film(
    id="m1",
    title="The Long Harbour",
    cast=(
        CastMember("Ida Holm", ('Vera Ann "Red" Stone',)),
        CastMember('Marc "The Anvil" Oduya', ("Tom 'Skip' Reed", "Al (Bud) White")),
        CastMember("Lena Fisk", ("Rosa ‘Mouse’ Lund (voice)",)),
    ),
    complete=frozenset({"cast"}),
)


def verdicts(text: str) -> dict[str, str]:
    return {c.text: c.verdict.value for c in check(parse(text, titles=FILM.titles), FILM).claims}


@pytest.mark.parametrize(
    "text",
    [
        "Red, portrayed by Ida Holm, leaves.",
        "Ida Holm plays Red.",
        "Ida Holm plays Red Stone.",
        "Ida Holm plays Vera “Red” Stone.",
        "Ida Holm plays Vera Ann ‘Red’ Stone.",
        "Ida Holm plays Vera.",
        "Ida Holm plays Ann Stone.",
        "Skip is played by Marc Oduya.",
        "Bud White is played by Marc Oduya.",
        "Bud is played by The Anvil.",
        "Lena Fisk voices Mouse.",
        "Mouse Lund, voiced by Lena Fisk, is a rat.",
        "It stars The Anvil.",
        "It stars Anvil Oduya.",
    ],
)
def test_a_nickname_is_supported(text: str) -> None:
    found = verdicts(text)
    assert found
    assert set(found.values()) == {"supported"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Red, portrayed by Marc Oduya, leaves.", "Red"),
        ("Marc Oduya plays Mouse.", "Mouse"),
        ("It stars The Hammer.", "The Hammer"),
    ],
)
def test_a_nickname_of_another_is_contradicted(text: str, wrong: str) -> None:
    assert verdicts(text)[wrong] == "contradicted"
