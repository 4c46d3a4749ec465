"""Readings: skeletons, mentions, offsets back to the source, moods and scope."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.document import OffsetMap, Sentence, Span
from service.facts.lexicon import lexicon_of
from service.facts.reading import Mood, Reading, read
from service.films import CastMember, Film

FILM = Film(
    id="t1",
    title="Carrow",
    alternative_titles=("The Long Harbour No. 7",),
    directors=("Ana Lindqvist",),
    cast=(CastMember("Bong Joon-ho", ("Vera",)), CastMember("J.K. Simms")),
)


def reading(text: str, base: int = 0) -> Reading:
    sentence = Sentence(Span(base, base + len(text)), text, OffsetMap.shifted(base, len(text)), ())
    return read(sentence, lexicon_of(FILM))


@pytest.mark.parametrize(
    ("text", "skeleton"),
    [
        ("Carrow was directed by Jane Doe.", "⟦f0⟧ was directed by ⟦n1⟧."),
        ("The Long Harbour No 7 runs long.", "⟦f0⟧ runs long."),
        ("The movie 'Carrow' is old.", "⟦f0⟧ is old."),
        ("'Carrow's' director left.", "⟦f0⟧'s director left."),
        ("Its star is J. K. Simms.", "⟦f0⟧'s star is ⟦n1⟧."),
        ("It stars Bong Joon-ho’s friend.", "⟦f0⟧ stars ⟦n1⟧'s friend."),
        ("the Lindqvist-directed film", "the ⟦n0⟧-directed film"),
        ("ana lindqvist made it", "⟦n0⟧ made ⟦f1⟧"),
        ("Carrow 2 is longer.", "⟦o0⟧ is longer."),
        ("the film Silence came first", "⟦o0⟧ came first"),
        ("the film industry", "the film industry"),
        ("Carrow Fisher sings.", "⟦n0⟧ sings."),
        ("The Carow movie", "the ⟦f0⟧ movie"),
        ("In March, Sammy Davis Jr. and Texas-born Ann left.", "in march, ⟦n0⟧ and texas-born ⟦n1⟧ left."),
    ],
)
def test_skeletons(text: str, skeleton: str) -> None:
    assert reading(text).skeleton == skeleton


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("It was good.", Mood.STATEMENT),
        ("Was it good?", Mood.QUESTION),
        ("If Jane Doe directed it, fine.", Mood.CONDITION),
        ("It could have been directed by Jane Doe.", Mood.CONDITION),
    ],
)
def test_moods(text: str, mood: Mood) -> None:
    assert reading(text).mood is mood


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("It was directed by Jane.", False),
        ("It was not directed by Jane.", True),
        ("It wasn't directed by Jane.", True),
        ("It was not only directed by Jane.", False),
        ("It did not sell, but it was directed by Jane.", False),
        ("Nobody liked it, although it was directed by Jane.", False),
    ],
)
def test_negation_reaches_to_the_end_of_its_clause(text: str, negated: bool) -> None:
    r = reading(text)
    at = r.skeleton.index("directed")
    assert r.negated(at, at + 8) is negated


def test_hedges_are_heard() -> None:
    assert reading("It was reportedly directed by Jane.").hedged(5)
    assert not reading("It was directed by Jane.").hedged(5)


def test_a_parse_is_worked_out_once() -> None:
    calls = []

    def parse(r: Reading) -> str:
        calls.append(r)
        return r.skeleton

    r = reading("It was good.")
    assert r.once(parse) == r.once(parse)
    assert len(calls) == 1


@given(
    st.lists(
        st.sampled_from(
            [
                "Carrow",
                "It",
                "the film",
                "Jane",
                "Doe's",
                "J.K. Simms",
                "no.",
                '"',
                "’s",
                "1,5",
                "été",
                "-",
                "directed by",
            ]
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 50),
)
def test_every_piece_of_a_skeleton_leads_back_to_its_words(parts: list[str], base: int) -> None:
    text = " ".join(parts)
    r = reading(text, base)
    for m in r.mentions:
        start, end = r.words[m.start].start, r.words[m.end - 1].end
        assert "".join(m.text.split()) == "".join(text[start:end].split())
    for start in range(len(r.skeleton)):
        span = r.span(start, start + 1)
        assert base <= span.start < span.end <= base + len(text)
    assert r.span(0, len(r.skeleton)).of(" " * base + text).strip() == text.strip()


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(reading(text).skeleton, str)
