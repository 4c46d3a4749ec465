"""Words of a sentence as the claim kinds read them: possessives and hyphens apart, offsets visible."""

from __future__ import annotations

import re
from typing import NamedTuple

from service.document import fold

WORD = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*(?=['’]s\b)|[^\W_]+(?:['’][^\W_]+)*|['’]s\b|[^\w\s]|_"
)
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})


class Word(NamedTuple):
    """One word, number, `'s` or mark: visible `start`, `end`, its `fold`, and whether white space
    stands before it.
    """

    text: str
    fold: str
    start: int
    end: int
    gap: bool

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Tell whether it is a word or a number, not a mark or `'s`."""
        return self.text[0].isalnum()


def words_of(text: str) -> list[Word]:
    """Return the words of `text`.

    >>> [w.fold for w in words_of("Bong Joon-ho’s 1.5 hours, isn't it?")]
    ['bong', 'joon', '-', 'ho', "'s", '1.5', 'hours', ',', "isn't", 'it', '?']
    """
    out, at = [], 0
    for m in WORD.finditer(text):
        t = m.group()
        out.append(Word(t, fold(t).translate(QUOTES), m.start(), m.end(), m.start() > at))
        at = m.end()
    return out
