"""The words of a text as the ledger reads them: folded, stemmed, with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from service.document import fold
from service.gates.ledger.words import is_function, stem

WORD = re.compile(r"\d+(?:[.,]\d+)*(?:[^\W\d_]+)?|[^\W_]+(?:['’\-‑][^\W_]+)*")


class Word(NamedTuple):
    """A word of the visible text with its folded form and stem."""

    start: int
    end: int
    text: str
    fold: str
    stem: str


@lru_cache(maxsize=2048)
def split_words(text: str) -> tuple[Word, ...]:
    """Return the words and numbers of `text`."""
    found = []
    for m in WORD.finditer(text):
        folded = fold(m.group()).replace("‑", "-")
        found.append(Word(m.start(), m.end(), m.group(), folded, stem(folded)))
    return tuple(found)


def content_stems(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the stems of the words that are no mere grammar."""
    return tuple(w.stem for w in words if not is_function(w.fold))
