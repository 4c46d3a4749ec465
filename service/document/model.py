"""The parsed text: frozen values whose offsets all refer to the untouched source.

Offsets are characters (Python string indices), half-open. What a reader sees is the *visible*
text: markup stripped, entities decoded. `Sentence.text` is visible; `Sentence.source_span` leads
back from visible offsets to the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple


class Format(StrEnum):
    """The formats that a document can be parsed from."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


class Span(NamedTuple):
    """Half-open range of characters in a document's source."""

    start: int
    end: int

    def of(self, source: str) -> str:
        """Return the characters of `source` that the span covers."""
        return source[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class TokenKind(StrEnum):
    """What a token is: a word, a number (digits first), or punctuation and symbols."""

    WORD = "word"
    NUMBER = "number"
    PUNCTUATION = "punctuation"


class Token(NamedTuple):
    """One word, number or mark. `fold` is `text` casefolded, without accents, apostrophes made
    straight; compare words by it.
    """

    span: Span
    text: str
    fold: str
    kind: TokenKind


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads from visible offsets to the source: visible character `i` stands at
    `source[starts[i]:ends[i]]` (longer than one character where it is an entity).
    """

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def shifted(cls, base: int, length: int) -> OffsetMap:
        """Return the map of text that stands in the source as it is, from `base` on."""
        return cls(range(base, base + length), range(base + 1, base + length + 1))

    def span(self, start: int, end: int) -> Span:
        """Return the source span of the visible characters `[start, end)`."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self._after()
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])

    def part(self, start: int, end: int) -> OffsetMap:
        """Return the map of the visible characters `[start, end)` alone."""
        return OffsetMap(self.starts[start:end], self.ends[start:end])

    def _after(self) -> int:
        return self.ends[-1] if len(self.ends) else 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `span` in the source, `text` visible, `tokens` with source spans."""

    span: Span
    text: str
    offsets: OffsetMap
    tokens: tuple[Token, ...]

    def source_span(self, start: int, end: int) -> Span:
        """Return the source span of `text[start:end]`."""
        return self.offsets.span(start, end)

    @property
    def words(self) -> tuple[Token, ...]:
        """Return the tokens that are words or numbers."""
        return tuple(t for t in self.tokens if t.kind is not TokenKind.PUNCTUATION)


class BlockKind(StrEnum):
    """The kinds of block. Detectors read prose (`paragraph`, `list_item`, `quote`, `heading`);
    an edit may touch `paragraph` and `list_item` only, unless headings are asked for.
    """

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    FRONT_MATTER = "front_matter"
    MARKUP = "markup"  # comments, shortcodes on a line of their own, rules, raw tags


PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.HEADING})
EDITABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the text. `span` covers it with its markers, `text` is its visible text.
    `level` is the heading's level (1-6) or the depth of a list item or quote, else 0.
    """

    kind: BlockKind
    span: Span
    text: str
    offsets: OffsetMap
    sentences: tuple[Sentence, ...]
    level: int = 0


class MarkKind(StrEnum):
    """The kinds of inline markup and of text that must stay as it is."""

    LINK = "link"
    IMAGE = "image"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    SHORTCODE = "shortcode"
    COMMENT = "comment"
    TAG = "tag"
    QUOTATION = "quotation"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup at `span`, its words at `content` (None where it has none, as an image's
    address); `target` is a link's or image's address.
    """

    kind: MarkKind
    span: Span
    content: Span | None = None
    target: str = ""


class PartKind(StrEnum):
    """What a stretch of the source is: words the reader sees, white space, or markup."""

    TEXT = "text"
    SPACE = "space"
    MARKUP = "markup"


class Part(NamedTuple):
    """A stretch of the source; the parts of a document cover it in order without overlap."""

    kind: PartKind
    span: Span


class Location(NamedTuple):
    """Where a source offset is, for a reader: line and column count from 1; `block` and `sentence`
    are what stands there, None where it is white space or markup outside any.
    """

    line: int
    column: int
    block: Block | None
    sentence: Sentence | None


# What an edit leaves alone, whether its characters are markup or words.
PROTECTED = frozenset(
    {
        MarkKind.LINK,
        MarkKind.IMAGE,
        MarkKind.CODE,
        MarkKind.QUOTATION,
        MarkKind.FOOTNOTE,
        MarkKind.COMMENT,
    }
)


@dataclass(frozen=True)
class Document:
    """An immutable parse of `source`.

    Blocks are in order and do not overlap; every character outside them is white space. Parts
    cover the source. Marks are in order of their starts, an outer mark before its inner ones.
    """

    source: str
    format: Format
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @cached_property
    def prose(self) -> tuple[Block, ...]:
        """Return the blocks that a reader reads as sentences, headings among them."""
        return tuple(b for b in self.blocks if b.kind in PROSE)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of all prose blocks but headings, in order."""
        return tuple(
            s for b in self.blocks if b.kind in PROSE and b.kind is not BlockKind.HEADING for s in b.sentences
        )

    @cached_property
    def words(self) -> int:
        """Return the number of words and numbers in `sentences`."""
        return sum(len(s.words) for s in self.sentences)

    @cached_property
    def paragraphs(self) -> tuple[Block, ...]:
        """Return the blocks an edit may touch: paragraphs and list items, in order."""
        return tuple(b for b in self.blocks if b.kind in EDITABLE)

    @cached_property
    def all_sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of all blocks, a heading being one, in order."""
        return tuple(s for b in self.blocks for s in b.sentences)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens of `all_sentences`, in order."""
        return tuple(t for s in self.all_sentences for t in s.tokens)

    @cached_property
    def _block_starts(self) -> list[int]:
        return [b.span.start for b in self.blocks]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.span.start for s in self.all_sentences]

    @cached_property
    def _part_starts(self) -> list[int]:
        return [p.span.start for p in self.parts]

    @cached_property
    def _mark_starts(self) -> list[int]:
        return [m.span.start for m in self.marks]

    @cached_property
    def _line_starts(self) -> list[int]:
        lines = self.source.splitlines(keepends=True)
        return [0, *accumulate(len(line) for line in lines)]

    @cached_property
    def _reaches(self) -> list[int]:
        """Return for each mark the furthest end among it and the marks before it."""
        return list(accumulate((m.span.end for m in self.marks), max))

    def block_at(self, offset: int) -> Block | None:
        """Return the block that covers the source offset, if any."""
        i = bisect_right(self._block_starts, offset) - 1
        return self.blocks[i] if i >= 0 and offset < self.blocks[i].span.end else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence (of any block, headings too) that covers the source offset, if any."""
        i = bisect_right(self._sentence_starts, offset) - 1
        found = self.all_sentences[i] if i >= 0 else None
        return found if found is not None and offset < found.span.end else None

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """Return the sentences (headings too) that share a character with `span`, in order."""
        first = max(0, bisect_right(self._sentence_starts, span.start) - 1)
        last = bisect_left(self._sentence_starts, span.end)
        return tuple(s for s in self.all_sentences[first:last] if s.span.overlaps(span))

    def marks_in(self, span: Span) -> tuple[Mark, ...]:
        """Return the marks that share a character with `span`, in order."""
        first = bisect_right(self._reaches, span.start)
        last = bisect_left(self._mark_starts, span.end)
        return tuple(m for m in self.marks[first:last] if m.span.overlaps(span))

    def parts_in(self, span: Span) -> tuple[Part, ...]:
        """Return the parts that share a character with `span`, in order."""
        first = max(0, bisect_right(self._part_starts, span.start) - 1)
        last = bisect_left(self._part_starts, span.end)
        return tuple(p for p in self.parts[first:last] if p.span.overlaps(span))

    def text_of(self, span: Span) -> str:
        """Return the visible text of a source span, blocks joined by blank lines.

        A character that is shown only in part of the span (an entity cut in two) is left out.
        """
        out = []
        first = max(0, bisect_right(self._block_starts, span.start) - 1)
        for block in self.blocks[first : bisect_left(self._block_starts, span.end)]:
            low = bisect_left(block.offsets.starts, span.start)
            high = bisect_right(block.offsets.ends, span.end)
            if low < high:
                out.append(block.text[low:high])
        return "\n\n".join(out)

    def editable(self, span: Span) -> bool:
        """Tell whether the characters at `span` may be replaced without harm to markup.

        They must lie in one paragraph or list item, touch no link, image, code, quotation,
        footnote or comment, and hold emphasis and other paired tags whole or not at all.
        """
        block = self.block_at(span.start)
        if block is None or block.kind not in EDITABLE or not block.span.contains(span):
            return False
        covered = []
        for mark in self.marks_in(span):
            if mark.content is not None and mark.kind not in PROTECTED:
                if mark.content.contains(span):
                    continue
                if mark.kind in (MarkKind.EMPHASIS, MarkKind.STRONG) and span.contains(mark.span):
                    covered += [
                        Span(mark.span.start, mark.content.start),
                        Span(mark.content.end, mark.span.end),
                    ]
                    continue
            return False
        return all(_is_covered(p.span, covered) for p in self.parts_in(span) if p.kind is PartKind.MARKUP)

    def locate(self, offset: int) -> Location:
        """Return line, column, block and sentence of a source offset."""
        at = min(max(offset, 0), len(self.source))
        line = max(bisect_right(self._line_starts, at) - 1, 0)
        return Location(line + 1, at - self._line_starts[line] + 1, self.block_at(at), self.sentence_at(at))


def _is_covered(span: Span, covers: Sequence[Span]) -> bool:
    """Tell whether adjoining `covers` (`**` beside `*`) cover `span` together."""
    at = span.start
    for start, end in sorted(covers):
        if start <= at < end:
            at = end
    return at >= span.end
