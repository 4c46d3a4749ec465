"""Markdown inside a block: what is visible and what is markup, by CommonMark's rules.

`markdown-it-py` says which lines belong to a block but not where inline things stand, so this
scanner reads them itself. It jumps from one special character to the next and looks at each a
bounded number of times.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import ClassVar, NamedTuple

from markdown_it.common.utils import normalizeReference

from service.document.emphasis import Run, pairs, run_at
from service.document.model import Mark, MarkKind, Span
from service.document.shortcodes import shortcode_marks, shortcodes
from service.document.tags import ENTITY, TagPairs, TagReader, decoded
from service.document.visible import Piece

_SPECIAL = re.compile(r"[\\`*_~!\[\]<&\n]")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9+.\-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~\-]{1,200}+@[\w\-]+(?:\.[\w\-]+)*)>"
)
_TARGET = re.compile(
    r"\([ \t\n]*(?:<([^<>\n]*+)>|((?:[^\s()\\\x00-\x1f]|\\.|\((?:[^\s()\\]|\\.){0,500}+\)){0,2000}+))?"
    r"(?:[ \t\n]+(?:\"(?:[^\"\\]|\\.){0,1000}+\"|'(?:[^'\\]|\\.){0,1000}+'|\((?:[^()\\]|\\.){0,1000}+\)))?"
    r"[ \t\n]*\)",
    re.DOTALL,
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
_DEEPEST = 500  # brackets open at once; more are no links
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_ESCAPED = re.compile(rf"\\([{re.escape(string.punctuation)}])")


class Line(NamedTuple):
    """A line of inline content, `source[start:end]`, without markers, indent and trailing space."""

    start: int
    end: int


class Definitions(NamedTuple):
    """What the document defines: targets of references by their label, and footnote labels."""

    targets: Mapping[str, str]
    footnotes: Collection[str]


class Inline(NamedTuple):
    """The visible pieces of a block's content, and its marks."""

    pieces: list[Piece]
    marks: list[Mark]


def scan(source: str, lines: Sequence[Line], definitions: Definitions) -> Inline:
    """Return what is visible in `lines`, which hold one block's content in order."""
    content = source[lines[0].start : lines[0].end]
    if len(lines) == 1 and not _SPECIAL.search(content):
        return Inline([Piece(content, *lines[0])] if content else [], [])
    text = "\n".join([source[a:b] for a, b in lines])
    scanner = _Scanner(text, definitions)
    scanner.run()
    return _Mapped(source, text, lines).inline(scanner)


class _Bracket(NamedTuple):
    start: int  # where `[` or `![` stands
    image: bool
    runs: int  # how many delimiter runs came before it


class _Scanner:
    """One reading of one block's content; gathers replaced ranges and marks in its offsets."""

    def __init__(self, text: str, definitions: Definitions) -> None:
        self.text = text
        self.definitions = definitions
        self.shown: list[tuple[int, int, str]] = []  # [start, end) is shown as the string
        self.marks: list[Mark] = []
        self.runs: list[Run] = []
        self.brackets: list[_Bracket] = []
        self.spent = 0  # how many of them opened before a link closed: a link holds no link
        self.tags = TagPairs()
        self.reader = TagReader(text, len(text))
        self.ticks: dict[int, list[int]] | None = None

    def run(self) -> None:
        """Read the whole content."""
        text = self.text
        codes = shortcodes(text)
        self.marks.extend(shortcode_marks(codes))
        self.shown.extend((c.span.start, c.span.end, self._joint(c.span)) for c in codes)
        skips = {c.span.start: c.span.end for c in codes}
        at = 0
        while m := _SPECIAL.search(text, at):
            at = m.start()
            at = skips[at] if at in skips else self._special(at)
        self._pair(0)
        self.tags.end_block(len(text))
        self.marks.extend(self.tags.marks)

    def _joint(self, span: Span) -> str:
        """Return the space that keeps apart two words with only a shortcode between them."""
        before, after = self.text[max(0, span.start - 1) : span.start], self.text[span.end : span.end + 1]
        return " " if before.isalnum() and after.isalnum() else ""

    def _special(self, at: int) -> int:
        """Take the special character at `at`; return where reading goes on."""
        return self._takers[self.text[at]](self, at)

    def _delimiters(self, at: int) -> int:
        char, end = self.text[at], at + 1
        while end < len(self.text) and self.text[end] == char:
            end += 1
        self.runs.append(run_at(self.text, at, end))
        return end

    def _escape(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following == "\n":
            self.shown.append((at, at + 1, ""))
            return self._line_end(at + 1, hard=True)
        if following and following in string.punctuation:
            self.shown.append((at, at + 1, ""))
            return at + 2
        return at + 1

    def _line_end(self, at: int, *, hard: bool = False) -> int:
        start = at
        while start and self.text[start - 1] in " \t":
            start -= 1
        m = _BREAK.match(self.text, at)
        end = m.end() if m else at + 1
        if at - start >= 2 and self.text[at - 2 : at] == "  ":
            hard = True
        self.shown.append((start, end, "\n" if hard else " "))
        return end

    def _code(self, at: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for m in _TICKS.finditer(self.text):
                self.ticks.setdefault(m.end() - m.start(), []).append(m.start())
        opening = _TICKS.match(self.text, at)
        end = opening.end() if opening else at + 1
        same = self.ticks.get(end - at, [])
        i = bisect_right(same, at)
        if i >= len(same):
            return end
        close = same[i]
        inside = self.text[end:close]
        pad = int(inside[:1] in " \n" and inside[-1:] in " \n" and bool(inside.strip()))
        self.shown += [(at, end + pad, ""), (close - pad, close + end - at, "")]
        self.shown.extend((i, i + 1, " ") for i in range(end + pad, close - pad) if self.text[i] == "\n")
        self.marks.append(Mark(MarkKind.CODE, Span(at, close + end - at), Span(end + pad, close - pad)))
        return close + end - at

    def _entity(self, at: int) -> int:
        m = ENTITY.match(self.text, at)
        if m and m.group().endswith(";") and (shown := decoded(m.group())) is not None:
            self.shown.append((at, m.end(), shown))
            return m.end()
        return at + 1

    def _angle(self, at: int) -> int:
        if m := _AUTOLINK.match(self.text, at):
            self.shown += [(at, at + 1, ""), (m.end() - 1, m.end(), "")]
            self.marks.append(Mark(MarkKind.LINK, Span(*m.span()), Span(at + 1, m.end() - 1), m[1]))
            return m.end()
        markup = self.reader.at(at)
        if markup is None:
            return at + 1
        span, tag, comment = markup
        if tag is not None and tag.name == "br":
            m = _BREAK.match(self.text, span.end)
            span = Span(span.start, m.end() if m else span.end)
        self.shown.append((*span, "\n" if tag is not None and tag.name == "br" else ""))
        if tag is not None:
            self.tags.take(tag)
        else:
            self.marks.append(Mark(MarkKind.COMMENT if comment is not None else MarkKind.TAG, span))
        return span.end

    def _image(self, at: int) -> int:
        return self._open(at, image=True) if self.text.startswith("[", at + 1) else at + 1

    def _open(self, at: int, *, image: bool = False) -> int:
        if not image and self.text.startswith("[^", at):
            m = _LABEL.match(self.text, at)
            if m and m[1][1:] in self.definitions.footnotes:
                self.shown.append((at, m.end(), ""))
                self.marks.append(Mark(MarkKind.FOOTNOTE, Span(*m.span()), None, m[1][1:]))
                return m.end()
        if len(self.brackets) < _DEEPEST:
            self.brackets.append(_Bracket(at, image, len(self.runs)))
        return at + 1 + image

    def _close(self, at: int) -> int:
        if not self.brackets:
            return at + 1
        bracket = self.brackets.pop()
        spent, self.spent = len(self.brackets) < self.spent, min(self.spent, len(self.brackets))
        inner = bracket.start + 1 + bracket.image
        found = None if spent and not bracket.image else self._target(inner, at)
        if found is None:
            return at + 1
        end, target = found
        if bracket.image:
            del self.runs[bracket.runs :]
            self.shown.append((bracket.start, end, ""))
            self.marks.append(Mark(MarkKind.IMAGE, Span(bracket.start, end), None, target))
            return end
        self._pair(bracket.runs)
        self.shown += [(bracket.start, inner, ""), (at, end, "")]
        self.marks.append(Mark(MarkKind.LINK, Span(bracket.start, end), Span(inner, at), target))
        self.spent = len(self.brackets)
        return end

    def _target(self, inner: int, at: int) -> tuple[int, str] | None:
        """Return the end and the address of the link or image whose text is `[inner, at)`."""
        m = _TARGET.match(self.text, at + 1)
        if m:
            return m.end(), _ESCAPED.sub(r"\1", m[1] if m[1] is not None else m[2] or "")
        targets = self.definitions.targets
        if not targets:
            return None
        m = _LABEL.match(self.text, at + 1)
        if m and m[1].strip():
            target = targets.get(normalizeReference(m[1]))
            return (m.end(), target) if target is not None else None
        if at - inner > 999:
            return None
        target = targets.get(normalizeReference(self.text[inner:at]))
        return None if target is None else (m.end() if m else at + 1, target)

    def _pair(self, first: int) -> None:
        """Pair the delimiter runs from `first` on, and forget them."""
        for kind, opening, closing, count in pairs(self.runs[first:]):
            self.shown += [(opening, opening + count, ""), (closing, closing + count, "")]
            self.marks.append(Mark(kind, Span(opening, closing + count), Span(opening + count, closing)))
        del self.runs[first:]

    _takers: ClassVar[Mapping[str, Callable[[_Scanner, int], int]]] = {
        **dict.fromkeys("*_~", _delimiters),
        "`": _code,
        "\n": _line_end,
        "[": _open,
        "!": _image,
        "]": _close,
        "<": _angle,
        "&": _entity,
        "\\": _escape,
    }


class _Mapped:
    """Leads from the content of a block back to the lines of the source."""

    def __init__(self, source: str, text: str, lines: Sequence[Line]) -> None:
        self.source, self.text, self.lines = source, text, lines
        self.starts: list[int] = []
        at = 0
        for start, end in lines:
            self.starts.append(at)
            at += end - start + 1

    def _start(self, offset: int) -> int:
        """Return where in the source the content character at `offset` stands."""
        i = bisect_right(self.starts, offset) - 1
        return self.lines[i].start + offset - self.starts[i]

    def _end(self, offset: int) -> int:
        """Return where in the source the content before `offset` ends."""
        return self._start(offset - 1) + 1 if offset else self.lines[0].start

    def _span(self, span: Span) -> Span:
        start = self._start(span.start)
        return Span(start, max(start, self._end(span.end)))

    def inline(self, scanner: _Scanner) -> Inline:
        """Return the scanner's results in the source's offsets."""
        pieces: list[Piece] = []
        at = 0
        for start, end, shown in sorted(scanner.shown, key=lambda s: (s[0], -s[1])):
            if start < at:
                continue
            if at < start:
                pieces.append(Piece(self.text[at:start], self._start(at), self._end(start)))
            if shown:
                pieces.append(Piece(shown, self._start(start), self._newline_end(end)))
            at = end
        if at < len(self.text):
            pieces.append(Piece(self.text[at:], self._start(at), self._end(len(self.text))))
        marks = [
            Mark(m.kind, self._span(m.span), None if m.content is None else self._span(m.content), m.target)
            for m in scanner.marks
        ]
        return Inline(pieces, marks)

    def _newline_end(self, offset: int) -> int:
        """Return the source end of a replaced range: after a line's end comes the next line's start."""
        if self.text[offset - 1 : offset] == "\n" and offset < len(self.text):
            return self._start(offset)
        return self._end(offset)
