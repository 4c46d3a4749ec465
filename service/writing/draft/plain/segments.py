"""The parts of a note between commas, semicolons and dashes, and where they are."""

from __future__ import annotations

import re

_BREAK = re.compile(r"(\s*[,;]\s+|\s+–\s+)")


def split(text: str) -> list[tuple[str, str]]:
    """Return the text's segments, each with the mark before it; brackets and quotes are not cut.

    >>> split("slow, demanding (very, very) – worth it")
    [('', 'slow'), (', ', 'demanding (very, very)'), (' – ', 'worth it')]
    """
    found: list[tuple[str, str]] = []
    mark, at = "", 0
    for match in _BREAK.finditer(text):
        if _inside(text, match.start()):
            continue
        found.append((mark, text[at : match.start()]))
        mark, at = match.group(), match.end()
    found.append((mark, text[at:]))
    return [(m, s) for m, s in found if s.strip()]


def _inside(text: str, at: int) -> bool:
    left = text[:at]
    quotes = left.count('"') + left.count("“") + left.count("”")
    return left.count("(") > left.count(")") or quotes % 2 == 1
