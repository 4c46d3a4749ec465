"""Which words of a sentence carry content, and whether a sentence is faithful to its note."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from service.document import fold
from service.document.stemming import snowball
from service.writing.draft.plain.lists import column, rows

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@lru_cache(maxsize=1)
def _long() -> dict[str, tuple[str, ...]]:
    return {short: tuple(re.findall(r"\w+", long)) for short, long in rows("shorthand.tsv")}


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("pasts.tsv")}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the stem of a folded word."""
    return snowball(word)


def content(text: str) -> Counter[str]:
    """Return the stems of the content words in `text`, counted; function words are left out, and a verb
    counts as the same in the present and in the past.
    """
    small = column("function.tsv")
    found = (fold(w).removesuffix("'s") for w in _WORD.findall(text))
    verbs = _verbs()
    return Counter(stem(verbs.get(w, w)) for w in found if w not in small)


def faithful(note: str, sentence: str) -> bool:
    """Tell whether the sentence has every content word of the note and none besides it."""
    kept, added = content(note), content(sentence)
    frames = {stem(w) for w in column("frames.tsv")}
    return not kept - added and all(w in frames for w in added - kept)
