"""Quotations and quoted titles."""

from __future__ import annotations

import re

from service.document import fold
from service.gates.ledger.entry import Entry, EntryKind

QUOTED = re.compile(
    r"„([^„“”]{1,300})[“”]|[“\"]([^“”\"]{1,600})[”\"]|(?<![\w’'])‘([^‘’]{2,300})’(?!\w)|«([^«»]{1,300})»"
)
MARKS = re.compile(r"[^\w\s]+")
MINOR = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "with", "from", "by", "no"]
)


def find(text: str) -> list[Entry]:
    """Return the quoted stretches of a sentence: titles where every word that counts has a capital
    or a digit, quotations otherwise.
    """
    found = []
    for m in QUOTED.finditer(text):
        inner = next(g for g in m.groups() if g is not None)
        words = [w for w in MARKS.sub(" ", inner).split() if w]
        if not words:
            continue
        titled = len(words) <= 10 and all(
            w[0].isupper() or w[0].isdigit() or (i and w.lower() in MINOR) for i, w in enumerate(words)
        )
        key = " ".join(fold(inner if not titled else MARKS.sub(" ", inner)).split()).strip(" .,;!?")
        kind = EntryKind.TITLE if titled else EntryKind.QUOTATION
        found.append(Entry(kind, key, m.group(), m.start(), m.end()))
    return found
