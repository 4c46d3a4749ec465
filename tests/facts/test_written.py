"""A skeleton with its names written out leads back to the skeleton."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.document import OffsetMap, Sentence, Span
from service.facts.lexicon import lexicon_of
from service.facts.reading import Reading, read
from service.facts.written import write_out
from service.films import Film

FILM = Film(id="w1", title="The Long Harbour", directors=("Ana Lindqvist",))
WORDS = st.sampled_from(
    ("the film", "won", "Ana Lindqvist", "Palme", "d'Or", "in", "Cannes", "2019", ",", ".")
)


def reading_of(text: str) -> Reading:
    return read(Sentence(Span(0, len(text)), text, OffsetMap.shifted(0, len(text)), ()), lexicon_of(FILM))


def test_names_are_written_and_the_film_stays_a_tag() -> None:
    written = write_out(reading_of("The film won the Palme d'Or in Cannes."))
    assert written.text == "⟦f0⟧ won the palme d'or in cannes."


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_every_range_lies_in_the_skeleton(parts: list[str]) -> None:
    reading = reading_of(" ".join(parts))
    written = write_out(reading)
    assert len(written.at) == len(written.ends) == len(written.text)
    for i in range(len(written.text)):
        start, end = written.range(i, i + 1)
        assert 0 <= start < end <= len(reading.skeleton)
