"""The ledger's word lists, read once from `data/`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from service.document import fold
from service.document.stemming import snowball

ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""),
    ("ly", ""), ("ier", "y"), ("iest", "y"), ("er", ""), ("est", ""),
)  # fmt: skip
SHORTEST = 3


def _lines(name: str) -> list[str]:
    text = (files("service.gates.ledger") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of the list `name`, white space between them."""
    return frozenset(w for line in _lines(name) for w in line.split())


@cache
def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of the list `name`, one a line, as tuples of words, the longest first."""
    return tuple(sorted((tuple(line.split()) for line in _lines(name)), key=len, reverse=True))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table `name`, each as its fields."""
    return tuple(tuple(line.split("\t")) for line in _lines(name))


@cache
def classes(name: str) -> dict[str, str]:
    """Return the second column of the table `name` by the first; empty where there is none."""
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows(name)}


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Return for each word those that cannot take its place, both ways."""
    found: dict[str, set[str]] = {}
    for word, others in rows("opposites.tsv"):
        for other in others.split():
            for a, b in ((word, other), (other, word)):
                against = {b, stem(b)} | _group(b)
                for one in {a, stem(a)} | _group(a):
                    found.setdefault(one, set()).update(against)
    return {w: frozenset(o) for w, o in found.items()}


def _group(word: str) -> frozenset[str]:
    """Return the stems that `same.txt` puts beside the word, those of verb and particle left out."""
    first = sames().get(stem(word)) if word in words("same.txt") else None
    return (
        frozenset(s for s, group in sames().items() if group == first and "+" not in s)
        if first
        else frozenset()
    )


@cache
def sames() -> dict[str, str]:
    """Return for the stem of each word of `same.txt`, or `stem+particle`, the first stem of its group."""
    groups = ([_same(w) for w in line.split()] for line in _lines("same.txt"))
    return {s: group[0] for group in groups for s in group}


def _same(said: str) -> str:
    """Return the key of a word or of `verb+particle`."""
    verb, joint, particle = said.partition("+")
    return f"{stem(verb)}{joint}{particle}"


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word, its possessive ending off; of `took`, that of `take`."""
    bare = word.removesuffix("'s").removesuffix("'")
    return snowball(classes("irregular.tsv").get(bare, bare))


@lru_cache(maxsize=65536)
def is_function(word: str) -> bool:
    """Tell whether a folded word is grammar only."""
    return word in words("function.txt")


@cache
def filler_stems() -> frozenset[str]:
    """Return the stems of words that assert nothing checkable: praise, and talk about any film."""
    listed = words("generic.txt") | words("talk.txt")
    return frozenset(stem(fold(w)) for w in listed)


@cache
def light_stems() -> frozenset[str]:
    """Return the stems of words that carry a statement and add little to it."""
    return frozenset(stem(w) for w in words("light.txt"))


@lru_cache(maxsize=65536)
def is_common(word: str) -> bool:
    """Tell whether people write the folded word in lower case, so that a capital at the start of
    a sentence makes no name of it.
    """
    bare = word.removesuffix("'s")
    return bare in words("common.txt") or is_function(word) or bare.isdigit()


def forms(word: str) -> Iterator[str]:
    """Yield the word as it stands and what it may be an inflected form of."""
    bare = word.removesuffix("'s").removesuffix("'")
    yield bare
    if bare in classes("irregular.tsv"):
        yield classes("irregular.tsv")[bare]
    for ending, instead in ENDINGS:
        base = bare.removesuffix(ending)
        if base != bare and len(base) >= SHORTEST:
            yield base + instead
            if base[-1] == base[-2]:
                yield base[:-1]
