"""From pieces of visible text to blocks: texts, offset maps, sentences, parts.

Every parser gathers the same thing: `Piece`s, the visible text with where it stands. What lies
between the pieces is white space or markup.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from service.document.model import (
    PROSE,
    Block,
    BlockKind,
    Document,
    Format,
    Mark,
    MarkKind,
    OffsetMap,
    Part,
    PartKind,
    Sentence,
    Span,
)
from service.document.quotations import bare_links, quotations
from service.document.sentences import Titles, boundaries
from service.document.tokens import tokenize

NOTHING = OffsetMap((), ())
_SPACES = re.compile(r"\s*")
_WRAPPERS = frozenset({MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.TAG, MarkKind.LINK, MarkKind.CODE})


class Piece(NamedTuple):
    """Visible `text` that stands at `source[start:end]`: character for character where the two
    have one length, else each character of `text` stands at the whole stretch.
    """

    text: str
    start: int
    end: int


class Draft(NamedTuple):
    """A block as a parser found it, before its text is joined and cut into sentences."""

    kind: BlockKind
    span: Span
    pieces: Sequence[Piece]
    level: int = 0


def offsets_of(pieces: Sequence[Piece]) -> OffsetMap:
    """Return the map of the joined texts of `pieces`."""
    if not pieces:
        return NOTHING
    first, at = pieces[0].start, pieces[0].start
    for text, start, end in pieces:
        if start != at or len(text) != end - start:
            break
        at = end
    else:
        return OffsetMap.shifted(first, at - first)
    starts: list[int] = []
    ends: list[int] = []
    for text, start, end in pieces:
        if len(text) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(text))
            ends.extend([end] * len(text))
    return OffsetMap(tuple(starts), tuple(ends))


def build(
    source: str, format: Format, drafts: Sequence[Draft], marks: Iterable[Mark], titles: Sequence[str]
) -> Document:
    """Return the document: drafts become blocks, what no draft covers becomes markup blocks."""
    known = Titles(titles)
    found = sorted(marks, key=_order)
    blocks: list[Block] = []
    parts: list[Part] = []
    seen: list[Mark] = []
    at = 0
    for draft in drafts:
        _gap(source, at, draft.span.start, blocks)
        block = _block(draft, known, found, seen)
        blocks.append(block)
        at = draft.span.end
    _gap(source, at, len(source), blocks)
    _cover(source, drafts, parts)
    all_marks = tuple(sorted([*found, *seen], key=_order)) if seen else tuple(found)
    return Document(source, format, tuple(blocks), all_marks, tuple(parts))


def _order(mark: Mark) -> tuple[int, int]:
    return mark.span.start, -mark.span.end


def _block(draft: Draft, titles: Titles, marks: Sequence[Mark], seen: list[Mark]) -> Block:
    kind, span, pieces, level = draft
    if not pieces:
        return Block(kind, span, "", NOTHING, (), level)
    text = "".join([p.text for p in pieces])
    offsets = offsets_of(pieces)
    if kind not in (BlockKind.CODE, BlockKind.TABLE):
        kept = text.strip()
        if len(kept) != len(text):
            lead = len(text) - len(text.lstrip())
            text, offsets = kept, offsets.part(lead, lead + len(kept))
    sentences: tuple[Sentence, ...] = ()
    if kind in PROSE and text:
        cuts = [(0, len(text))] if kind is BlockKind.HEADING else boundaries(text, titles)
        inside = _within(marks, span) if marks else ()
        sentences = tuple(_sentence(text, offsets, a, b, inside) for a, b in cuts)
        seen.extend(_visible_marks(text, offsets, inside))
        if kind is BlockKind.QUOTE:
            seen.append(Mark(MarkKind.QUOTATION, span, offsets.span(0, len(text))))
    return Block(kind, span, text, offsets, sentences, level)


def _visible_marks(text: str, offsets: OffsetMap, inside: Sequence[Mark]) -> Iterable[Mark]:
    for a, b in quotations(text):
        yield Mark(MarkKind.QUOTATION, offsets.span(a, b), offsets.span(a + 1, b - 1))
    linked = [m.span for m in inside if m.kind in (MarkKind.LINK, MarkKind.CODE)]
    for a, b in bare_links(text):
        span = offsets.span(a, b)
        if not any(other.overlaps(span) for other in linked):
            yield Mark(MarkKind.LINK, span, span, text[a:b])


def _within(marks: Sequence[Mark], span: Span) -> Sequence[Mark]:
    """Return the marks that start inside `span`; `marks` are in order."""
    low = bisect_right(marks, (span.start, float("-inf")), key=_order)
    high = bisect_right(marks, (span.end, float("-inf")), key=_order)
    return marks[low:high]


def _sentence(text: str, offsets: OffsetMap, a: int, b: int, marks: Sequence[Mark]) -> Sentence:
    kept = offsets if (a, b) == (0, len(text)) else offsets.part(a, b)
    words = text[a:b]
    span = offsets.span(a, b)
    return Sentence(_balanced(span, marks) if marks else span, words, kept, tokenize(words, kept))


def _balanced(span: Span, marks: Sequence[Mark]) -> Span:
    """Widen `span` by the markers that open at its first or close at its last character, where
    the whole mark belongs to it: `**A sentence.**` with its stars.
    """
    start, end = span
    for mark in reversed(marks):  # inner marks first
        if mark.content is None or mark.kind not in _WRAPPERS:
            continue
        inner, outer = mark.content, mark.span
        opens = inner.start == start and inner.end <= end
        closes = inner.end == end and inner.start >= start
        if (opens or closes) and inner.start < inner.end:
            start, end = min(start, outer.start), max(end, outer.end)
    return Span(start, end)


def _gap(source: str, start: int, end: int, blocks: list[Block]) -> None:
    """Append a markup block for the source between two drafts, unless it is white space."""
    if start < end and (inside := source[start:end].strip()):
        begin = start + len(_space_at(source, start, end))
        blocks.append(Block(BlockKind.MARKUP, Span(begin, begin + len(inside)), "", NOTHING, ()))


def _space_at(source: str, start: int, end: int) -> str:
    m = _SPACES.match(source, start, end)
    return m.group() if m else ""


def _cover(source: str, drafts: Sequence[Draft], parts: list[Part]) -> None:
    """Append the parts that cover `source`: visible stretches, and what lies between them."""
    at = 0
    for start, end in _stretches(source, drafts):
        if at < start:
            _between(source, at, start, parts)
        parts.append(Part(PartKind.TEXT, Span(start, end)))
        at = end
    if at < len(source):
        _between(source, at, len(source), parts)


def _stretches(source: str, drafts: Sequence[Draft]) -> Iterable[tuple[int, int]]:
    """Yield the joined source spans of pieces; a space that stands for markup (`<br>`) is none."""
    start = end = -1
    for draft in drafts:
        for text, a, b in draft.pieces:
            if a == b or (text.isspace() and not source[a:b].isspace()):
                continue
            if a == end:
                end = b
                continue
            if start >= 0:
                yield start, end
            start, end = a, b
    if start >= 0:
        yield start, end


def _between(source: str, start: int, end: int, parts: list[Part]) -> None:
    lead = len(_space_at(source, start, end))
    if lead == end - start:
        parts.append(Part(PartKind.SPACE, Span(start, end)))
        return
    tail = start + len(source[start:end].rstrip())
    if lead:
        parts.append(Part(PartKind.SPACE, Span(start, start + lead)))
    parts.append(Part(PartKind.MARKUP, Span(start + lead, tail)))
    if tail < end:
        parts.append(Part(PartKind.SPACE, Span(tail, end)))
