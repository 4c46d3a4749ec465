"""What reviewers say without contradicting the record: constructions met in human reviews."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.document import parse
from service.facts import Verdict, check
from service.films import AudienceRating, CastMember, Film, Money, Provenance, Release, SourceWork

FILM = Film(
    id="q1",
    title="The Long Harbour",
    year=1999,
    directors=("Ana Lindqvist",),
    writers=("Ana Lindqvist", "Tomás Reyes"),
    cinematography=("Piet Vos",),
    cast=(CastMember("Ida Holm", ("Vera",)), CastMember("Marc Oduya", ("Tom",)), CastMember("Lena Fisk")),
    runtime_minutes=127,
    releases=(Release("1999-05-03", "Sweden"),),
    budget=Money(4_000_000),
    box_office=Money(9_000_000),
    genres=("Drama",),
    based_on=(SourceWork("Harbour", ("Ed Ames",), "novel"),),
    ratings=(AudienceRating("IMDb", 7.1),),
    complete=frozenset({"directors", "writers", "cinematography"}),
)

QUIET = [
    # other works of the same people, other casts, what was once planned
    "Ida Holm later starred in Silence, directed by Max Muster.",
    "Ida Holm had a small role in Winter Light, written and directed by Max Muster.",
    "It led its previous star Max Muster to give up the role.",
    "Former child star Max Muster was considered for the lead.",
    "Before this, Lindqvist directed Winter Light with Max Muster in the lead role.",
    "The lead role was first offered to Max Muster.",
    "The lead role went to Max Muster in the stage version.",
    "Ida Holm made her film debut in Silence, a comedy by Max Muster.",
    "In the title role of Hamlet, Max Muster was better.",
    "Max Muster completes the cast of the sequel.",
    "The prize for best debut went to Max Muster.",
    "The stage play starred Max Muster and Jo Doe.",
    "Her voice is the voice of Max Muster's mother.",
    "I saw it alongside Max Muster, who hated it.",
    "It opened opposite Max Muster's new film.",
    "The cast is rounded out by the usual suspects.",
    "Lena Fisk is as good as Max Muster was in Silence.",
    "Nobody takes on the role of Vera like Max Muster did in the 1985 version.",
    "The film is no remake of Winter Light by Max Muster.",
    "In April 2001 it was shown at a school in Lund.",
    "The DVD was released in March 2004.",
    "It was restored and released in cinemas again in June 2012.",
    "The budget of the sequel was only $2 million.",
    "Max Muster, whose film Silence was released in 2001, liked it.",
    "Some say that Max Muster directed the best scenes.",
    "In the novel, Vera is played by nobody.",
    "The trailer opened in December 1998.",
    "The score recalls the one that Max Muster wrote for Silence.",
    "Its budget was half that of Silence.",
    "The R-rated sequel was worse.",
    "The film was adapted for the stage by Max Muster.",
    "Max Muster won the Oscar for Best Director that year.",
    "Max Muster stars in the remake.",
    "Max Muster's Silence has the same plot.",
    "Neither Max Muster nor Jo Doe could have played Vera.",
    "A young Max Muster can be seen as an extra.",
    "The cameo by Max Muster is a joke.",
    "With Max Muster in the lead, it might have worked.",
    "If only Max Muster had taken the role.",
    "Max Muster was replaced by Ida Holm.",
    # a denial that bears on something else
    "And I have not even mentioned the ex-wife of the captain, played by Ida Holm.",
    "One of the best things in it is, without a doubt, the fine performance by Ida Holm.",
    "I'll say no more, lest I spoil how director Ana Lindqvist ends it.",
    "The captain does not spend much time with his wife and daughter, played by Ida Holm and Lena Fisk.",
    "Never have I seen so quiet and so sad a performance by Marc Oduya.",
    'No, "The Long Harbour" is a drama film based on the novel by Ed Ames.',
    "I can't say that the film did enough to justify its 127-minute running time.",
    # wishes and likenesses
    "The Long Harbour should have been directed by Max Muster.",
    "It was like watching an old western directed by Max Muster.",
    "Imagine a film about the sea directed by Max Muster.",
    # somebody else's work
    "The first part, directed by Max Muster, is the better one.",
    "The first Silence was a hit for its story and its director Max Muster.",
    "The cinematography, directed by Piet Vos, is plain.",
    "The cinematography in The Long Harbour, helmed by Piet Vos, is plain.",
    "It was like a lesson in patience, with a syllabus penned by Max Muster.",
    "She will be better known for Silence, which also stars Max Muster.",
    "Director Ana Lindqvist brilliantly turned Ed Ames's novel into a film.",
    "Director Ana Lindqvist channels Max Muster in the storm.",
    # parts and places that play a part
    "Captain Moe plays a big part in keeping the peace.",
    "The Old Mill played a crucial role, serving as the harbour office.",
    "It also brings in the grim Sheriff Moe, who returns in the next entry.",
    # numbers of other things
    "Two stars, and I feel generous.",
    "I saw two human beings, with fine performances by both actors.",
    "For a day of sailing, budget around $50 for the boat.",
    "Every frame is a painting made by a genius with a $300 million budget.",
    "The first shot goes slowly towards a bomb.",
    # times of other things
    "It had all that a forgettable summer movie has.",
    "The Long Harbour was filmed in the winter of 1998, and released in May 1999.",
    "The Old Mill was the longest of its kind when it opened in 1883.",
    "Its two-hour running time flies by.",
    # relations that nobody states
    "The film gains from its tender direction, its sea, and the total commitment of the leading actors.",
    "It is a sign of the director's access to established acting talent.",
]


@pytest.mark.parametrize("text", QUIET)
def test_no_contradiction(text: str) -> None:
    claims = check(parse(text, titles=FILM.titles), FILM).claims
    assert not [(c.kind, c.text) for c in claims if c.verdict is Verdict.CONTRADICTED]


def contradicted(text: str, film: Film = FILM) -> list[str]:
    claims = check(parse(text, titles=film.titles), film).claims
    return [c.text for c in claims if c.verdict is Verdict.CONTRADICTED]


def test_one_name_in_the_place_of_a_lead_is_contradicted() -> None:
    assert contradicted("The film stars Jane Doe and Marc Oduya.") == ["Jane Doe"]


def test_a_text_that_names_others_whom_the_record_lacks_shows_it_incomplete() -> None:
    text = "The doctor is played by Jane Doe. His wife is played by Rita Moe. Tom is Marc Oduya."
    assert contradicted(text) == []


def test_a_supporting_actor_beside_named_leads_takes_nobodys_place() -> None:
    text = "Ida Holm, Marc Oduya and Lena Fisk are all good. The doctor is played by Jane Doe."
    assert contradicted(text) == []


def test_a_source_that_gives_a_few_actors_says_nothing_of_the_others() -> None:
    sampled = replace(FILM, provenance={"cast": Provenance("imdb5000", "local use")})
    assert contradicted("The film stars Jane Doe and Marc Oduya.", sampled) == []


def test_a_text_that_names_the_director_may_call_another_so_in_passing() -> None:
    text = "It was directed by Ana Lindqvist. Then writer-director Max Muster fell out with the studio."
    assert contradicted(text) == []
    assert contradicted("Then writer-director Max Muster fell out with the studio.") == ["Max Muster"]


@pytest.mark.parametrize(
    "text",
    [
        "The film was not directed by Ana Lindqvist.",
        "It wasn't written or directed by Ana Lindqvist.",
        "Ana Lindqvist did not direct the film.",
        "The film does not star Ida Holm.",
    ],
)
def test_a_denial_that_bears_on_the_credit_still_contradicts(text: str) -> None:
    assert contradicted(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Two sailors (Ida Holm and Marc Oduya) flee the port.", ["Ida Holm", "Marc Oduya"]),
        ("Ida Holm is quietly great as the captain's wife.", ["Ida Holm"]),
        ("Marc Oduya steals all his scenes.", ["Marc Oduya"]),
        ("A captain with a past, Marc Oduya as her husband, and rain.", ["Marc Oduya"]),
        ("Two sailors (Jane Doe and Max Muster) flee the port.", []),
        ("Jane Doe is quietly great as the captain's wife.", []),
    ],
)
def test_what_is_said_of_actors_in_passing_bears_out_the_record_and_never_denies_it(
    text: str, said: list[str]
) -> None:
    claims = check(parse(text, titles=FILM.titles), FILM).claims
    assert [c.text for c in claims if c.kind == "cast"] == said
    assert {c.verdict for c in claims} <= {Verdict.SUPPORTED}
