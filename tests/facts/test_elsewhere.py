"""What a sentence says of another work contradicts nothing in the film's record."""

from __future__ import annotations

import pytest

from service.document import parse
from service.facts import check
from service.facts.claim import Verdict
from service.films import CastMember, Film, RelatedFilm

FILM = Film(
    id="h",
    title="The Long Harbour",
    year=1999,
    directors=("Ana Lindqvist",),
    music=("Hugo Brandt",),
    cast=(CastMember("Ida Holm", ("Vera Stone",)), CastMember("Marc Oduya", ("Tom Reed",))),
    genres=("Crime", "Drama"),
    runtime_minutes=127,
    complete=frozenset({"directors", "cast", "music"}),
    related=(RelatedFilm("remake_of", "Silence", 1985),),
)


def contradicted(text: str) -> list[str]:
    return [c.text for c in check(parse(text), FILM).claims if c.verdict is Verdict.CONTRADICTED]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe plays the young Vera in the sequel.",
        "In the English dub, Jane Doe voices Vera and John Roe voices Tom Reed.",
        "Her sequel, Harbour Nights, is a war film.",
        "John Roe remade it in 2015 with Jane Doe as Vera.",
        "It was remade in 2015 by John Roe, with Jane Doe as Vera Stone.",
        "It is a remake of Silence (1985), directed by John Roe.",
        "Unlike Madrugada, which runs 170 minutes and was directed by John Roe, it never shouts.",
        "The song, which John Roe composed, is the best of the film.",
        "Jane Doe played Vera in the first three films.",
        "Jane Doe plays the young Vera in Harbour Nights (2003).",
        "Madrugada, directed by John Roe, won that year.",
        "The original was in colour and starred Jane Doe.",
        "In the 1985 stage version, Jane Doe plays Vera Stone.",
        "Where Madrugada was directed by John Roe, this film trusts its actors.",
        "Friends of Madrugada, a 1998 comedy starring Jane Doe, will feel at home.",
        "The critics saw Madrugada twice; it was directed by John Roe.",
        "The trilogy began in 1998 with Madrugada, starring Jane Doe.",
        "It has none of the wit of Madrugada, scored by Otto Klein and directed by John Roe.",
        "Roe's earlier Madrugada, starring Jane Doe, made the same point.",
    ],
)
def test_another_work_is_not_held_against_the_record(text: str) -> None:
    assert contradicted(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("In the remake, Jane Doe plays Vera Stone.", ["Jane Doe", "Jane Doe"]),  # the film is the remake
        ("The film, which John Roe directed, is long.", ["John Roe"]),
        ("It was directed by John Roe and is a remake of Silence.", ["John Roe"]),
        ("Unlike Madrugada, a 1998 comedy, this film was directed by John Roe.", ["John Roe"]),
        ("Like Madrugada, it was directed by John Roe.", ["John Roe"]),
        ("Ida Holm is superb, and it was directed by John Roe.", ["John Roe"]),
        ("After Madrugada, a comedy starring Eva Kahn, this film stars Jane Doe.", ["Jane Doe"]),
    ],
)
def test_the_film_itself_is(text: str, wrong: list[str]) -> None:
    assert contradicted(text) == wrong


def test_a_title_with_one_letter_more_is_another_film() -> None:
    film = Film(id="a", title="Harbour", year=1979, genres=("Horror", "Crime"))
    claims = check(parse("His sequel is bigger. Harbours is a romance film from 1986."), film).claims
    assert [c for c in claims if c.verdict is Verdict.CONTRADICTED] == []


@pytest.mark.parametrize(("relation", "wrong"), [("remake", True), ("sequel", False)])
def test_the_original_is_the_film_only_where_the_record_names_its_remake(relation: str, wrong: bool) -> None:
    related = (RelatedFilm(relation, "Madrugada", 2010),)
    film = Film(id="b", title="Harbour", directors=("Ana Lindqvist",), related=related)
    claims = check(parse("The original, directed by John Roe, was shorter."), film).claims
    assert any(c.verdict is Verdict.CONTRADICTED for c in claims) is wrong
