"""One word again in one role, whatever stands beside it: no phrase word for word, but a reader hears it.

Five roles: a stock attribute ("a heartwarming tale … this heartwarming film"), a stock noun with changing
attributes ("captivating storytelling … immersive storytelling"), any noun with an article and changing
adjectives ("a timeless classic … a global classic"), a noun that something is of ("the realm of cinema … the
world of cinema"), and somebody's ("his daughter … his young daughter"). How often a word must stand in one,
what it must tell and how typical of machine copy it must be is set by how often people and machines reach it:
machine copy five to eighty times as often.
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
OFTEN = 3  # places from which a word need not be as typical


class Role(NamedTuple):
    """A role: in how many places a word must stand in it, what it must tell, and how many times as often it
    must be used in machine copy; the same where it stands OFTEN.
    """

    name: str
    fewest: int
    information: float
    typical: float = 0.0
    often: float = 0.0


ATTRIBUTE = Role("attribute", 2, 1.2, 4.0, 4.0)
MODIFIED = Role("modified", 2, 1.2, 4.0, 2.0)
HEAD = Role("head", 3, 0.8)
COMPLEMENT = Role("complement", 2, 0.8)
POSSESSED = Role("possessed", 3, 0.8)
LEAST = 0.8  # the least information that any role asks for


def repeated_roles(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the words that come again in one role, with the words of the role around them."""
    places: dict[tuple[Role, str, str], list[Place]] = {}
    words = analysis.words
    for i in analysis.again:
        if words[i].information >= LEAST:
            for role, with_, start, end in _roles(words, i):
                places.setdefault((role, with_, words[i].stem), []).append((start, end))
    for (role, _, stem), found in places.items():
        if len(found) >= role.fewest and _tells(role, stem, len(found)) and _varies(words, role, found):
            yield Phrase.of(found, (stem,), Reading.ROLE)


def _tells(role: Role, stem: str, times: int) -> bool:
    if information(stem) < role.information:
        return False
    least = role.often if times >= OFTEN else role.typical
    return not least or typical_stem(stem) >= least


def _varies(words: Sequence[Word], role: Role, found: Sequence[Place]) -> bool:
    """Tell whether a modified noun has changing attributes: with one and the same it is a phrase."""
    return role is not MODIFIED or len({words[start].stem for start, _ in found}) > 1


def _roles(words: Sequence[Word], i: int) -> Iterator[tuple[Role, str, int, int]]:
    """Yield the roles of the word at `i`: the role, the word that must be the same, and the place."""
    after = i + 1 < len(words) and _next_to(words, i + 1) and words[i + 1].content
    if after:
        yield ATTRIBUTE, words[i].fold, i, i + 2
    if i < 2 or not _next_to(words, i):
        return
    before, earlier = words[i - 1], words[i - 2]
    if not after and before.fold in POSSESSIVES:
        yield POSSESSED, before.fold, i - 1, i + 1
    if not after and before.content:
        yield MODIFIED, "", i - 1, i + 1
    if not _next_to(words, i - 1):
        return
    if before.fold == "of" and i > 2 and earlier.content and words[i - 3].fold == "the":
        yield COMPLEMENT, "", i - 3, i + 1
    elif not after and before.content and earlier.fold in ARTICLES:
        yield HEAD, "", i - 2, i + 1
    elif not after and before.content and earlier.fold in POSSESSIVES:
        yield POSSESSED, earlier.fold, i - 2, i + 1


def _next_to(words: Sequence[Word], i: int) -> bool:
    """Tell whether nothing parts the word at `i` from the one before it."""
    return words[i].clause == words[i - 1].clause and not words[i].comma and not words[i].number
