"""Markdown: CommonMark with tables, front matter, footnotes, shortcodes and embedded HTML.

`markdown-it-py` finds the blocks and says on which lines they stand; offsets within the lines, and
everything inline, are found here. A paragraph over several lines is one block, its line breaks
visible as spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token as BlockToken

from service.document.front_matter import front_matter_end
from service.document.html import html_drafts
from service.document.inline import Definitions, Line, scan
from service.document.model import BlockKind, Document, Format, Mark, Span
from service.document.visible import Draft, Piece, build

_BLOCKS = MarkdownIt("commonmark").enable("table")
_BREAK = re.compile(r"\r\n?|\n")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_FOOTNOTE = re.compile(r"^[ \t>]{0,12}\[\^([^\]\s]{1,200})\]:[ \t]*", re.MULTILINE)


def parse_markdown(source: str, titles: Sequence[str] = ()) -> Document:
    """Return the parse of Markdown."""
    start = front_matter_end(source)
    reader = _Reader(source, start)
    if start:
        begin = 1 if source.startswith("\ufeff") else 0
        reader.drafts.append(Draft(BlockKind.FRONT_MATTER, Span(begin, start), ()))
    reader.read()
    return build(source, Format.MARKDOWN, reader.drafts, reader.marks, titles)


class _Range(NamedTuple):
    """The lines `[first, last)` of a block."""

    first: int
    last: int


class _Reader:
    """One reading of a source from `start` on."""

    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.lines = list(_lines(source, start + int(not start and source.startswith("\ufeff"))))
        self.drafts: list[Draft] = []
        self.marks: list[Mark] = []
        self.quotes = self.lists = 0
        self.heading: tuple[int, _Range] | None = None
        self.definitions = Definitions({}, ())
        self.table: _Table | None = None

    def read(self) -> None:
        """Read every block."""
        env: dict[str, dict[str, dict[str, str]]] = {}
        tokens: list[BlockToken] = []
        text = "\n".join([self.source[a:b].replace("\0", "\ufffd") for a, b in self.lines])
        _BLOCKS.block.parse(text, _BLOCKS, env, tokens)
        targets = {label: found["href"] for label, found in env.get("references", {}).items()}
        self.definitions = Definitions(targets, frozenset(_FOOTNOTE.findall(text)))
        for token in tokens:
            self._take(token)

    def _take(self, token: BlockToken) -> None:
        kind = token.type
        if kind == "inline":
            self._inline(token)
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quotes += token.nesting
        elif kind in ("bullet_list_open", "ordered_list_open", "bullet_list_close", "ordered_list_close"):
            self.lists += token.nesting
        elif kind == "heading_open":
            self.heading = (int(token.tag[1]), _range(token))
        elif kind == "heading_close":
            self.heading = None
        elif kind in ("fence", "code_block"):
            self._code(token)
        elif kind == "html_block":
            self._html(token)
        elif kind == "table_open":
            self.table = _Table(_range(token))
        elif kind == "table_close":
            self._end_table()

    # Prose

    def _inline(self, token: BlockToken) -> None:
        if not token.content:
            return
        if self.table is not None:
            self._cell(token, self.table)
        elif self.heading is not None:
            level, whole = self.heading
            lines = (
                self._atx(token, whole)
                if token.markup == "" and self._is_atx(whole)
                else self._content(token)
            )
            self._prose(BlockKind.HEADING, whole, lines, level)
        else:
            self._paragraphs(token)

    def _is_atx(self, whole: _Range) -> bool:
        return whole.last - whole.first == 1

    def _atx(self, token: BlockToken, whole: _Range) -> list[Line]:
        start, end = self.lines[whole.first]
        text = self.source[start:end].replace("\0", "\ufffd")
        hashes = _HASHES.search(text)
        at = text.find(token.content, hashes.end() if hashes else 0)
        return [Line(start + at, start + at + len(token.content))] if at >= 0 else [Line(start, end)]

    def _content(self, token: BlockToken) -> list[Line]:
        """Return where the content lines of a token stand: each is the tail of a source line."""
        out: list[Line] = []
        contents = token.content.split("\n")
        for number, content in enumerate(contents, _range(token).first):
            start, end = self.lines[number]
            kept = len(self.source[start:end].rstrip())
            begin = start + max(0, kept - len(content.strip()))
            out.append(Line(begin, end if number < _range(token).first + len(contents) - 1 else start + kept))
        return out

    def _paragraphs(self, token: BlockToken) -> None:
        """Take a paragraph; footnote definitions in a row are paragraphs of their own."""
        first, last = _range(token)
        lines = self._content(token)
        begins = [i for i, line in enumerate(lines) if self._footnote(line)]
        for a, b in zip([0, *begins], [*begins, len(lines)], strict=True):
            if a < b:
                kept = lines[a:b]
                if marker := self._footnote(kept[0]):
                    kept[0] = Line(marker, kept[0].end)
                stop = first + b if b < len(lines) else last
                kind = BlockKind.LIST_ITEM if self.lists else BlockKind.PARAGRAPH
                if self.quotes:
                    kind = BlockKind.QUOTE
                self._prose(kind, _Range(first + a, stop), kept, self.quotes or self.lists)

    def _footnote(self, line: Line) -> int:
        """Return where the words of a footnote definition begin; 0 if the line opens none."""
        if not self.source.startswith("[^", line.start):
            return 0
        m = _FOOTNOTE.match(self.source[line.start : line.end])
        return line.start + m.end() if m else 0

    def _prose(self, kind: BlockKind, whole: _Range, lines: Sequence[Line], level: int) -> None:
        pieces, marks = scan(self.source, lines, self.definitions)
        self.marks += marks
        if "".join([p.text for p in pieces]).strip():
            self.drafts.append(Draft(kind, self._span(whole), pieces, level))

    def _span(self, whole: _Range) -> Span:
        start, end = self.lines[whole.first]
        text = self.source[start:end]
        start += len(text) - len(text.lstrip())
        last_start, last_end = self.lines[whole.last - 1]
        return Span(start, last_start + len(self.source[last_start:last_end].rstrip()))

    # Tables, code, HTML

    def _cell(self, token: BlockToken, table: _Table) -> None:
        row = _range(token).first
        start, end = self.lines[row]
        at = max(start, table.at)
        for content in (token.content, token.content.replace("|", r"\|")):
            found = self.source.find(content, at, end)
            if found >= 0:
                break
        else:
            return
        pieces, marks = scan(self.source, [Line(found, found + len(content))], self.definitions)
        if pieces and table.pieces:
            last = table.pieces[-1].end
            table.pieces.append(Piece("\t" if row == table.row else "\n", last, pieces[0].start))
        table.pieces += pieces
        self.marks += marks
        table.row, table.at = row, found + len(content)

    def _end_table(self) -> None:
        if self.table is not None and self.table.pieces:
            self.drafts.append(Draft(BlockKind.TABLE, self._span(self.table.whole), self.table.pieces))
        self.table = None

    def _code(self, token: BlockToken) -> None:
        whole = _range(token)
        pieces: list[Piece] = []
        contents = token.content.removesuffix("\n").split("\n") if token.content else []
        for number, content in enumerate(contents, whole.first + (token.type == "fence")):
            start, end = self.lines[number]
            begin = max(start, end - len(content))
            if pieces:
                pieces.append(Piece("\n", pieces[-1].end, begin))
            pieces.append(Piece(self.source[begin:end], begin, end))
        while whole.last - whole.first > 1 and not self.source[slice(*self.lines[whole.last - 1])].strip():
            whole = whole._replace(last=whole.last - 1)
        span = self._span(whole)
        if span.start >= span.end:
            return
        kept = [p for p in pieces if p.start < span.end]
        if kept:
            span = Span(min(span.start, kept[0].start), max(span.end, kept[-1].end))
        self.drafts.append(Draft(BlockKind.CODE, span, kept))

    def _html(self, token: BlockToken) -> None:
        if token.level:
            return
        whole = _range(token)
        drafts, marks = html_drafts(
            self.source, self.lines[whole.first].start, self.lines[whole.last - 1].end
        )
        self.drafts += drafts
        self.marks += marks


class _Table:
    """A table under way: its lines, its pieces, and how far its row has been read."""

    def __init__(self, whole: _Range) -> None:
        self.whole = whole
        self.pieces: list[Piece] = []
        self.row = self.at = -1


def _range(token: BlockToken) -> _Range:
    first, last = token.map or (0, 1)
    return _Range(first, last)


def _lines(source: str, start: int) -> Iterator[Line]:
    for m in _BREAK.finditer(source, start):
        yield Line(start, m.start())
        start = m.end()
    yield Line(start, len(source))
