"""One word again in one role, whatever stands beside it: no phrase word for word, but a reader hears it.

Seven roles: a stock attribute ("a heartwarming tale … this heartwarming film"), a stock noun with changing
attributes ("captivating storytelling … immersive storytelling"), any noun with an article and changing
adjectives ("a timeless classic … a global classic"), a noun that something is of ("the realm of cinema … the
world of cinema"), somebody's ("his daughter … his young daughter") or something's ("its themes … its themes",
"the film's themes"), and what a preposition governs ("for redemption"). How often a word must stand in one,
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
OWNERS = POSSESSIVES | {"its", "my", "our", "your"}
GENITIVE = frozenset({"'s", "’s", "s'", "s’"})
PREPOSITIONS = frozenset(
    {"in", "during", "through", "for", "from", "of", "with", "by", "to", "at", "on", "as", "into"}
)
OFTEN = 3  # places from which a word need not be as typical


class Bound(NamedTuple):
    """What a word must tell, and how many times as often it must be used in machine copy."""

    information: float
    typical: float = 0.0


class Role(NamedTuple):
    """A role: what is asked of a word that stands in it twice (None: that is too seldom), and OFTEN."""

    name: str
    twice: Bound | None
    often: Bound


ATTRIBUTE = Role("attribute", Bound(1.2, 4.0), Bound(0.8, 4.0))
MODIFIED = Role("modified", Bound(1.2, 4.0), Bound(1.2, 2.0))
HEAD = Role("head", None, Bound(0.8))
COMPLEMENT = Role("complement", Bound(0.8), Bound(0.8))
POSSESSED = Role("possessed", Bound(0.8, 2.0), Bound(0.8))
OWNED = Role("owned", Bound(0.4, 2.0), Bound(0.4, 2.0))
GOVERNED = Role("governed", Bound(0.8, 4.0), Bound(0.8, 2.0))
STOCK = 2.0  # the least that any role asks of a word which must be typical
LEAST, LEAST_ORDINARY = (
    0.4,
    0.8,
)  # the least information that any role asks for, of a stock word and any other


def repeated_roles(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the words that come again in one role, with the words of the role around them."""
    places: dict[tuple[Role, str, str], list[Place]] = {}
    words = analysis.words
    for i in analysis.again:
        word = words[i]
        stock = typical_stem(word.stem) >= STOCK
        if word.information >= (LEAST if stock else LEAST_ORDINARY):
            for role, with_, start, end in _roles(words, i, stock=stock):
                places.setdefault((role, with_, word.stem), []).append((start, end))
    for (role, _, stem), found in places.items():
        if len(found) > 1 and _tells(role, stem, len(found)) and _varies(words, role, found):
            yield Phrase.of(found, (stem,), Reading.ROLE)


def _tells(role: Role, stem: str, times: int) -> bool:
    bound = role.often if times >= OFTEN else role.twice
    if bound is None or information(stem) < bound.information:
        return False
    return not bound.typical or typical_stem(stem) >= bound.typical


def _varies(words: Sequence[Word], role: Role, found: Sequence[Place]) -> bool:
    """Tell whether a modified noun has changing attributes: with one and the same it is a phrase."""
    return role is not MODIFIED or len({words[start].stem for start, _ in found}) > 1


def _roles(words: Sequence[Word], i: int, *, stock: bool) -> Iterator[tuple[Role, str, int, int]]:
    """Yield the roles of the word at `i`: the role, the word that must be the same, and the place."""
    after = i + 1 < len(words) and _next_to(words, i + 1) and words[i + 1].content
    if after and stock:
        yield ATTRIBUTE, words[i].fold, i, i + 2
    if i < 2 or not _next_to(words, i):
        return
    before, earlier = words[i - 1], words[i - 2]
    whose = _whose(words, i) if not after else -1
    if whose >= 0:
        role = POSSESSED if words[whose].fold in POSSESSIVES else OWNED
        yield role, words[whose].fold, whose, i + 1
    if stock and not after and before.content:
        yield MODIFIED, "", i - 1, i + 1
    governs = _governs(words, i) if stock else -1
    if governs >= 0:
        yield GOVERNED, words[governs].fold, governs, i + 1
    if not _next_to(words, i - 1):
        return
    if before.fold == "of" and i > 2 and earlier.content and words[i - 3].fold == "the":
        yield COMPLEMENT, "", i - 3, i + 1
    elif not after and before.content and earlier.fold in ARTICLES:
        yield HEAD, "", i - 2, i + 1


def _whose(words: Sequence[Word], i: int) -> int:
    """Return the index of the word that says whose the noun at `i` is, one adjective between, or -1."""
    if _owns(words[i - 1]):
        return i - 1
    return i - 2 if words[i - 1].content and _next_to(words, i - 1) and _owns(words[i - 2]) else -1


def _owns(word: Word) -> bool:
    """Tell whether it is a possessive: "its", "film's", but not a name's."""
    return word.fold in OWNERS or (word.content and word.text[-2:] in GENITIVE)


def _governs(words: Sequence[Word], i: int) -> int:
    """Return the index of the preposition that governs the noun at `i`, two words between at most, or -1."""
    for k in range(i - 1, max(-1, i - 4), -1):
        if words[k].fold in PREPOSITIONS:
            return k
        if k == 0 or not _next_to(words, k):
            return -1
    return -1


def _next_to(words: Sequence[Word], i: int) -> bool:
    """Tell whether nothing parts the word at `i` from the one before it."""
    return words[i].clause == words[i - 1].clause and not words[i].comma and not words[i].number
