"""One word again in one role, whatever stands beside it: no phrase word for word, but a reader hears it.

Four roles, each with the places from which people seldom reach it (0.05 times in a thousand words of human
reviews, or less) and machine copy does 5 to 80 times as often: a stock attribute ("a heartwarming tale …
this heartwarming film"), a noun with an article and changing adjectives ("a timeless classic … a global
classic"), a noun that something is of ("the realm of cinema … the world of cinema"), and somebody's
("his daughter … his young daughter").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.detectors.analysis import Analysis, Word
from service.detectors.lexicon import information, typical_stem
from service.detectors.phrases import Phrase, Reading

Place = tuple[int, int]
ARTICLES = frozenset({"a", "an"})
POSSESSIVES = frozenset({"his", "her", "their"})
STOCK = 4.0  # times as often in machine copy: an attribute that is heard when it comes again
STOCK_INFORMATION = 1.2


class Role(NamedTuple):
    """A role: in how many places a word must stand in it, what it must tell, and how typical of machine
    copy it must be.
    """

    name: str
    fewest: int
    information: float
    typical: float = 0.0


ATTRIBUTE = Role("attribute", 2, STOCK_INFORMATION, STOCK)
HEAD = Role("head", 3, 0.8)
COMPLEMENT = Role("complement", 2, 0.8)
POSSESSED = Role("possessed", 3, 0.8)


def repeated_roles(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the words that come again in one role, with the words of the role around them."""
    places: dict[tuple[Role, str, str], list[Place]] = {}
    words = analysis.words
    for i in analysis.again:
        if words[i].information >= HEAD.information:
            for role, with_, start, end in _roles(words, i):
                places.setdefault((role, with_, words[i].stem), []).append((start, end))
    for (role, _, stem), found in places.items():
        if len(found) >= role.fewest and _tells(role, stem):
            yield Phrase.of(found, (stem,), Reading.ROLE)


def _tells(role: Role, stem: str) -> bool:
    if information(stem) < role.information:
        return False
    return not role.typical or typical_stem(stem) >= role.typical


def _roles(words: Sequence[Word], i: int) -> Iterator[tuple[Role, str, int, int]]:
    """Yield the roles of the word at `i`: the role, the word that must be the same, and the place."""
    after = i + 1 < len(words) and _next_to(words, i + 1) and words[i + 1].content
    if after:
        if words[i].information < ATTRIBUTE.information:
            return
        yield ATTRIBUTE, words[i].fold, i, i + 2
        return
    if i < 2 or not _next_to(words, i):
        return
    before, earlier = words[i - 1], words[i - 2]
    if before.fold in POSSESSIVES:
        yield POSSESSED, before.fold, i - 1, i + 1
    if not _next_to(words, i - 1):
        return
    if before.content and earlier.fold in ARTICLES:
        yield HEAD, "", i - 2, i + 1
    elif before.content and earlier.fold in POSSESSIVES:
        yield POSSESSED, earlier.fold, i - 2, i + 1
    elif before.fold == "of" and i > 2 and earlier.content and words[i - 3].fold == "the":
        yield COMPLEMENT, "", i - 3, i + 1


def _next_to(words: Sequence[Word], i: int) -> bool:
    """Tell whether nothing parts the word at `i` from the one before it."""
    return words[i].clause == words[i - 1].clause and not words[i].comma and not words[i].number
