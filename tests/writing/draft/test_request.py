"""A request that cannot be used says what is wrong and what would be right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from service.errors import InputError, InputTooLarge
from service.films import Film
from service.reviews import Note
from service.writing.draft.request import DraftRequest, checked, one_line


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        ({"film": Film(id="x", title=" ")}, InputError, "has no title"),
        ({"words": 3}, InputError, "3 words were asked for. Ask for 50 to 5000"),
        ({"language": "xx"}, InputError, "does not write in 'xx'. It writes in English"),
        ({"rating": "superb"}, InputError, "'superb' is no rating. Give one such as 4/5"),
        ({"tone": "dry " * 200}, InputTooLarge, "tone has 799 characters"),
        ({"notes": (Note("n 1", "x"),)}, InputError, "'n 1' is no id"),
        ({"notes": (Note("n1", "x"), Note("n1", "y"))}, InputError, "Several notes bear the id n1"),
        ({"notes": (Note("n1", "x" * 100_000),)}, InputTooLarge, "Note n1 has 100,000 characters"),
        ({"notes": tuple(Note(f"n{i}", "x") for i in range(501))}, InputTooLarge, "501 notes were given"),
        (
            {"notes": tuple(Note(f"n{i}", "x" * 3000) for i in range(100))},
            InputTooLarge,
            "300,000 characters together",
        ),
    ],
)
def test_request_that_cannot_be_used(
    film: Film, changes: dict[str, Any], kind: type[InputError], says: str
) -> None:
    with pytest.raises(kind, match=says.replace(".", r"\.")) as caught:
        checked(replace(DraftRequest(film=film), **changes))
    assert caught.value.field


def test_language_with_a_region_is_read(film: Film) -> None:
    assert checked(DraftRequest(film=film, language="es-MX")).language == "es"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" two\n lines\t", "two lines"),
        ("a\x00b", "a b"),
        ("safe \u202eesrever", "safe esrever"),
        ("שלום עולם", "שלום עולם"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_text_is_put_on_one_line_without_control_characters(given: str, kept: str) -> None:
    assert one_line(given) == kept
