"""The vocabulary that tells machine copy from human reviews, and how much of it a text uses.

The terms are data (`data/terms.tsv`), derived by `evals/derive/terms.py`: stock terms weigh above 0, plain
ones, which people use more, below 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from math import fsum, sqrt
from types import MappingProxyType

from service.detectors.analysis import UNMASKED, Analysis

WINDOW = 280
SHORTEST = 150  # words; a shorter window is judged as one of this length that goes on as people write
PEOPLE = -2.0  # likeness below which three in four windows of human reviews lie


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each term: a stem, or two adjacent stems parted by a space."""
    text = resources.files("service.detectors").joinpath("data", "terms.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row[0]: float(row[1]) for row in rows})


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with their weights, those of one stem, and those of two by the two."""

    weights: Mapping[str, float]
    single: frozenset[str]
    pairs: Mapping[tuple[str | None, str | None], str]


def terms_of(known: Mapping[str, float]) -> Terms:
    """Return the terms of `known`, a weight for each."""
    pairs: dict[tuple[str | None, str | None], str] = {}
    for term in known:
        one, _, other = term.partition(" ")
        if other:
            pairs[one, other] = term
    return Terms(known, frozenset(known), pairs)


@cache
def stock_terms() -> Terms:
    """Return the derived terms."""
    return terms_of(weights())


def likeness(analysis: Analysis, terms: Terms | None = None) -> tuple[float, tuple[str, ...]]:
    """Return the likeness to machine copy, the mean over windows of about WINDOW words, and the stock
    terms that speak for it, the weightiest first. Human reviews lie mostly below 0.

    In a window each term counts once; its sum is divided by the root of the window's length. `terms` are
    others than the derived ones, for measuring on texts that these were derived from.
    """
    terms = terms or stock_terms()
    known = terms.weights
    columns = analysis.columns
    masks, own = columns.masks, zip(columns.stems, columns.masks, columns.numbers, strict=True)
    stems = [s if mask == UNMASKED and not number else None for s, mask, number in own]
    scores: list[tuple[float, int]] = []
    stock: dict[str, float] = {}
    seen: set[str] = set()
    size = 0
    for sentence in analysis.sentences:
        _collect(stems[sentence.start : sentence.end], seen, terms)
        size += _size(masks[sentence.start : sentence.end])
        if size >= WINDOW:
            scores.append((_sum(seen, known, stock) / sqrt(size), size))
            seen, size = set(), 0
    if size and (size >= SHORTEST or not scores):
        missing = max(0, SHORTEST - size) / SHORTEST
        rest = PEOPLE * missing * sqrt(SHORTEST)
        scores.append(((_sum(seen, known, stock) + rest) / sqrt(max(SHORTEST, size)), size))
    total = sum(n for _, n in scores)
    mean = sum(s * n for s, n in scores) / total if total else PEOPLE
    return mean, tuple(sorted(stock, key=lambda t: (-stock[t], t)))


def _collect(stems: Sequence[str | None], seen: set[str], terms: Terms) -> None:
    """Add the terms of a sentence to `seen`; None stands for a name or number."""
    pairs = terms.pairs
    seen.update(terms.single.intersection(stems))
    seen.update([pairs[pair] for pair in pairwise(stems) if pair in pairs])


def _size(masks: Sequence[int]) -> int:
    """Return the length of a sentence, a title or name counting as one word."""
    plain = masks.count(UNMASKED)
    return plain + (len(set(masks) - {UNMASKED}) if plain < len(masks) else 0)


def _sum(terms: set[str], known: Mapping[str, float], stock: dict[str, float]) -> float:
    """Return the weight of the terms; put those above 0 into `stock`."""
    found = [(term, known[term]) for term in terms]
    stock.update([item for item in found if item[1] > 0])
    return fsum([weight for _, weight in found])
