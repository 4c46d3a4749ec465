"""HTML, whole pages and fragments, WordPress posts among them: tolerant, with exact offsets.

White space collapses as a browser shows it, entities are decoded, `<br>` is a line break in the
visible text; two in a row part paragraphs, as does a blank line outside `<p>` (WordPress's classic
editor). Script, style and other unseen elements are markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.document.model import BlockKind, Document, Format, Mark, MarkKind, Span
from service.document.shortcodes import Shortcode, shortcode_marks, shortcodes
from service.document.tags import ENTITY, Markup, Tag, TagPairs, TagReader, decoded
from service.document.visible import Draft, Piece, build

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
        "main menu nav ol p pre section summary table tbody td tfoot th thead tr ul ",
    )
)
_LEAVES = frozenset(("p", "dt", "dd", *_HEADINGS))  # closed by the next block that begins
_LISTS = frozenset(("ul", "ol", "menu", "dir", "dl"))
_ITEMS = frozenset(("li", "dt", "dd"))
_UNSEEN = frozenset(
    re.findall(
        r"\w+",
        "script style svg math template iframe object textarea select head title noscript audio "
        "video canvas ",
    )
)
_RUN = re.compile(rf"[ \t\n\r\f]{{2,}}|[\t\n\r\f]|{ENTITY.pattern}")
_COLLAPSED = frozenset(("", " ", "\t", "\n", "\r", "\f"))
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n|\r[ \t\f]*\r")
_PARTING_COMMENT = re.compile(r"\s*/?(?:wp:|more\b|nextpage\b)")
_FLOW = re.compile(r"<(?:table|p|h[1-6]|div|blockquote|ul|ol|article|section)\b", re.IGNORECASE)


def parse_html(source: str, titles: Sequence[str] = ()) -> Document:
    """Return the parse of an HTML page or fragment."""
    start = 1 if source.startswith("\ufeff") else 0
    drafts, marks = html_drafts(source, start, len(source))
    return build(source, Format.HTML, drafts, marks, titles)


def html_drafts(source: str, start: int, end: int) -> tuple[list[Draft], list[Mark]]:
    """Return the blocks and marks of the HTML at `source[start:end]`."""
    reader = _Reader(source, end)
    reader.read(start)
    return reader.drafts, [*reader.marks, *reader.pairs.marks, *shortcode_marks(reader.tags)]


class _Reader:
    """One reading of a source from left to right."""

    def __init__(self, source: str, end: int) -> None:
        self.source, self.end = source, end
        self.markup = TagReader(source, end)
        self.pairs = TagPairs()
        self.drafts: list[Draft] = []
        self.marks: list[Mark] = []
        self.tags: list[Shortcode] = []
        self.pieces: list[Piece] = []
        self.begin = -1  # where the block under way begins, -1 if none does
        self.last = 0  # the end of the last inline thing in it
        self.table_end = (-1, -1)
        self.open: list[str] = []
        self.counts: dict[str, int] = {}
        self.unclosed: set[str] = set()
        self.shown = False  # whether `pieces` hold more than white space

    def read(self, start: int) -> None:
        """Read from `start` to the end."""
        self.tags = shortcodes(self.source, start, self.end)
        holes = iter([*self.tags, Shortcode(Span(self.end, self.end), "", closes=False)])
        hole = next(holes)
        at = start
        while at < self.end:
            while hole.span.start < at and hole.span.start < self.end:
                hole = next(holes)
            stop = self.source.find("<", at, hole.span.start)
            if stop < 0:
                self._text(at, hole.span.start)
                at = hole.span.end
                if hole.span.start < self.end:
                    self._shortcode(hole.span)
                continue
            self._text(at, stop)
            markup = self.markup.at(stop)
            if markup is None:
                self._text(stop, stop + 1)
                at = stop + 1
            else:
                at = self._markup(markup)
        self._flush(self.last)

    # Text

    def _text(self, start: int, end: int) -> None:
        if start >= end:
            return
        if not self._in_leaf() and (gap := _BLANK_LINE.search(self.source, start, end)):
            self._words(start, gap.start())
            self._flush(self.last)
            while gap is not None:
                following = _BLANK_LINE.search(self.source, gap.end(), end)
                self._words(gap.end(), following.start() if following is not None else end)
                if following is not None:
                    self._flush(self.last)
                gap = following
            return
        self._words(start, end)

    def _words(self, start: int, end: int) -> None:
        """Take a run of text: collapse its white space, decode its entities."""
        if start >= end or (self.begin < 0 and self.source[start:end].isspace()):
            return
        source = self.source
        if self.counts.get("pre"):
            self._raw(start, end)
            return
        at = start
        for m in _RUN.finditer(source, start, end):
            text = m.group()
            shown = decoded(text) if text[0] == "&" else " "
            if shown is None:
                continue
            self._piece(source[at : m.start()], at, m.start())
            if shown in _COLLAPSED:
                self._space(m.start(), m.end())
            else:
                self._piece(shown, m.start(), m.end())
            at = m.end()
        self._piece(source[at:end], at, end)

    def _raw(self, start: int, end: int) -> None:
        at = start
        for m in ENTITY.finditer(self.source, start, end):
            shown = decoded(m.group())
            if shown is not None:
                self._piece(self.source[at : m.start()], at, m.start())
                self._piece(shown, m.start(), m.end())
                at = m.end()
        self._piece(self.source[at:end], at, end)

    def _space(self, start: int, end: int) -> None:
        if self._after_word():
            self.pieces.append(Piece(" ", start, end))

    def _after_word(self) -> bool:
        return bool(self.pieces) and not self.pieces[-1].text[-1].isspace()

    def _piece(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if text[0] == " " and not self.counts.get("pre") and not self._after_word():
            text, start = text[1:], start + 1
            if not text:
                return
        if self.begin < 0:
            if text.isspace():
                return
            self.begin = start
        self.pieces.append(Piece(text, start, end))
        if not text.isspace():
            self.shown = True
            self.last = end

    # Markup

    def _markup(self, markup: Markup) -> int:
        span, tag, comment = markup
        if comment is not None:
            self.marks.append(Mark(MarkKind.COMMENT, span))
            if _PARTING_COMMENT.match(comment):
                self._flush(self.last)
            return span.end
        if tag is None:
            return span.end
        if tag.name in _UNSEEN and not tag.closes:
            return self._unseen(tag)
        if tag.name == "table" and not tag.closes and (end := self._table(tag)):
            return end
        if tag.name == "br":
            self._line_break(span)
        elif tag.name in _BLOCKS:
            self._block_tag(tag)
        else:
            self.pairs.take(tag)
            self._inline(span, closes=tag.closes)
        return span.end

    def _inline(self, span: Span, *, closes: bool = False) -> None:
        if self.begin < 0 and not closes:
            self.begin = span.start
        if not closes or self.begin >= 0:
            self.last = max(self.last, span.end) if closes or self.shown else self.last

    def _shortcode(self, span: Span) -> None:
        after = self.source[span.end : span.end + 1]
        if self._after_word() and after.isalnum():
            self.pieces.append(Piece(" ", *span))
        self._inline(span)

    def _unseen(self, tag: Tag) -> int:
        """Skip an element that a reader does not see; return where it ends."""
        if tag.alone or tag.name in self.unclosed:
            return tag.span.end
        m = re.compile(rf"</{tag.name}\s*>", re.IGNORECASE).search(self.source, tag.span.end, self.end)
        if m is None:
            self.unclosed.add(tag.name)
            return self.end if tag.name in ("script", "style") else tag.span.end
        if self.begin >= 0 and self.shown:
            self.marks.append(Mark(MarkKind.TAG, Span(tag.span.start, m.end())))
        return m.end()

    def _line_break(self, span: Span) -> None:
        if not self.shown:
            return
        last = self.pieces[-1]
        if last.text == " ":
            self.pieces.pop()
            last = self.pieces[-1]
        if last.text == "\n":
            self.pieces.pop()
            self._flush(self.last)
            return
        self.marks.append(Mark(MarkKind.TAG, span))
        self.pieces.append(Piece("\n", span.start, span.end))

    def _block_tag(self, tag: Tag) -> None:
        if tag.closes:
            self._flush(tag.span.end if self._closes_own(tag.name) else self.last)
            self._pop(tag.name)
            return
        self._flush(self.last)
        if tag.name == "hr":
            return
        while self.open and self.open[-1] in _LEAVES:
            self._drop()
        if tag.name == "li" and self.open and self.open[-1] == "li":
            self._drop()
        self.open.append(tag.name)
        self.counts[tag.name] = self.counts.get(tag.name, 0) + 1
        self.begin, self.last = tag.span.start, tag.span.end

    def _closes_own(self, name: str) -> bool:
        return bool(self.open) and self.open[-1] == name and self.shown

    def _drop(self) -> None:
        self.counts[self.open.pop()] -= 1

    def _pop(self, name: str) -> None:
        if self.counts.get(name):
            while self.open[-1] != name:
                self._drop()
            self._drop()

    def _in_leaf(self) -> bool:
        counts = self.counts
        return any(counts.get(n) for n in ("p", "li", "pre", "td", "th", "dd", "dt", *_HEADINGS))

    # Blocks

    def _flush(self, end: int) -> None:
        """End the block under way at `end`, if it shows anything."""
        self.pairs.end_block(self.last)
        if self.shown:
            while self.pieces[-1].text.isspace():
                self.pieces.pop()
            kind, level = self._kind()
            self.drafts.append(Draft(kind, Span(self.begin, max(end, self.last)), self.pieces, level))
        if self.pieces:
            self.pieces = []
        self.begin, self.shown = -1, False

    def _kind(self) -> tuple[BlockKind, int]:
        counts = self.counts
        if counts.get("pre"):
            return BlockKind.CODE, 0
        for name, level in _HEADINGS.items():
            if counts.get(name):
                return BlockKind.HEADING, level
        if depth := counts.get("blockquote", 0):
            return BlockKind.QUOTE, depth
        if any(counts.get(n) for n in _ITEMS):
            return BlockKind.LIST_ITEM, max(1, sum(counts.get(n, 0) for n in _LISTS))
        return BlockKind.PARAGRAPH, 0

    def _table(self, tag: Tag) -> int:
        """Take a table of data as one block and return where it ends; 0 if it lays out a page."""
        close, end = self.table_end
        if close < tag.span.end:
            m = _TABLE_END.search(self.source, tag.span.end, self.end)
            close, end = self.table_end = m.span() if m else (self.end + 1, 0)
        if close > self.end or _FLOW.search(self.source, tag.span.end, close):
            return 0
        self._flush(self.last)
        inner = _Reader(self.source, close)
        inner.read(tag.span.end)
        pieces: list[Piece] = []
        for cell in inner.drafts:
            if pieces:
                between = self.source[pieces[-1].end : cell.pieces[0].start]
                shown = "\n" if "<tr" in between.lower() else "\t"
                pieces.append(Piece(shown, pieces[-1].end, cell.pieces[0].start))
            pieces.extend(cell.pieces)
        self.marks += inner.marks
        self.pairs.marks += inner.pairs.marks
        if pieces:
            self.drafts.append(Draft(BlockKind.TABLE, Span(tag.span.start, end), pieces))
        return end
