"""The loose readings of a repeated phrase: what each links, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from service.detectors import Analysis, Subject, analyse
from service.detectors.phrases import Phrase
from service.detectors.roles import repeated_roles
from service.detectors.together import repeated_company
from service.detectors.verbatim import repeated_wording
from service.document import parse

Reading = Callable[[Analysis], Iterable[Phrase]]


def linked(reading: Reading, text: str) -> list[list[str]]:
    analysis = analyse(parse(text), Subject())
    return [[analysis.text(analysis.span(*place)) for place in p.places] for p in reading(analysis)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A heartwarming tale. We swim. This heartwarming film.", ["heartwarming tale", "heartwarming film"]),
        (
            "I saw the realm of opera. He left the world of opera.",
            ["the realm of opera", "the world of opera"],
        ),
        (
            "She has a timeless classic. He has a global classic. We have an enduring classic.",
            ["a timeless classic", "a global classic", "an enduring classic"],
        ),
        (
            "He loves his daughter. They take his young daughter. He wants his daughter.",
            ["his daughter", "his young daughter", "his daughter"],
        ),
    ],
)
def test_a_word_that_comes_again_in_its_role_is_linked(text: str, places: list[str]) -> None:
    assert places in linked(repeated_roles, text)


def test_an_ordinary_attribute_may_come_again() -> None:
    assert linked(repeated_roles, "A wooden boat sinks. We wait. A wooden bridge burns.") == []


def test_stock_words_are_linked_in_whatever_order_they_come_together() -> None:
    text = "It has stunning visuals. Nobody swims. A visually rich and stunning dive it is not."
    assert linked(repeated_company, text) == [["stunning visuals", "visually rich and stunning"]]
    assert linked(repeated_company, "The boat has a mast. We wait. A mast of the boat breaks.") == []


def test_a_run_word_for_word_ends_where_a_clause_ends() -> None:
    text = "The film often uses lamps; rain falls. The film often uses bells, and the film often uses rain."
    assert linked(repeated_wording, text) == [
        ["The film often uses", "The film often uses", "the film often uses"]
    ]
