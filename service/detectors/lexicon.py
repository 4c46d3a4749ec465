"""What is known of single words: their stem, whether they are function words, how common they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from math import log10
from types import MappingProxyType

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=131072)
def stem(folded: str) -> str:
    """Return the stem (Porter 2) of a folded word; each part of a hyphenated one is stemmed."""
    if "-" in folded:
        return "-".join(map(stem, folded.split("-")))
    return str(_STEMMER.stemWord(folded))


@cache
def function_words() -> Mapping[str, str]:
    """Return the function words, folded, each with the form that its inflections share."""
    rows = (line.split() for line in _lines("function_words.txt"))
    return MappingProxyType({row[0]: row[-1] for row in rows})


@cache
def document_frequencies() -> tuple[int, Mapping[str, int]]:
    """Return the number of human reviews counted, and for each stem how many of them hold it."""
    rows = [line.split("\t") for line in _lines("background.tsv")]
    counts = {stem: int(count) for stem, count in rows}
    return counts.pop("*"), MappingProxyType(counts)


@lru_cache(maxsize=131072)
def information(stemmed: str) -> float:
    """Return how much a stem tells: -log10 of the share of human reviews that hold it, 0 to about 3.5."""
    total, counts = document_frequencies()
    return log10(total / (counts.get(stemmed, 0) + 0.5))


def _lines(name: str) -> list[str]:
    text = resources.files("service.detectors").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
