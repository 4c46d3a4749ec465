"""Plain text: paragraphs by line or by blank line, headings, bullets, shortcodes.

Copy is written in two ways and both are read: one line a paragraph, and lines wrapped at some
column with blank lines between paragraphs. A line break counts as a wrap if the next line's first
word would not have fitted on the line before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.document.model import BlockKind, Document, Format, Span
from service.document.shortcodes import shortcode_marks, shortcodes
from service.document.visible import Draft, Piece, build

_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪●·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][)])\s+(?=\S)")
_RULE = re.compile(r"\s*(?:[-*_=~•#]\s*){3,}$")
_SENTENCE_END = ".!?…:;,\"”'’»)。！？"
_NARROWEST, _WIDEST = 40, 120  # columns at which people wrap text
_HEADING_WORDS = 12


class Line(NamedTuple):
    """A line of the source at `[start, end)`, without its break and outer white space."""

    start: int
    end: int
    text: str
    bullet: int = 0  # the length of its list marker, from `start`


def parse_text(source: str, titles: Sequence[str] = ()) -> Document:
    """Return the parse of plain text."""
    tags = shortcodes(source)
    drafts = [_draft(source, lines) for lines in _paragraphs(_groups(source))]
    if tags:
        drafts = _without(drafts, [t.span for t in tags])
    return build(source, Format.TEXT, _headings(drafts), list(shortcode_marks(tags)), titles)


def _lines(source: str) -> Iterator[Line]:
    text = source.removeprefix("\ufeff")
    at = len(source) - len(text)
    for line in text.splitlines(keepends=True):
        kept = line.strip()
        start = at + (len(line) - len(line.lstrip()) if kept else 0)
        marker = _BULLET.match(kept)
        yield Line(start, start + len(kept), kept, marker.end() if marker else 0)
        at += len(line)


def _groups(source: str) -> Iterator[list[Line]]:
    """Yield runs of lines without a blank line or a rule between them."""
    group: list[Line] = []
    for line in _lines(source):
        if line.text and not _RULE.match(line.text):
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _paragraphs(groups: Iterator[list[Line]]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    for group in groups:
        width = max(len(line.text) for line in group)
        lines = [group[0]]
        for before, line in pairwise(group):
            if not line.bullet and _wrapped(before, line, width, len(group)):
                lines.append(line)
            else:
                yield lines
                lines = [line]
        yield lines


def _wrapped(before: Line, line: Line, width: int, lines: int) -> bool:
    """Tell whether the break between two lines is a wrap, not a paragraph's end."""
    if not _NARROWEST <= width <= _WIDEST:
        return False
    word = len(line.text.split(None, 1)[0])
    if len(before.text) + 1 + word <= width:
        return False
    if lines > 2:
        return True
    # Two lines are little evidence: the first must break off in the middle of a sentence.
    return before.text[-1] not in '.!?…”"' or line.text[0].islower()


def _draft(source: str, lines: Sequence[Line]) -> Draft:
    first, last = lines[0], lines[-1]
    pieces: list[Piece] = []
    at = first.start + first.bullet
    for line, following in pairwise(lines):
        pieces.append(Piece(source[at : line.end], at, line.end))
        pieces.append(Piece(" ", line.end, following.start))
        at = following.start
    pieces.append(Piece(source[at : last.end], at, last.end))
    kind = BlockKind.LIST_ITEM if first.bullet else BlockKind.PARAGRAPH
    return Draft(kind, Span(first.start, last.end), pieces, 1 if first.bullet else 0)


def _without(drafts: Sequence[Draft], holes: Sequence[Span]) -> list[Draft]:
    """Return the drafts without the characters in `holes` (in order), which are markup."""
    starts = [h.start for h in holes]
    out: list[Draft] = []
    for draft in drafts:
        inside = holes[bisect_left(starts, draft.span.start) : bisect_left(starts, draft.span.end)]
        out.append(_with_holes(draft, inside) if inside else draft)
    return out


def _with_holes(draft: Draft, holes: Sequence[Span]) -> Draft:
    pieces: list[Piece] = []
    for text, start, end in draft.pieces:
        at = start
        for hole in holes:
            if at <= hole.start and hole.end <= end:
                pieces.append(Piece(text[at - start : hole.start - start], at, hole.start))
                pieces.append(Piece(" ", *hole))  # what stands on its two sides is no one word
                at = hole.end
        pieces.append(Piece(text[at - start :], at, end))
    if not "".join([p.text for p in pieces]).strip():
        return Draft(BlockKind.MARKUP, draft.span, ())
    return draft._replace(pieces=[p for p in pieces if p.text])


def _headings(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, short unpunctuated lines with prose under them made headings.

    Three or more such lines in a row are no headings but a list or a poem.
    """
    out: list[Draft] = list(drafts)
    run: list[int] = []
    first = True
    for i, draft in enumerate(drafts):
        if draft.kind is BlockKind.PARAGRAPH and _looks_like_heading(draft.pieces):
            run.append(i)
            continue
        if run and len(run) <= 2 and draft.kind is not BlockKind.MARKUP:
            for j in run:
                out[j] = drafts[j]._replace(kind=BlockKind.HEADING, level=1 if first and j == 0 else 2)
        first = False
        run = []
    return out


def _looks_like_heading(pieces: Sequence[Piece]) -> bool:
    if len(pieces) != 1:
        return False
    text = pieces[0].text
    words = text.split() if len(text) <= 120 else []
    if not words or len(words) > _HEADING_WORDS or not any(c.isalpha() for c in text):
        return False
    if text[0].islower():
        return False
    if text[-1] in _SENTENCE_END and text[-1] != ")":
        return text[-1] in "?!:" and len(words) > 1 and _is_title_case(words)
    return True


def _is_title_case(words: Sequence[str]) -> bool:
    """Tell whether every word of four letters and more is capitalised."""
    return all(not w[0].islower() for w in words if len(w) > 3)
