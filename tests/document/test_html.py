"""HTML: blocks, entities, WordPress's comments and shortcodes, and markup that never closes."""

from __future__ import annotations

import pytest

from service.document import BlockKind, Document, Format, MarkKind, parse
from tests.document.markup import assert_sound


def html(source: str) -> Document:
    d = parse(source, Format.HTML)
    assert_sound(d)
    return d


def blocks(source: str) -> list[tuple[BlockKind, str]]:
    return [(b.kind, b.text) for b in html(source).blocks if b.kind is not BlockKind.MARKUP]


def test_entities_are_decoded_and_lead_back_to_themselves() -> None:
    d = html("<p>Mr. &amp; Mrs. Smith&rsquo;s caf&eacute;</p>")
    (sentence,) = d.sentences
    assert sentence.text == "Mr. & Mrs. Smith’s café"
    assert [t.span.of(d.source) for t in sentence.tokens][2:] == [
        "&amp;",
        "Mrs",
        ".",
        "Smith&rsquo;s",
        "caf&eacute;",
    ]


def test_a_bare_ampersand_is_a_word() -> None:
    assert blocks("<p>AT&T &unknown; &copy 5</p>") == [(BlockKind.PARAGRAPH, "AT&T &unknown; © 5")]


def test_white_space_collapses_and_leads_back() -> None:
    d = html("<p>\n  Two\n  words <b> here</b></p>")
    assert d.blocks[0].text == "Two words here"


def test_wordpress_comments_part_blocks_and_are_marked() -> None:
    source = "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->\n<!-- wp:heading --><h2>Two</h2>"
    d = html(source)
    assert [b.span.of(source) for b in d.prose] == ["<p>One.</p>", "<h2>Two</h2>"]
    assert sum(m.kind is MarkKind.COMMENT for m in d.marks) == 3


def test_the_classic_editors_blank_lines_part_paragraphs() -> None:
    assert blocks("One <em>here</em>.\n\nTwo\nhere.\n\n[gallery]\n\nThree.") == [
        (BlockKind.PARAGRAPH, "One here."),
        (BlockKind.PARAGRAPH, "Two here."),
        (BlockKind.PARAGRAPH, "Three."),
    ]


def test_a_line_break_is_shown_and_two_part_paragraphs() -> None:
    assert blocks("<p>One<br>two<br /><br>three</p>") == [
        (BlockKind.PARAGRAPH, "One\ntwo"),
        (BlockKind.PARAGRAPH, "three"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<h2>Title<p>Text", ["Title", "Text"]),
        ("<p>An <b>open tag", ["An open tag"]),
        ("<div>a < b and c > d</div>", ["a < b and c > d"]),
        ("<p>The <!-- never closed", ["The <!-- never closed"]),
        ("Text <script>never closed", ["Text"]),
        ('<p>One <img alt="a < b"> two</p>', ["One two"]),
        ("</p></div>Only closers</b>", ["Only closers"]),
    ],
)
def test_broken_markup_loses_no_words(source: str, expected: list[str]) -> None:
    assert [b.text for b in html(source).prose] == expected


def test_unseen_elements_are_markup() -> None:
    source = "<head><title>T</title></head><style>p{}</style><p>Seen<script>x='<p>no</p>'</script> words</p>"
    assert blocks(source) == [(BlockKind.PARAGRAPH, "Seen words")]


def test_kinds_and_levels() -> None:
    source = "<h3>H</h3><ul><li>a<ol><li>b</ol></ul><blockquote><p>q</p></blockquote><pre>c\n  d</pre>"
    assert [(b.kind, b.level) for b in html(source).prose] == [
        (BlockKind.HEADING, 3),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.QUOTE, 1),
    ]
    assert (BlockKind.CODE, "c\n  d") in blocks(source)


def test_a_table_of_data_is_one_block_and_one_that_lays_out_a_page_is_none() -> None:
    data = "<table><tr><th>Director<td>Kim</tr><tr><th>Year<td>2013</table>"
    assert blocks(data) == [(BlockKind.TABLE, "Director\tKim\nYear\t2013")]
    assert blocks("<table><tr><td><p>Prose here.</p></table>") == [(BlockKind.PARAGRAPH, "Prose here.")]


def test_links_images_and_shortcodes_are_marked() -> None:
    d = html('<p>See <a href="http://x?a=1&amp;b=2">this</a> <img src="i.png"/> [video src="v"]</p>')
    assert [(m.kind, m.target) for m in d.marks] == [
        (MarkKind.LINK, "http://x?a=1&b=2"),
        (MarkKind.IMAGE, "i.png"),
        (MarkKind.SHORTCODE, "video"),
    ]


def test_a_word_may_be_cut_by_a_tag_and_stays_one() -> None:
    d = html("<p><b>Mi</b>racle</p>")
    (token,) = d.tokens
    assert (token.text, token.span.of(d.source)) == ("Miracle", "Mi</b>racle")
    assert not d.editable(token.span)
