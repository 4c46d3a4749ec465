"""Whose deed a verb tells of: the film's, or somebody else's."""

from __future__ import annotations

import pytest

from service.document import OffsetMap, Sentence, Span
from service.facts.lexicon import lexicon_of
from service.facts.reading import Reading, read
from service.facts.subject import film_is_logical_subject, film_is_subject
from service.films import Film

FILM = Film(id="s1", title="The Long Harbour")


def reading_of(text: str) -> Reading:
    return read(Sentence(Span(0, len(text)), text, OffsetMap.shifted(0, len(text)), ()), lexicon_of(FILM))


@pytest.mark.parametrize(
    "text",
    [
        "The film grossed nine million dollars.",
        "It eventually grossed nine million dollars.",
        "The film opened in May and grossed nine million dollars.",
        "The Long Harbour, a drama, grossed nine million dollars.",
    ],
)
def test_the_film_is_the_subject_where_the_verb_follows_it_or_is_joined_on(text: str) -> None:
    reading = reading_of(text)
    assert film_is_subject(reading, reading.skeleton.index("grossed"))


@pytest.mark.parametrize(
    "text",
    [
        "A bank grossed nine million dollars in the film.",
        "The film follows a man who grossed nine million dollars.",
        "The film's star grossed nine million dollars.",
    ],
)
def test_the_film_is_not_the_subject_of_another_ones_deed(text: str) -> None:
    reading = reading_of(text)
    assert not film_is_subject(reading, reading.skeleton.index("grossed"))


def test_a_participle_that_hangs_on_a_comma_is_the_films() -> None:
    reading = reading_of("The film was a hit in its country, grossing nine million dollars.")
    assert film_is_logical_subject(reading, reading.skeleton.index("grossing"))
