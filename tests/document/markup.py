"""Strategies that build nasty sources, and what must hold of any parse."""

from __future__ import annotations

from hypothesis import strategies as st

from service.document import Document, Format, Mark, PartKind, Sentence

_WORDS = [
    "a",
    "The ",
    "film ",
    "J.J. ",
    "U.S. ",
    ". ",
    "! ",
    "... ",
    "…",
    "“",
    "”",
    '"',
    "'",
    "film's ",
    "3.5/5 ",
]
_FOREIGN = [
    "é",
    "e\u0301",
    "ß",
    "İ",
    "漢字",
    "。",
    "שלום ",
    "\u202e",
    "\u200b",
    "👨‍👩‍👧",
    "\x00",
    "\ufeff",
    "\x85",
    "\u2028",
    "\x1c",
]
_BREAKS = ["\n", "\n\n", "\r\n", "\r", "\f", "  \n", "\t", "    ", " "]
_SHORTCODES = ['[gallery ids="1"]', "[/gallery]", "[caption]", "[/caption]", "[sic]", "http://x.y/z "]
_MARKDOWN = [
    *[
        "*",
        "**",
        "_",
        "~~",
        "`",
        "``",
        "```\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](x)",
        "[^1]",
        "[^1]: ",
        "[r]: u\n",
        "\\",
        "> ",
    ],
    *[
        "- ",
        "1. ",
        "# ",
        "---\n",
        "===\n",
        "+++\n",
        "k: v\n",
        "|",
        "|-|-|\n",
        "<br>",
        "<http://x.y>",
        "&amp;",
        "<b>",
        "</b>",
    ],
]
_HTML = [
    *[
        "<",
        ">",
        "</",
        "<p>",
        "</p>",
        "<p class='a>b'>",
        "<b>",
        "</b>",
        "<i>",
        "<a href=x>",
        "</a>",
        "<img alt='<'>",
        "<br>",
    ],
    *[
        "<br/>",
        "<!--",
        "-->",
        "<!-- wp:p -->",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
        "<code>",
        "<table>",
        "<tr>",
        "<td>",
    ],
    *[
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<h2>",
        "</h2>",
        "<blockquote>",
        "</blockquote>",
        "<hr>",
        "<div>",
        "</div>",
        "<!x>",
    ],
    *[
        "&amp;",
        "&nbsp;",
        "&#10;",
        "&#x1F600;",
        "&notit;",
        "&lt",
        "&",
        "&hellip;",
        "<title>",
        "</title>",
        "<q>",
        "</q>",
    ],
]
FORMATS = list(Format)


def sources() -> st.SearchStrategy[str]:
    """Return sources of broken and sound markup of all formats mixed, and of any characters."""
    shared = [*_WORDS, *_FOREIGN, *_BREAKS, *_SHORTCODES]
    mixes = [
        shared,
        [*_WORDS, *_BREAKS, *_MARKDOWN],
        [*_WORDS, *_BREAKS, *_HTML],
        [*shared, *_MARKDOWN, *_HTML],
    ]
    built = st.sampled_from(mixes).flatmap(
        lambda mix: st.lists(st.sampled_from(mix), max_size=30).map("".join)
    )
    return st.one_of(built, built, st.text(max_size=80))


def assert_sound(d: Document) -> None:
    """Assert what holds of every document, whatever its source."""
    _assert_parts(d)
    at = 0
    for block in d.blocks:
        assert at <= block.span.start < block.span.end <= len(d.source)
        assert not d.source[at : block.span.start].strip()
        at = block.span.end
        starts, ends = block.offsets.starts, block.offsets.ends
        assert len(starts) == len(ends) == len(block.text)
        assert all(a < b for a, b in zip(starts, ends, strict=True))
        assert list(starts) == sorted(starts)
        assert list(ends) == sorted(ends)
        assert not starts or (block.span.start <= starts[0] and ends[-1] <= block.span.end)
        within = block.span.start
        for sentence in block.sentences:
            assert within <= sentence.span.start < sentence.span.end <= block.span.end
            within = sentence.span.end
            _assert_sentence(d, sentence)
    assert not d.source[at:].strip()
    for mark in d.marks:
        _assert_mark(d, mark)


def _assert_parts(d: Document) -> None:
    at = 0
    for part in d.parts:
        assert part.span.start == at < part.span.end
        at = part.span.end
        assert part.kind is not PartKind.SPACE or not part.span.of(d.source).strip()
    assert at == len(d.source)


def _assert_sentence(d: Document, s: Sentence) -> None:
    assert s.text == s.text.strip() != ""
    assert s.span.contains(s.source_span(0, len(s.text)))
    seen = s.span
    for token in s.tokens:
        assert s.span.contains(token.span)
        assert token.span.start >= seen.start
        seen = token.span
        if d.format is Format.TEXT:
            assert token.span.of(d.source) == token.text


def _assert_mark(d: Document, m: Mark) -> None:
    assert 0 <= m.span.start < m.span.end <= len(d.source)
    assert m.content is None or m.span.contains(m.content)
