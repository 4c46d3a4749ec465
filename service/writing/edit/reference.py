"""Whether a sentence leans on the one before it."""

from __future__ import annotations

import re

from service.gates.ledger.tokens import split_words
from service.gates.ledger.words import is_function, words

POINTERS = frozenset(["this", "these", "that", "those", "such"])
PRONOUNS = frozenset(["it", "they", "he", "she", "his", "her", "their", "its", "him", "them"])
CONNECTIVES = re.compile(
    r"^(?:but|and|yet|so|however|moreover|furthermore|additionally|in addition|also|still|"
    r"nevertheless|nonetheless|"
    r"as a result|consequently|therefore|thus|hence|instead|meanwhile|similarly|likewise|conversely|then|"
    r"for example|"
    r"for instance|in contrast|by contrast|on the other hand|rather|here|there|another|other|both|"
    r"the (?:former|latter|result|answer|reason))\b",
    re.IGNORECASE,
)
INSIDE = re.compile(r"\bone such\b|\bsuch (?:a|an) \w+|\balso\b|\btoo\b", re.IGNORECASE)


def _points_at(following: str, dropped: str) -> bool:
    """Tell whether `following` begins with "the campaign" where `dropped` says which campaign."""
    opening = split_words(following)[:4]
    if not opening or opening[0].fold != "the":
        return False
    nouns = {w.stem for w in opening[1:] if w.fold not in words("works.txt")}
    return bool(nouns & {w.stem for w in split_words(dropped) if not is_function(w.fold)})


def depends_on(following: str, dropped: str) -> bool:
    """Tell whether `following` would dangle without `dropped` before it."""
    first = next((w.fold for w in split_words(following)), "")
    if not first:
        return False
    if first in POINTERS or CONNECTIVES.match(following) or INSIDE.search(following[:60]):
        return True
    if _points_at(following, dropped):
        return True
    if first in PRONOUNS:
        head = [w.fold for w in split_words(dropped)[:1]]
        return not head or head[0] not in PRONOUNS or (head[0] in {"it", "its"}) != (first in {"it", "its"})
    return False
