"""Pronouns, surnames and "the film" across the sentences of a text: resolved where sure, never guessed."""

from __future__ import annotations

import pytest

from service.document import Format, parse
from service.facts import Claim, Verdict, check
from service.films import Alternative, CastMember, Film, Provenance

FILM = Film(
    id="t7",
    title="The Long Harbour",
    year=1999,
    directors=("Ana Lindqvist",),
    writers=("Ana Lindqvist", "Tomás Reyes"),
    producers=("Priya Nair",),
    cast=(CastMember("Ida Holm", ("Vera",)), CastMember("Marc Oduya", ("Tom",)), CastMember("Lena Fisk")),
    runtime_minutes=127,
    complete=frozenset({"directors", "writers", "producers"}),
)


def claims(text: str, format: Format = Format.TEXT, film: Film = FILM) -> list[Claim]:
    return list(check(parse(text, format, titles=film.titles), film).claims)


def verdicts(text: str) -> list[tuple[str, str]]:
    return [(c.text, c.verdict.value) for c in claims(text)]


def test_a_pronoun_means_the_one_person_of_the_sentence_before() -> None:
    found = verdicts(
        "The film was directed by Ana Lindqvist. She also wrote the screenplay. She produced it."
    )
    assert found == [("Ana Lindqvist", "supported"), ("She", "supported"), ("She", "contradicted")]


def test_they_means_the_list_of_the_sentence_before() -> None:
    text = "Ana Lindqvist and Tomás Reyes wrote the film. They also produced it."
    assert [(c.text, c.verdict) for c in claims(text)[2:]] == [("They", Verdict.CONTRADICTED)] * 2
    assert {str(c.asserted["name"]) for c in claims(text) if isinstance(c.asserted, dict)} == {
        "Ana Lindqvist",
        "Tomás Reyes",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lindqvist worked with Priya Nair on it. She wrote the screenplay.",  # one of two
        "Ida Holm plays Vera. She directed the film school.",  # the actor, or the part
        "The film was directed by Ana Lindqvist.\n\nShe produced it.",  # a paragraph ends
        "The film was directed by Ana Lindqvist, and Greta Moe liked her. She produced it.",
    ],
)
def test_an_unclear_pronoun_makes_no_claim(text: str) -> None:
    assert not [c for c in claims(text) if c.text.casefold() in {"she", "he", "they"}]


def test_an_actor_is_meant_where_also_adds_to_what_was_said() -> None:
    assert ("He", "contradicted") in verdicts("Marc Oduya stars as Tom. He also produced the film.")


def test_a_claim_on_a_pronoun_says_who_is_meant_and_offers_no_edit() -> None:
    claim = claims("The film was directed by Jane Doe. She also wrote the screenplay.")[-1]
    assert claim.reason.endswith("(“She” is read as Jane Doe.)")
    assert claim.suggestion is None


def test_a_surname_means_whom_the_text_named_in_full() -> None:
    text = "The film was directed by Jane Doe.\n\nDoe is bold. The screenplay is by Doe."
    assert verdicts(text)[-1] == ("Doe", "contradicted")


def test_a_surname_of_two_people_is_left_alone() -> None:
    text = "Jane Doe directed Silence, and Max Doe shot it. The film was produced by Doe."
    assert ("Doe", "contradicted") not in verdicts(text)


def test_a_misspelt_surname_is_mended_as_a_surname() -> None:
    claim = claims("Lindkvist directed the film.")[0]
    assert claim.suggestion is not None
    assert claim.suggestion.replacement == "Lindqvist"


@pytest.mark.parametrize(
    "text",
    [
        "Her previous film was Silence. It was directed by Max Muster.",
        "She had made Silence before. It runs 90 minutes.",
        "Silence (1990) is her debut. The film was directed by Max Muster.",
        "The film is based on the novel Harbour. It was written by Jane Doe.",
        "The soundtrack album sold well. It was produced by Jane Doe.",
    ],
)
def test_it_after_a_sentence_on_another_work_is_that_work(text: str) -> None:
    assert not [c for c in claims(text) if c.verdict is Verdict.CONTRADICTED]


def test_the_title_brings_the_film_back() -> None:
    text = "Her previous film was Silence. The Long Harbour is longer. It runs 90 minutes."
    assert verdicts(text) == [("90", "contradicted")]


def test_under_the_heading_of_another_film_it_is_that_film() -> None:
    text = "# Silence (1990)\n\nIt was directed by Max Muster.\n\nIt runs 90 minutes.\n\n"
    own = "# The Long Harbour (1999)\n\nIt runs 90 minutes.\n"
    found = claims(text + own, Format.MARKDOWN)
    assert [c.span.start > len(text) for c in found if c.verdict is Verdict.CONTRADICTED] == [True]


def test_another_sources_value_is_read_with_the_same_antecedent() -> None:
    other = Alternative(["Jane Doe"], Provenance("Wikidata", "CC0"))
    film = Film(
        id="t8",
        title="The Long Harbour",
        directors=("Ana Lindqvist",),
        producers=("Priya Nair",),
        complete=frozenset({"producers"}),
        conflicts={"producers": (other,)},
    )
    found = claims("The film was directed by Jane Doe. She also produced it.", film=film)
    assert found[-1].text == "She"
    assert found[-1].verdict is Verdict.SUPPORTED
