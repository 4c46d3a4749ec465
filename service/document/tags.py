"""HTML tags, comments and entities, found with their exact offsets.

`html.parser` reports lines and columns, joins and re-reads data, and its quirks on broken markup
change between Python releases; the trees of lxml, selectolax and html5lib keep no offsets. So
tags are found by patterns that take linear time whatever they are fed, and that lose nothing: a `<`
that opens no tag is text.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from service.document.model import Mark, MarkKind, Span

_STRICT = re.compile(r"<(/?)([a-zA-Z][^\s/><]*+)((?:[^>\"'<]|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_LOOSE = re.compile(r"<(/?)([a-zA-Z][^\s/><]*+)([^<>]*+)>")
_QUOTED = re.compile(r"<()([a-zA-Z][^\s/><]*+)((?:[^>\"'<]|\"[^\"]{0,500}+\"|'[^']{0,500}+'){0,1000}+)>")
_PATIENCE = 50  # how often a `<` inside a quoted attribute may be looked for in vain, in one source
_ODD = re.compile(r"<[!?/][^<>]*+>")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+))""")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")

KINDS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), MarkKind.EMPHASIS),
    **dict.fromkeys(("strong", "b"), MarkKind.STRONG),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), MarkKind.CODE),
    "a": MarkKind.LINK,
    "img": MarkKind.IMAGE,
    "q": MarkKind.QUOTATION,
}
VOID = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta param source track wbr "))


class Tag(NamedTuple):
    """A tag at `span`: its lower-case name, whether it closes, and its raw attributes."""

    span: Span
    name: str
    closes: bool
    attributes: str

    @property
    def alone(self) -> bool:
        """Tell whether no closing tag is to be waited for."""
        return self.name in VOID or self.attributes.rstrip().endswith("/")

    def attribute(self, name: str) -> str:
        """Return the decoded value of an attribute, or an empty string."""
        for m in _ATTRIBUTE.finditer(self.attributes):
            if m[1].lower() == name:
                return html.unescape(m[2] or m[3] or m[4] or "")
        return ""


class Markup(NamedTuple):
    """What stands at a `<`: a tag, a comment (`comment` its words), or another declaration."""

    span: Span
    tag: Tag | None = None
    comment: str | None = None


class TagReader:
    """Reads markup at given offsets of one source up to `end`, each place once."""

    __slots__ = ("_end", "_no_comment_end", "_patience", "_source")

    def __init__(self, source: str, end: int) -> None:
        self._source = source
        self._end = end
        self._no_comment_end = False
        self._patience = _PATIENCE

    def at(self, offset: int) -> Markup | None:
        """Return the markup that begins at `offset`, where a `<` stands; None if it is text."""
        source, end = self._source, self._end
        if source.startswith("<!--", offset) and not self._no_comment_end:
            close = source.find("-->", offset + 4, end)
            if close >= 0:
                return Markup(Span(offset, close + 3), comment=source[offset + 4 : close])
            self._no_comment_end = True
        m = _STRICT.match(source, offset, end) or self._quoted(offset) or _LOOSE.match(source, offset, end)
        if m:
            span = Span(*m.span())
            return Markup(span, Tag(span, m[2].lower(), bool(m[1]), m[3]))
        m = _ODD.match(source, offset, end)
        return Markup(Span(*m.span())) if m else None

    def _quoted(self, offset: int) -> re.Match[str] | None:
        """Return the tag at `offset` that holds a `<` in a quoted value: `<img alt="a < b">`."""
        if not self._patience:
            return None
        m = _QUOTED.match(self._source, offset, self._end)
        if m is None and self._source[offset + 1 : offset + 2].isalpha():
            self._patience -= 1
        return m


class TagPairs:
    """Pairs inline tags as they come; what never closes ends where its block does."""

    __slots__ = ("_open", "_waiting", "marks")

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._open: list[Tag] = []
        self._waiting: dict[str, int] = {}

    def take(self, tag: Tag) -> None:
        """Note an inline tag."""
        if tag.closes:
            self._close(tag)
        elif tag.alone:
            kind = KINDS.get(tag.name, MarkKind.TAG)
            self.marks.append(Mark(kind, tag.span, None, tag.attribute("src")))
        else:
            self._open.append(tag)
            self._waiting[tag.name] = self._waiting.get(tag.name, 0) + 1

    def _close(self, tag: Tag) -> None:
        if not self._waiting.get(tag.name):
            self.marks.append(Mark(MarkKind.TAG, tag.span, None))
            return
        while True:
            opened = self._pop()
            if opened.name == tag.name:
                self._mark(opened, opened.span.end, tag.span.start, tag.span.end)
                return
            self._mark(opened, opened.span.end, tag.span.start, tag.span.start)

    def end_block(self, at: int) -> None:
        """Close at `at` whatever is still open."""
        while self._open:
            opened = self._pop()
            self._mark(opened, opened.span.end, max(at, opened.span.end), max(at, opened.span.end))

    def _pop(self) -> Tag:
        opened = self._open.pop()
        self._waiting[opened.name] -= 1
        return opened

    def _mark(self, opened: Tag, start: int, stop: int, end: int) -> None:
        kind = KINDS.get(opened.name, MarkKind.TAG)
        self.marks.append(
            Mark(kind, Span(opened.span.start, end), Span(start, stop), opened.attribute("href"))
        )


def decoded(entity: str) -> str | None:
    """Return the characters an entity stands for; None if it is no entity but words."""
    if not entity.endswith(";") and not entity.startswith("&#") and entity[1:] not in _BARE:
        return None
    text = html.unescape(entity)
    return None if text == entity or (text.endswith(";") and not entity.endswith("&semi;")) else text


# Old pages write these without their semicolon; any other bare `&word` is words.
_BARE = frozenset(["amp", "lt", "gt", "quot", "nbsp", "copy", "reg"])
