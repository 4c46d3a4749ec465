"""Tokens: words, numbers and marks, each with its span in the source.

The rules, decided once for everybody:

- A word keeps its inner apostrophes, hyphens and middle dots: `film's` is one token whose fold is
  `film's` (a possessive is not cut off), `Spider-Man`, `Yong-gu`, `WALL·E`, `Se7en`, `T-1000`.
- An apostrophe at an edge is a mark of its own: `James'` is `James` and `'`.
- A dotted acronym is one word with its dots: `E.T.`, `U.S.`, `a.m.`; an initial (`J.`) is two tokens.
- A number keeps its separators and the letters that touch it: `1,234.5`, `12:30`, `1990s`, `21st`,
  `4K`, `2.5m`; a hyphen or slash ends it: `126-minute` is `126`, `-`, `minute`; `3.5/5` is three.
- A Han character is a word; runs of kana are words; other scripts are words as they are spaced.
- Any other character that is seen is a mark; what one sees as one picture (an emoji joined by
  zero-width joiners) is one mark. Zero-width characters between words belong to no token.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from service.document.fold import fold as _fold
from service.document.model import OffsetMap, Span, Token, TokenKind

_LATIN = re.compile(
    r"([A-Za-z]{2,}+(?=[ .,])"  # most words, told at once; the rest says the rules
    r"|[^\W\d_](?:(?:\.[^\W\d_])+\.(?![^\W_])|[^\W_]*(?:['’·\-‐‑][^\W_]+)*)"
    r"|\d+(?:[.,:]\d+)*(?:['’]s\b|[^\W\d_]+)?"
    r"|[^\s\x00-\x1f\x7f-\x9f])"
)
# Anything that the pattern above would read wrongly: combining marks, other scripts, format characters.
_FOREIGN = re.compile("[^\x00-\x7f\xa0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2122]")
_MARKS = r"\p{M}\u00ad\u200c-\u200f\u2060-\u2064\ufeff"
_LETTER = r"[[\p{L}\p{Nl}\p{No}]--[\p{Han}\p{Hiragana}\p{Katakana}]]"
_INNER = rf"[[\p{{L}}\p{{N}}{_MARKS}]--[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}]]"
_ANY = regex.compile(
    rf"(\p{{Han}}[\p{{M}}]*|[\p{{Hiragana}}ー]+|[\p{{Katakana}}ー]+"
    rf"|(?:\p{{L}}\.){{2,}}(?![\p{{L}}\p{{N}}])"
    rf"|{_LETTER}{_INNER}*(?:['’ʼ＇·\-‐‑](?=[\p{{L}}\p{{N}}]){_INNER}+)*"
    rf"|\p{{Nd}}+(?:[.,:٫٬]\p{{Nd}}+)*(?:['’]s\b|(?=\p{{L}}|\p{{No}}){_INNER}+)?"
    rf"|(?![\s\p{{C}}])\X|[\p{{Co}}\p{{Cn}}])",
    regex.V1,
)


@lru_cache(maxsize=65536)
def _shape(text: str) -> tuple[str, TokenKind]:
    """Return the fold and the kind of a token."""
    first = text[0]
    if first.isalpha():
        return _fold(text), TokenKind.WORD
    return _fold(text), TokenKind.NUMBER if first.isnumeric() else TokenKind.PUNCTUATION


def tokenize(text: str, offsets: OffsetMap) -> tuple[Token, ...]:
    """Return the tokens of visible `text`, their spans in the source as `offsets` maps them."""
    latin = text.isascii() or not _FOREIGN.search(text)
    pieces = (_LATIN if latin else _ANY).split(text)  # gap, token, gap, …, token, gap
    starts, ends = offsets.starts, offsets.ends
    straight = isinstance(starts, range)
    out: list[Token] = []
    append, new, shape = out.append, tuple.__new__, _shape  # a named tuple's constructor costs twice as much
    end = starts.start if isinstance(starts, range) else 0
    for gap, word in zip(pieces[::2], pieces[1::2], strict=False):
        at = end + len(gap)
        end = at + len(word)
        span = (at, end) if straight else (starts[at], ends[end - 1])
        folded, kind = shape(word)
        append(new(Token, (new(Span, span), word, folded, kind)))
    return tuple(out)
