"""The word lists of this room, read once from `data/`."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from service.document import fold


def lines(name: str) -> list[str]:
    """Return the lines of `data/NAME` that are neither empty nor comments."""
    text = files("service.facts").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=16)
def word_set(name: str) -> frozenset[str]:
    """Return the words of `data/NAME`, folded."""
    return frozenset(fold(w) for line in lines(name) for w in line.split())


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return, for each country, its other names and its adjectives."""
    out = {}
    for line in lines("countries.tsv"):
        name, others, adjectives = [*line.split("\t"), "", ""][:3]
        out[name] = (
            tuple(o for o in others.split(";") if o),
            tuple(a for a in adjectives.split(";") if a),
        )
    return out


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Return the folded words of countries' names and adjectives, as they stand in running text."""
    out: set[str] = set()
    for name, (others, adjectives) in countries().items():
        for phrase in (name, *others, *adjectives):
            out.update(fold(phrase).replace(".", "").split())
    return frozenset(out - {"the", "and", "of", "new", "people's", "georgia", "chile"})


CONTRACTION = re.compile(
    r"[a-z]+n't|(?:i|you|he|she|it|we|they|who|what|that|there|here|how)'(?:ll|ve|re|d|m)"
)


@lru_cache(maxsize=4096)
def is_plain(fold: str) -> bool:
    """Tell whether a capital does not make the folded word a name: an ordinary word or a contraction.

    >>> is_plain("can't"), is_plain("they're"), is_plain("d'arcy")
    (True, True, False)
    """
    return fold in plain_words() or CONTRACTION.fullmatch(fold) is not None


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Return folded words that a capital does not make a name."""
    return word_set("plain_words.txt") | place_words()
