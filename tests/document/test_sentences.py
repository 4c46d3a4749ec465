"""Sentence boundaries on film writing: measured against gold units and against sentencex alone."""

from __future__ import annotations

import pytest
from sentencex import segment

from service.document import Format, parse
from service.document.sentences import Titles, boundaries
from tests.document.splitting import Score, Unit, score, units


def ours(unit: Unit) -> list[str]:
    return [unit.text[a:b] for a, b in boundaries(unit.text, Titles(unit.titles))]


def alone(unit: Unit) -> list[str]:
    return list(segment("en", unit.text))


def split(text: str, *titles: str) -> list[str]:
    return [text[a:b] for a, b in boundaries(text, Titles(titles))]


def measured(name: str) -> tuple[Score, Score]:
    gold = units(name)
    return score(ours, gold), score(alone, gold)


def test_the_tuned_set_is_large_and_split_nearly_without_fault() -> None:
    mine, theirs = measured("film_sentences.txt")
    assert len(units("film_sentences.txt")) >= 120
    assert mine.f1 >= 0.99
    assert mine.f1 > theirs.f1 + 0.05


def test_the_set_that_was_not_tuned_on_keeps_its_floor() -> None:
    mine, theirs = measured("film_sentences_untold.txt")
    assert mine.f1 >= 0.95
    assert mine.f1 > theirs.f1


@pytest.mark.parametrize("title", ["What's Up, Doc?", "Airplane!", "tick, tick... BOOM!", "W.", "Mother!"])
def test_a_told_title_is_never_split(title: str) -> None:
    for text in (f"We saw {title} last night.", f"{title} is a film.", f"Is {title} good? Yes."):
        assert not any(title[:-1] in s and title not in s for s in split(text, title))


def test_a_told_title_is_found_with_other_apostrophes_spaces_and_dots() -> None:
    assert (
        len(
            split(
                "I like tick,  tick… BOOM! and What’s Up, Doc? a lot.",
                "tick, tick... BOOM!",
                "What's Up, Doc?",
            )
        )
        == 1
    )


def test_parse_hands_its_titles_on() -> None:
    source = "In Mother! Jennifer Lawrence plays a wife."
    assert len(parse(source, titles=["Mother!"]).sentences) == 1
    assert len(parse(f"<p>{source}</p>", Format.HTML, titles=["Mother!"]).sentences) == 1


def test_text_without_capitals_is_split_by_its_stops() -> None:
    assert split("it was good. was it? no! mr. smith agreed.") == [
        "it was good.",
        "was it?",
        "no!",
        "mr. smith agreed.",
    ]


def test_a_missing_space_after_a_stop_is_seen_but_an_address_is_not() -> None:
    assert len(split("The plot is thin.The cast is not.")) == 2
    assert len(split("See www.Example.com and final.Cut.mov now.")) == 1


def test_emoji_stay_with_the_sentence_they_follow() -> None:
    assert split("What a ride! 🎬🎉 The end is near.") == ["What a ride! 🎬🎉", "The end is near."]


def test_a_shown_line_break_parts_sentences_unless_the_next_goes_on() -> None:
    assert split("Director: Kim\nWriter: Lee") == ["Director: Kim", "Writer: Lee"]
    assert split("he walks\nand walks.") == ["he walks\nand walks."]


def test_chinese_and_japanese_need_no_space() -> None:
    assert split("这是电影。很好！真的？") == ["这是电影。", "很好！", "真的？"]


def test_no_text_and_white_space_have_no_sentence() -> None:
    assert split("") == []
    assert split(" \t\n ") == []
