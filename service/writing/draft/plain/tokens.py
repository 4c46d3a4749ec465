"""The words and marks of a note, and where they stand."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    (?:[A-Za-z]\.){2,}                                  # U.S., E.T.
  | \b[A-Z]\.(?=\s[A-Z])                              # the initial of a name
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


def tokens(text: str) -> list[tuple[str, int]]:
    """Return the words and marks of `text` with their offsets; contractions are split.

    >>> [t for t, _ in tokens("It doesn't work, does it?")]
    ['It', 'does', "n't", 'work', ',', 'does', 'it', '?']
    """
    return [(m.group(), m.start()) for m in _TOKEN.finditer(text)]
