"""Contractions are never names; a denial without a subject bears on the film only where it can be meant."""

from __future__ import annotations

import pytest

from service.document import parse
from service.facts import Claim, Verdict, check
from service.films import CastMember, Film

FILM = Film(
    id="n1",
    title="The Long Harbour",
    directors=("Ana Lindqvist",),
    cast=(CastMember("Ida Holm", ("Vera",)), CastMember("Marc Oduya", ("Tom",))),
    complete=frozenset({"directors", "cast"}),
)


def claims(text: str) -> tuple[Claim, ...]:
    return check(parse(text, titles=FILM.titles), FILM).claims


@pytest.mark.parametrize("mark", ["'", "’"])
@pytest.mark.parametrize(
    "text",
    [
        "Can't act at all.",
        "Don't miss it.",
        "Won't star anyone.",
        "Couldn't play a corpse.",
        "Isn't in it.",
        "Let's star in it.",
        "They're acting well.",
        "He'd star in anything.",
        "I've appeared in worse.",
        "Y'know, she can't act. Won't appear again.",
        "You Can't Act",
    ],
)
def test_a_contraction_is_no_name(text: str, mark: str) -> None:
    assert [c.text for c in claims(text.replace("'", mark))] == []


@pytest.mark.parametrize("mark", ["'", "’", ""])
@pytest.mark.parametrize(
    "text",
    [
        "Didn't star Ida Holm.",
        "Doesn't feature Ida Holm.",
        "Isn't starring Ida Holm.",
        "Wasn't directed by Ana Lindqvist.",
        "Wasn't really directed by Ana Lindqvist.",
        "Hasn't been directed by Ana Lindqvist.",
    ],
)
def test_a_denial_without_a_subject_contradicts_what_the_record_has(text: str, mark: str) -> None:
    (claim,) = claims(text.replace("'", mark))
    assert claim.verdict is Verdict.CONTRADICTED
    assert claim.text in {"Ida Holm", "Ana Lindqvist"}


@pytest.mark.parametrize(
    "text",
    [
        "Don't miss the film starring Ida Holm.",
        "Please don't skip it, directed by Ana Lindqvist.",
        "Can't believe it was directed by Ana Lindqvist.",
        "Didn't love the film starring Ida Holm.",
        "Didn't make it through the film starring Ida Holm.",
        "Do not miss the film starring Ida Holm.",
    ],
)
def test_what_the_writer_or_the_reader_does_not_do_denies_nothing_of_the_film(text: str) -> None:
    assert {c.verdict for c in claims(text)} == {Verdict.SUPPORTED}


def test_a_title_that_opens_with_a_contraction_is_another_work() -> None:
    assert not [c for c in claims("Don't Look Back was a hit.") if c.text.startswith("Look")]


def test_whom_a_denial_opens_with_is_named_without_it() -> None:
    (claim,) = claims("Didn't Marc Oduya star in it.")
    assert claim.text == "Marc Oduya"
