"""Words of a sentence as the claim kinds read them: possessives and hyphens apart, offsets visible."""

from __future__ import annotations

import re
from typing import NamedTuple

from service.document import fold

WORD = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]++(?:['’](?!s\b)[^\W\d_]++)*+(?=['’]s\b)|[^\W_]++(?:['’][^\W_]++)*+"
    r"|['’]s\b|[^\w\s]|_"
)
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})


class Word(NamedTuple):
    """One word, number, `'s` or mark: visible `start`, `end`, its `fold`, whether white space stands before
    it (`gap`), whether it begins with a `capital`, and whether it `is_word` or number, not a mark or `'s`.
    """

    text: str
    fold: str
    start: int
    end: int
    gap: bool
    capital: bool
    is_word: bool


def words_of(text: str) -> list[Word]:
    """Return the words of `text`.

    >>> [w.fold for w in words_of("Bong Joon-ho’s 1.5 hours, isn't it?")]
    ['bong', 'joon', '-', 'ho', "'s", '1.5', 'hours', ',', "isn't", 'it', '?']
    """
    out, at = [], 0
    lowered = text.lower() if text.isascii() else None
    for m in WORD.finditer(text):
        start, end = m.span()
        t = text[start:end]
        folded = lowered[start:end] if lowered is not None else _folded(t)
        first = t[0]
        out.append(Word(t, folded, start, end, start > at, first.isupper(), first.isalnum()))
        at = end
    return out


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else fold(word).translate(QUOTES)


def is_atom(word: Word) -> bool:
    """Tell whether a word counts where titles and names are compared: marks do not."""
    return word.is_word or word.fold in {"&", "'s"}


def atoms_in(text: str) -> tuple[str, ...]:
    """Return the folded words of `text` alone, `&` written out.

    >>> atoms_in("Jack & Jill’s No. 7")
    ('jack', 'and', 'jill', "'s", 'no', '7')
    """
    return tuple("and" if w.fold == "&" else w.fold for w in words_of(text) if is_atom(w))
