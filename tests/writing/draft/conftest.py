"""A film and notes of our own."""

from __future__ import annotations

import pytest

from service.films import CastMember, Film
from service.reviews import Note, SectionName


@pytest.fixture
def film() -> Film:
    return Film(
        id="the-lamplighter-1974",
        title="The Lamplighter",
        year=1974,
        runtime_minutes=101,
        directors=("Marta Kovel",),
        producers=("Ivo Brandt",),
        cast=(
            CastMember("Henrik Sall", ("Anton",)),
            CastMember("Dora Quist", ("Mrs. Vane",)),
        ),
        music=("Pell Aster",),
        countries=("Denmark",),
        languages=("Danish",),
        genres=("Drama",),
    )


@pytest.fixture
def notes() -> tuple[Note, ...]:
    return (
        Note(
            "n1", "a lamplighter loses his round when the harbour town buys electric lights", SectionName.PLOT
        ),
        Note("n2", "the strike in the second hour never finds a rhythm", SectionName.PLOT),
        Note("n3", "Henrik Sall plays Anton as a man who listens", SectionName.CHARACTERS),
        Note("n4", "Mrs. Vane is underwritten", SectionName.CHARACTERS),
        Note("n5", "about pride in small work", SectionName.THEMES),
        Note("n6", "Pell Aster's accordion score stays out of the way", SectionName.THEMES),
        Note("n7", "hard to find today, worth the search", SectionName.LEGACY),
    )
