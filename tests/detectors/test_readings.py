"""The loose readings of a repeated phrase: what each links, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from service.detectors import Analysis, Subject, analyse
from service.detectors.changing import changing_frames
from service.detectors.inversions import inversions
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
        ("We saw its themes. They swim at its grim themes.", ["its themes", "its grim themes"]),
        (
            "We saw the film's themes. They swim at the film's grim themes.",
            ["film's themes", "film's grim themes"],
        ),
        (
            "He swims for redemption. We wait. She dives for his redemption.",
            ["for redemption", "for his redemption"],
        ),
    ],
)
def test_a_word_that_comes_again_in_its_role_is_linked(text: str, places: list[str]) -> None:
    assert places in linked(repeated_roles, text)


def test_an_ordinary_attribute_may_come_again() -> None:
    assert linked(repeated_roles, "A wooden boat sinks. We wait. A wooden bridge burns.") == []


def test_what_an_ordinary_thing_is_somebodys_twice_is_left_alone() -> None:
    assert linked(repeated_roles, "We saw its masts. They swim. Its masts are wet.") == []
    assert linked(repeated_roles, "He dives for oysters. We wait. She dives for oysters.") == []


def test_a_frame_with_one_changing_word_is_linked() -> None:
    text = "It offers stunning views. Nobody swims. The pier offers dreary views."
    assert linked(changing_frames, text) == [["offers stunning views", "offers dreary views"]]


@pytest.mark.parametrize(
    "text",
    [
        "It offers stunning views. Nobody swims. The pier offers stunning views.",  # a run, not a frame
        "It offers stunning views. Nobody swims. It offers dreary, views and all.",
        "It offers stunning views. Nobody swims. It offers dreary for views.",  # other words between
    ],
)
def test_a_frame_needs_a_changing_word_and_the_same_words_around_it(text: str) -> None:
    assert linked(changing_frames, text) == []


def test_a_name_turned_round_is_linked() -> None:
    text = "We know the teachings of Anna Berg. Rain falls on Anna Berg. Nobody minds Berg's teachings."
    assert linked(inversions, text) == [["teachings of Anna Berg", "Berg's teachings"]]
    text = "We know the teachings of Anna Berg. Rain falls on Anna Berg. Anna Berg teaches us teachings."
    assert linked(inversions, text) == []


def test_stock_words_are_linked_in_whatever_order_they_come_together() -> None:
    text = "It has stunning visuals. Nobody swims. A visually rich and stunning dive it is not."
    assert linked(repeated_company, text) == [["stunning visuals", "visually rich and stunning"]]
    assert linked(repeated_company, "The boat has a mast. We wait. A mast of the boat breaks.") == []


def test_a_run_word_for_word_ends_where_a_clause_ends() -> None:
    text = "The film often uses lamps; rain falls. The film often uses bells, and the film often uses rain."
    assert linked(repeated_wording, text) == [
        ["The film often uses", "The film often uses", "the film often uses"]
    ]
