"""Markdown: blocks, inline marks, and agreement with markdown-it on what is visible."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.document import BlockKind, Document, Format, MarkKind, parse
from tests.document.markup import assert_sound

REFERENCE = MarkdownIt("commonmark").enable("table")
PIECES = [
    *[
        "a",
        "The ",
        "film ",
        "*",
        "**",
        "_",
        "__",
        "***",
        "`",
        "``",
        "[",
        "]",
        "(",
        "![",
        "](x)",
        "](<x y>)",
        "&amp;",
    ],
    *[
        "\n",
        "\n\n",
        "  \n",
        "\\",
        "> ",
        "- ",
        "1. ",
        "# ",
        "|",
        " ",
        "é",
        '"',
        '](y "t")',
        "[a](b)",
        "\\\n",
        "+ ",
    ],
]


def markdown(source: str) -> Document:
    d = parse(source, Format.MARKDOWN)
    assert_sound(d)
    return d


def marked(d: Document, kind: MarkKind) -> list[tuple[str, str]]:
    return [(m.content.of(d.source) if m.content else "", m.target) for m in d.marks if m.kind is kind]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_visible_is_what_markdown_it_renders(source: str) -> None:
    rendered = re.sub(r"<img[^>]*>", "", REFERENCE.render(source))
    theirs = "".join(b.text for b in parse(rendered, Format.HTML).blocks)
    ours = "".join(b.text for b in parse(source, Format.MARKDOWN).blocks)
    assert re.sub(r"\s", "", ours) == re.sub(r"\s", "", theirs)


@pytest.mark.parametrize(
    ("source", "kind", "text", "level"),
    [
        ("# The *Great* Film #\n", BlockKind.HEADING, "The Great Film", 1),
        ("The Film\n---\n", BlockKind.HEADING, "The Film", 2),
        ("- one\n  goes on\n", BlockKind.LIST_ITEM, "one goes on", 1),
        ("> He said\n> so.\n", BlockKind.QUOTE, "He said so.", 1),
        ("```py\nx = 1\n```\n", BlockKind.CODE, "x = 1", 0),
        ("    x = 1\n", BlockKind.CODE, "x = 1", 0),
        ("| A | B |\n|---|---|\n| 1 | 2 |\n", BlockKind.TABLE, "A\tB\n1\t2", 0),
        ("---\ntitle: X\n---\n", BlockKind.FRONT_MATTER, "", 0),
        ("+++\ntitle = 1\n+++\n", BlockKind.FRONT_MATTER, "", 0),
        ("***\n", BlockKind.MARKUP, "", 0),
        ("[r]: http://x.example\n", BlockKind.MARKUP, "", 0),
        ('[gallery ids="1"]\n', BlockKind.MARKUP, "", 0),
        ("<p>Hello &amp; <b>you</b></p>\n", BlockKind.PARAGRAPH, "Hello & you", 0),
    ],
)
def test_a_block_of_each_kind(source: str, kind: BlockKind, text: str, level: int) -> None:
    (block,) = markdown(source).blocks
    assert (block.kind, block.text, block.level) == (kind, text, level)
    assert block.span.of(source) == (source.rstrip() if not source.startswith("    ") else "x = 1")


def test_a_nested_item_is_a_block_of_its_own_one_deeper() -> None:
    d = markdown("- outer\n  - inner\n")
    assert [(b.text, b.level) for b in d.blocks] == [("outer", 1), ("inner", 2)]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert markdown("---\nA sentence.\n\n---\n").prose[0].text == "A sentence."


def test_soft_breaks_are_spaces_and_hard_breaks_are_lines() -> None:
    d = markdown("A sentence that\ncrosses. Two  \nthree\\\nfour")
    assert d.blocks[0].text == "A sentence that crosses. Two\nthree\nfour"
    assert d.sentences[0].text == "A sentence that crosses."


def test_a_sentence_in_a_blockquote_leads_back_over_its_markers() -> None:
    d = markdown("> He is locked\n> up. She waits.")
    first, second = d.blocks[0].sentences
    assert first.span.of(d.source) == "He is locked\n> up."
    assert second.text == "She waits."


def test_links_of_every_kind() -> None:
    d = markdown('[a](http://x "t") [b][r] [r][] [r] <http://y> http://z\n\n[r]: http://w\n')
    assert marked(d, MarkKind.LINK) == [
        *[("a", "http://x"), ("b", "http://w"), ("r", "http://w"), ("r", "http://w")],
        *[("http://y", "http://y"), ("http://z", "http://z")],
    ]


def test_images_footnotes_code_and_emphasis() -> None:
    d = markdown("![alt *x*](i.png) `a *b*` **c _d_** e[^1].\n\n[^1]: The note.\n")
    assert marked(d, MarkKind.IMAGE) == [("", "i.png")]
    assert marked(d, MarkKind.CODE) == [("a *b*", "")]
    assert marked(d, MarkKind.STRONG) == [("c _d_", "")]
    assert marked(d, MarkKind.EMPHASIS) == [("d", "")]
    assert marked(d, MarkKind.FOOTNOTE) == [("", "1")]
    assert [b.text.strip() for b in d.blocks] == ["a *b* c d e.", "The note."]


def test_a_sentence_wholly_in_emphasis_takes_its_markers_along() -> None:
    d = markdown("One here. **Two here.** Three.")
    assert [s.span.of(d.source) for s in d.sentences] == ["One here.", "**Two here.**", "Three."]
