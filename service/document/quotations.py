"""Visible text that must stay as it is: quotations and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_LONGEST = 1500  # a longer run between two marks is more likely two marks that are no pair
_PAIRS = re.compile(
    rf"“[^“”\n]{{1,{_LONGEST}}}+”"
    rf"|„[^„“”\n]{{1,{_LONGEST}}}+[“”]"
    rf"|«[^«»\n]{{1,{_LONGEST}}}+»"
    rf"|(?<![\w\"])\"(?=[^\s\"])[^\"\n]{{1,{_LONGEST}}}+(?<!\s)\"(?!\w)"
)
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]{1,2000}")
_TRAILING = ".,;:!?'’)]»”*_"


def quotations(text: str, words: int = 3) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of quotations of at least `words` words, with their quote marks."""
    if '"' not in text and "“" not in text and "«" not in text and "„" not in text:
        return
    for m in _PAIRS.finditer(text):
        inside = _WORD.finditer(text, m.start() + 1, m.end() - 1)
        if sum(1 for _ in islice(inside, words)) == words:
            yield m.span()


def bare_links(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of addresses written out, without the punctuation that follows them."""
    if "://" not in text and "www." not in text:
        return
    for m in _LINK.finditer(text):
        address = m.group().rstrip(_TRAILING)
        if "(" in address and text[m.start() + len(address) : m.end()].startswith(")"):
            address += ")"
        yield m.start(), m.start() + len(address)
