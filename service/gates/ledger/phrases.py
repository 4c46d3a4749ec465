"""Phrases of several words that negate, quantify or compare: the table `operators.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from service.gates.ledger.words import classes, rows

if TYPE_CHECKING:
    from service.gates.ledger.tokens import Word

NUMBER, ANY = "@", "~"
ARTICLES = frozenset({"a", "an", "half"})


class Phrase(NamedTuple):
    """Words that say what `kind` and `key` name; nothing at all where these are empty."""

    words: tuple[str, ...]
    kind: str
    key: str


class Match(NamedTuple):
    """A phrase at a place: the indices of the words that it takes, and how many it spans."""

    phrase: Phrase
    taken: frozenset[int]
    length: int


@cache
def _table() -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for row in rows("operators.tsv"):
        pattern, kind, key = (*row, "", "")[:3]
        for words in _written_out(pattern):
            found.setdefault(words[0], []).append(Phrase(words, kind, key))
    return {first: tuple(sorted(ps, key=lambda p: -len(p.words))) for first, ps in found.items()}


def _written_out(pattern: str) -> Iterator[tuple[str, ...]]:
    choices = [
        (*token.removesuffix("?").split("|"), *([""] if token.endswith("?") else []))
        for token in pattern.split()
    ]
    for words in product(*choices):
        yield tuple(w for w in words if w)


def is_number(words: Sequence[Word], i: int) -> bool:
    """Tell whether word `i` begins a number, as digits or written out: `400`, `forty`, `a million`."""
    word = words[i]
    if word.text[0].isdigit() or word.fold == "half" or word.fold.partition("-")[0] in classes("numbers.tsv"):
        return True
    following = words[i + 1].fold if i + 1 < len(words) else ""
    return word.fold in ARTICLES and (following in classes("numbers.tsv") or following in ARTICLES)


def match(words: Sequence[Word], i: int) -> Match | None:
    """Return the longest phrase that begins at word `i`."""
    table = _table()
    candidates = table.get(words[i].fold, ())
    if is_number(words, i):
        candidates = (*candidates, *table.get(NUMBER, ()))
    for phrase in candidates:
        size = len(phrase.words)
        if i + size <= len(words) and all(_fits(words, i + k, said) for k, said in enumerate(phrase.words)):
            taken = frozenset(i + k for k, said in enumerate(phrase.words) if said not in {NUMBER, ANY})
            return Match(phrase, taken, size)
    return None


def _fits(words: Sequence[Word], i: int, said: str) -> bool:
    return said == ANY or (is_number(words, i) if said == NUMBER else words[i].fold == said)
