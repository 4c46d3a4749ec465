"""The one door: `parse` turns a source into a Document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sentencex import segment

from service.document.fold import fold
from service.document.model import (
    Block,
    BlockKind,
    Document,
    Format,
    OffsetMap,
    Sentence,
    Span,
    Token,
    TokenKind,
)

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]|_")


def tokenize(text: str, base: int) -> tuple[Token, ...]:
    """Return the tokens of `text`, which stands in the source from `base` on."""
    out = []
    for m in WORD.finditer(text):
        t = m.group()
        kind = (
            TokenKind.NUMBER
            if t[0].isdigit()
            else TokenKind.WORD
            if t[0].isalpha()
            else TokenKind.PUNCTUATION
        )
        out.append(Token(Span(base + m.start(), base + m.end()), t, fold(t), kind))
    return tuple(out)


def parse(source: str, format: Format = Format.TEXT, *, titles: Sequence[str] = ()) -> Document:
    """Return the parse of `source`; a title in `titles` is never split into sentences."""
    blocks = []
    for m in re.finditer(r"[^\n]+", source):
        if not m.group().strip():
            continue
        base, at, sentences = m.start(), 0, []
        for piece in segment("en", m.group()):
            piece = piece.strip()
            if not piece:
                continue
            i = m.group().index(piece, at)
            at = i + len(piece)
            sentences.append(
                Sentence(
                    Span(base + i, base + at),
                    piece,
                    OffsetMap.shifted(base + i, len(piece)),
                    tokenize(piece, base + i),
                )
            )
        short = len(m.group().split()) <= 12 and m.group().rstrip()[-1] not in ".!?\"”'"
        kind = BlockKind.HEADING if short else BlockKind.PARAGRAPH
        blocks.append(
            Block(
                kind,
                Span(*m.span()),
                m.group(),
                OffsetMap.shifted(base, len(m.group())),
                tuple(sentences),
                2 if short else 0,
            )
        )
    return Document(source, format, tuple(blocks))
