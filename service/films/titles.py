"""The exact key of a title: what two spellings of one title have in common."""

from __future__ import annotations

import re

from service.document import fold

ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "el", "il", "lo", "gli", "der", "das"})
# `die`, `los`, `las` are left out: they open English titles and place names more often.
TRAILING = re.compile(r"^(.+),\s*(the|an?|le|la|les|l'|el|il|lo|gli|der|das)$")
NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
ELISION = re.compile(r"^l'(?=\w)")
INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
WORD = re.compile(r"[^\W_]+")
LONGEST = 200  # characters of a key that count; longer titles differ before that


def title_key(title: str) -> str:
    """Return the exact key of `title`; empty only where the title is blank.

    >>> title_key("The Matrix") == title_key("matrix, the") == title_key("MATRIX")
    True
    >>> title_key("Amélie"), title_key("Mr. & Mrs. Smith"), title_key("Rocky II"), title_key("The A")
    ('amelie', 'mrandmrssmith', 'rocky2', 'a')
    >>> title_key("L'Avventura"), title_key("L.A. Confidential") == title_key("LA Confidential")
    ('avventura', True)
    """
    return "".join(key_words(title))[:LONGEST]


def key_words(title: str) -> list[str]:
    """Return the words that the exact key of `title` is made of; none only where the title is blank.

    >>> key_words("The Lord of the Rings")
    ['lord', 'of', 'the', 'rings']
    """
    folded = title.lower() if title.isascii() else fold(title)
    words = folded.split() if folded.replace(" ", "").isalnum() else _words(folded)
    if len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    if not NUMERALS.keys().isdisjoint(words):
        words = [NUMERALS.get(w, w) for w in words]
    return words or folded.split() or title.split()


def _words(folded: str) -> list[str]:
    """Return the words of a title that has more than letters, digits and spaces in it."""
    if "&" in folded:
        folded = folded.replace("&", " and ")
    if "," in folded and (turned := TRAILING.match(folded)):
        folded = turned[1]
    if folded[1:2] == "'":
        folded = ELISION.sub("", folded)
    return WORD.findall(INITIALS.sub(r"\1", folded) if "." in folded else folded)
