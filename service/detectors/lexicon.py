"""What is known of single words: their stem, whether they are function words, how common they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from math import log10
from types import MappingProxyType
from typing import NamedTuple

from service.document.stemming import snowball


@lru_cache(maxsize=131072)
def stem(folded: str) -> str:
    """Return the stem (Porter 2) of a folded word; each part of a hyphenated one is stemmed."""
    if "-" in folded:
        return "-".join(map(stem, folded.split("-")))
    return snowball(folded)


@cache
def function_words() -> Mapping[str, str]:
    """Return the function words, folded, each with the form that its inflections share."""
    rows = (line.split() for line in data_lines("function_words.txt"))
    return MappingProxyType({row[0]: row[-1] for row in rows})


@cache
def markers() -> frozenset[str]:
    """Return the discourse markers ("in the end"), folded."""
    return frozenset(data_lines("markers.txt"))


class Counts(NamedTuple):
    """How many human reviews hold something, and how many texts by models and SEO writers."""

    human: int
    machine: int


@cache
def document_frequencies() -> Mapping[str, Counts]:
    """Return the counts of each stem; those of all texts stand under `*`."""
    return _counts("background.tsv")


@cache
def phrase_frequencies() -> Mapping[str, Counts]:
    """Return the counts of two stems that stand together, joined by a space."""
    return _counts("phrases.tsv")


def _counts(name: str) -> Mapping[str, Counts]:
    rows = (line.split("\t") for line in data_lines(name))
    return MappingProxyType({key: Counts(int(human), int(machine)) for key, human, machine in rows})


NEVER = Counts(0, 0)
TELLING = 0.45  # information below which a word ("film", "good", "end") says no more than a function word


@lru_cache(maxsize=131072)
def information(stemmed: str) -> float:
    """Return how much a stem tells: -log10 of the share of human reviews that hold it, 0 to about 3.5."""
    counts = document_frequencies()
    return log10(counts["*"].human / (counts.get(stemmed, NEVER).human + 0.5))


def phrase_information(stems: Sequence[str]) -> float:
    """Return how much a phrase tells: the sum over its stems (each 2.5 at most), and for two that people
    often write together ("special effects") no more than their rarity allows.
    """
    total = document_frequencies()["*"].human
    common = phrase_frequencies()
    out, before = 0.0, 0.0
    for i, stemmed in enumerate(stems):
        single = min(information(stemmed), 2.5)
        if i and (pair := common.get(f"{stems[i - 1]} {stemmed}", NEVER).human):
            single = min(single, max(0.0, log10(total / pair) - before))
        out, before = out + single, single
    return out


def frame_information(stemmed: str, governed: str) -> float:
    """Return how much a word tells together with what it governs: the rarity of the two, 2.5 at most."""
    together = phrase_frequencies().get(f"{stemmed} {governed}", NEVER).human
    return min(2.5, log10(document_frequencies()["*"].human / (together + 0.5)))


def typical(counts: Counts) -> float:
    """Return how many times as often models and SEO writers use it as people do (smoothed towards 1)."""
    every = document_frequencies()["*"]
    return ((counts.machine + 2) / every.machine) / ((counts.human + 2) / every.human)


@lru_cache(maxsize=131072)
def typical_stem(stemmed: str) -> float:
    """Return how many times as often models and SEO writers use the stem as people do."""
    return typical(document_frequencies().get(stemmed, NEVER))


def data_lines(name: str) -> list[str]:
    """Return the lines of a data file without comments and empty ones."""
    text = resources.files("service.detectors").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
