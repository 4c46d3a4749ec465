"""Plain text: how it is cut into paragraphs, headings and list items."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.document import BlockKind, Document, Format, MarkKind, PartKind, parse
from tests.document.markup import assert_sound

WRAPPED = """The inmates of the cell hide the girl in a box, and the guards, who
have seen everything else, do not see her. It takes the film an hour
to say so, and nobody minds.

- a bullet that is long enough to be wrapped over two lines by hand, as
  one does
- another
"""


def kinds(d: Document) -> list[tuple[BlockKind, str]]:
    return [(b.kind, b.text) for b in d.blocks]


def test_a_line_is_a_paragraph_where_nothing_wraps() -> None:
    d = parse("A Title\n\nThe first paragraph stands here.\nThe second one follows it.\n")
    assert kinds(d) == [
        (BlockKind.HEADING, "A Title"),
        (BlockKind.PARAGRAPH, "The first paragraph stands here."),
        (BlockKind.PARAGRAPH, "The second one follows it."),
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_one_paragraph_and_sentences_cross_them(line_break: str) -> None:
    source = WRAPPED.replace("\n", line_break)
    d = parse(source)
    assert [b.kind for b in d.blocks] == [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIST_ITEM]
    assert len(d.sentences) == 4
    assert "guards, who have seen" in d.sentences[0].text
    assert f"who{line_break}have" in d.sentences[0].span.of(source)
    assert_sound(d)


def test_a_list_marker_is_markup_and_the_item_its_words() -> None:
    d = parse("• one thing\n2) another")
    assert [b.text for b in d.blocks] == ["one thing", "another"]
    assert d.parts[0].kind is PartKind.MARKUP


def test_a_heading_needs_prose_under_it() -> None:
    assert parse("Directed by Kim").blocks[0].kind is BlockKind.PARAGRAPH
    assert parse("Plot\n\nHe is locked up.").blocks[0].kind is BlockKind.HEADING


def test_many_short_lines_in_a_row_are_no_headings() -> None:
    d = parse("Roses\nViolets\nSugar\nYou\n\nThat was the poem.")
    assert BlockKind.HEADING not in [b.kind for b in d.blocks]


def test_a_title_cased_question_over_prose_is_a_heading_and_a_plain_one_is_not() -> None:
    assert parse("Is It Worth Watching?\n\nIt is.").blocks[0].kind is BlockKind.HEADING
    assert parse("Is it worth watching?\n\nIt is.").blocks[0].kind is BlockKind.PARAGRAPH


def test_byte_order_mark_form_feed_and_rules_are_outside_the_words() -> None:
    d = parse("\ufeffIt begins here.\fIt ends here.\n* * *\n")
    assert [b.text for b in d.prose] == ["It begins here.", "It ends here."]
    assert_sound(d)


def test_shortcodes_are_markup_and_bracketed_words_are_words() -> None:
    d = parse('[gallery ids="1,2"]\n\nHe said [sic] it. [spoiler]She dies.[/spoiler]')
    assert d.blocks[0].kind is BlockKind.MARKUP
    assert d.blocks[1].text == "He said [sic] it.  She dies."
    assert [m.target for m in d.marks if m.kind is MarkKind.SHORTCODE] == ["gallery", "spoiler"]


def test_quotations_of_three_words_and_more_are_marked() -> None:
    d = parse('He says “never again, my friend” and "no more trains" and "stop" to me.')
    marked = [m.span.of(d.source) for m in d.marks if m.kind is MarkKind.QUOTATION]
    assert marked == ["“never again, my friend”", '"no more trains"']


def test_an_address_is_a_link_without_the_stop_after_it() -> None:
    d = parse("See https://a.example/b_(c). It is there.")
    assert [m.target for m in d.marks] == ["https://a.example/b_(c)"]
    assert len(d.sentences) == 2


@pytest.mark.data
def test_the_canonical_article(data: Path) -> None:
    d = parse((data / "articles" / "miracle-in-cell-no-7.txt").read_text(encoding="utf-8"), Format.TEXT)
    assert [b.level for b in d.blocks if b.kind is BlockKind.HEADING] == [1, 2, 2, 2, 2, 2]
    assert all("No. 7" in s.text or not s.text.endswith("No.") for s in d.sentences)
    assert_sound(d)
