"""House style: how the file is read and what is found."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from service import resources
from service.detectors.house_style import HouseStyle, find, read_style
from service.detectors.house_style.style import spellings
from service.document import Format, parse
from service.errors import InputError


def found(text: str, style: HouseStyle, *titles: str) -> list[tuple[str, object]]:
    document = parse(text, Format.MARKDOWN, titles=titles)
    return [(f.spans[0].of(text), f.evidence.get("preferred")) for f in find(document, style, titles=titles)]


def test_a_term_is_found_as_a_whole_word_and_its_capital_is_kept() -> None:
    style = read_style({"preferred": {"movie": "film"}})
    assert found("Movie fans. A movie. Moviegoers stay.", style) == [("Movie", "Film"), ("movie", "film")]


def test_a_title_and_a_quotation_keep_their_words() -> None:
    style = read_style({"preferred": {"movie": "film"}})
    assert not found("He said “a movie is a movie” in Scary Movie.", style, "Scary Movie")


def test_a_heading_is_not_touched() -> None:
    assert not found("# A movie\n\nIt rains.", read_style({"preferred": {"movie": "film"}}))


def test_spelling_goes_both_ways() -> None:
    assert found("Grey colours.", read_style({"spelling": "us"})) == [("Grey", "Gray"), ("colours", "colors")]
    assert found("Gray colors.", read_style({"spelling": "uk"})) == [("Gray", "Grey"), ("colors", "colours")]
    assert not set(spellings("uk")) & set(spellings("uk").values())


def test_a_name_is_found_in_every_wrong_spelling_but_not_in_the_right_one() -> None:
    style = read_style({"names": {"Bong Joon-ho": ["Bong Joon Ho", "Bong Jun-ho"]}})
    text = "Bong Joon Ho, Bong Jun-ho and Bong Joon-ho."
    assert [t for t, _ in found(text, style)] == ["Bong Joon Ho", "Bong Jun-ho"]


def test_a_long_sentence_and_a_banned_term_are_reported() -> None:
    style = read_style({"sentence_words": 8, "banned": ["hidden gem"]})
    text = "One two three four five six seven eight nine. A hidden gem."
    assert [t for t, _ in found(text, style)] == [text[:45], "hidden gem"]


def test_the_style_that_is_shipped_reads() -> None:
    path = resources.folder("templates") / "house" / "style.toml"
    assert read_style(tomllib.loads(path.read_text(encoding="utf-8"))).names


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"spelling": "british"}, "spelling"),
        ({"tone": "warm"}, "tone"),
        ({"sentence_words": 3}, "sentence_words"),
        ({"sentence_words": True}, "sentence_words"),
        ({"banned": "gem"}, "banned"),
        ({"banned": {"gem": 3}}, "banned.gem"),
        ({"banned": ["  "]}, "banned[0]"),
        ({"preferred": {"movie": ""}}, "preferred.movie"),
        ({"preferred": ["movie"]}, "preferred"),
        ({"names": {"Bong": "Bon"}}, "names.Bong"),
        ({"preferred": {"movie": "film", "film": "picture"}}, "preferred.movie"),
        ({"preferred": {"movie": "hidden gem"}, "banned": ["gem"]}, "preferred.movie"),
    ],
)
def test_a_fault_names_its_key(given: dict[str, Any], key: str) -> None:
    with pytest.raises(InputError) as refused:
        read_style(given)
    assert refused.value.field == f"house_style.{key}"
    assert refused.value.remedy
