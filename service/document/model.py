"""The parsed text: frozen values whose offsets all refer to the untouched source.

Offsets are characters (Python string indices), half-open. What a reader sees is the *visible*
text: markup stripped, entities decoded. `Sentence.text` is visible; `Sentence.source_span` leads
back from visible offsets to the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
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


@dataclass(frozen=True)
class Document:
    """An immutable parse of `source`. Blocks are in order and do not overlap."""

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
