"""Stock phrases in plain words, and what a note protects from the record."""

from __future__ import annotations

import pytest

from service.document import Format
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, EditResult, edit
from service.writing.edit.inflected import as_form, forms
from service.writing.edit.operations.plain import phrases
from service.writing.edit.soundness import objection
from tests.fakes.prompts import FakePrompts

COPY = """Few Lamps is a cinematic masterpiece that has left an indelible mark on viewers since its release.

The keeper Dora Quist delves into the letters of her father, and they tug at the audience's heartstrings.

The storm of 1931 takes the pier. In this article, we will delve into the magic of Few Lamps.

The island school closes, and Dora teaches four children in her kitchen, with chalk from the cliff.

In the realm of cinema, few endings resonate so deeply with viewers. The boat leaves without her.
"""


async def edited(content: str = COPY) -> EditResult:
    request = EditRequest(content=content, format=Format.TEXT)
    return await edit(request, model=NoModel(), prompts=FakePrompts())


async def test_stock_phrases_give_way_to_plain_words() -> None:
    result = await edited()
    assert "delve" not in result.content
    assert "heartstrings" not in result.content
    assert result.scores.after.score > result.scores.before.score


async def test_what_can_be_checked_stays() -> None:
    result = await edited()
    for fact in ("Dora Quist", "1931", "four children", "without her"):
        assert fact in result.content


async def test_an_announcement_of_the_article_goes() -> None:
    assert "In this article" not in (await edited()).content


async def test_a_second_run_changes_nothing() -> None:
    once = (await edited()).content
    assert (await edited(once)).content == once


async def test_no_finding_of_any_level_is_added() -> None:
    result = await edited()
    assert len(result.left) <= len(result.findings)


def test_each_phrase_reads_its_slots() -> None:
    """No slot and no verb mark of the data file is left in a pattern."""
    assert phrases()
    for phrase in phrases():
        assert "~" not in phrase.pattern.pattern
        assert "<who>" not in phrase.pattern.pattern


@pytest.mark.parametrize(
    ("said", "becomes"), [("delved", "looked"), ("delving", "looking"), ("delves", "looks")]
)
def test_a_verb_keeps_its_form(said: str, becomes: str) -> None:
    assert as_form("look", said, ("delve",)) == becomes


def test_a_final_consonant_doubles_where_the_verb_asks() -> None:
    assert forms("tug")[4] == "tugging"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Through its use of light, framing, composition, and sound, the film tells its story.",
            "Framing, composition, and sound, the film tells its story.",
        ),
        (
            "The rain becomes a wall, and the walk through the old town unfolds as a long goodbye to it all.",
            "The rain becomes a wall, and the walk.",
        ),
        ("The lens plays a vital role in showing her fear to us.", "The lens plays a vital role."),
    ],
)
def test_a_cut_that_breaks_the_sentence_is_named(old: str, new: str) -> None:
    assert objection(old, new)
