"""Part-of-speech tags for the words of a note, from HanTa's English model (the BNC's C5 tags).

The tagger reads running prose well and notes fairly; what is known beforehand corrects it: names
of the film's record are names, and a note in capitals is read in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?:[A-Za-z]\.){2,}                                  # U.S., E.T.
  | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|%)?               # 90, 3.5/5, 1980s
  | (?:(?!n['’]t\b)\w)+(?=n['’]t\b)                     # does|n't
  | n['’]t\b
  | ['’](?:s|d|m|ll|re|ve)\b
  | \w+(?:[-‐‑]\w+)*
  | (?:['’]\d0s)
  | …|\.\.\.|[^\w\s]
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    """A word or mark of a note: `text` as it stands, its C5 `tag`, its `lemma` in lower case and
    the offset `start` at which it stands.
    """

    text: str
    tag: str
    lemma: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset after the word."""
        return self.start + len(self.text)

    @property
    def low(self) -> str:
        """Return the word in lower case with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Tell whether this is a word or number and no mark."""
        return self.text[0].isalnum() or self.text[0] in "'’" and len(self.text) > 1

    def among(self, *tags: str) -> bool:
        """Tell whether the tag begins with one of `tags`."""
        return self.tag.startswith(tags)


@lru_cache(maxsize=1)
def _tagger() -> Callable[[Sequence[str]], list[tuple[str, str, str]]]:
    """Return HanTa's sentence tagger, loaded once (about 0.1 s)."""
    from HanTa import HanoverTagger  # noqa: PLC0415 - the model is read only where notes are

    tag: Callable[[Sequence[str]], list[tuple[str, str, str]]]
    tag = HanoverTagger.HanoverTagger("morphmodel_en.pgz").tag_sent
    return tag


def tokens(text: str) -> list[tuple[str, int]]:
    """Return the words and marks of `text` with their offsets; contractions are split.

    >>> [t for t, _ in tokens("It doesn't work, does it?")]
    ['It', 'does', "n't", 'work', ',', 'does', 'it', '?']
    """
    return [(m.group(), m.start()) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=4096)
def tag(text: str, names: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """Return the tagged words of `text`; words among `names` (as written) are proper nouns.

    >>> [w.tag for w in tag("The score is sentimental")]
    ['AT0', 'NN1', 'VBZ', 'AJ0']
    """
    found = tokens(text)
    if not found:
        return ()
    plain = [_straight(t) for t, _ in found]
    tagged = _tagger()(plain)
    words = (
        Word(t, _tag_of(t, kind, names), lemma.lower(), at)
        for (t, at), (_, lemma, kind) in zip(found, tagged, strict=True)
    )
    return tuple(words)


def _straight(token: str) -> str:
    return {"’s": "'s", "n’t": "n't"}.get(token, token.replace("’", "'"))


_FIXED = {
    "i": "PNP", "it": "PNP", "is": "VBZ", "was": "VBD", "are": "VBB", "were": "VBD", "n't": "XX0",
    "not": "XX0", "can": "VM0", "ca": "VM0", "wo": "VM0", "too": "AV0", "also": "AV0", "very": "AV0",
}  # fmt: skip


def _tag_of(text: str, guess: str, names: frozenset[str]) -> str:
    if text in names:
        return "NP0"
    low = text.lower()
    if low in _FIXED:
        return _FIXED[low]
    if not text[0].isalnum() and len(text) == 1 or text in {"…", "..."}:
        return "PUN"
    if text[0].isdigit() and text[-1].isdigit():
        return "CRD"
    return guess
