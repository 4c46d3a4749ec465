"""The measures of the literature, over sequences of words. Formulas and sources: docs/measures.md."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable, Sequence
from statistics import fmean

WINDOW = 120  # words: these measures fall with length, so that only equal windows compare
MTLD_THRESHOLD = 0.72
MTLD_SHORTEST = 50  # words under which the measure is not stable


def ngrams(words: Sequence[Hashable], n: int) -> list[tuple[Hashable, ...]]:
    """Return every run of `n` words, in order."""
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def distinct(words: Sequence[Hashable], n: int) -> float | None:
    """Return different n-grams / n-grams (Li et al. 2016); None where there is no n-gram.

    >>> distinct("a b a b".split(), 1)
    0.5
    """
    grams = ngrams(words, n)
    return len(set(grams)) / len(grams) if grams else None


def seq_rep(words: Sequence[Hashable], n: int) -> float | None:
    """Return the share of n-grams that repeat an earlier one, 1 - distinct (Welleck et al. 2020)."""
    share = distinct(words, n)
    return None if share is None else 1 - share


def compression_ratio(words: Sequence[str]) -> float | None:
    """Return size / size compressed by DEFLATE (Shaib et al. 2024): higher is more repetitive."""
    raw = " ".join(words).encode("utf-8", "surrogatepass")
    return len(raw) / len(zlib.compress(raw, 9)) if raw else None


def mtld(words: Sequence[Hashable]) -> float | None:
    """Return the mean length of the runs that keep a type-token ratio over 0.72, read in both directions
    (McCarthy & Jarvis 2010); None for fewer than 50 words.
    """
    if len(words) < MTLD_SHORTEST:
        return None
    return (_one_way(words) + _one_way(words[::-1])) / 2


def _one_way(words: Sequence[Hashable]) -> float:
    factors, tokens = 0.0, 0
    types: set[Hashable] = set()
    ratio = 1.0
    for word in words:
        tokens += 1
        types.add(word)
        ratio = len(types) / tokens
        if ratio <= MTLD_THRESHOLD:
            factors, tokens, types, ratio = factors + 1, 0, set(), 1.0
    factors += (1 - ratio) / (1 - MTLD_THRESHOLD) if tokens else 0
    return len(words) / factors if factors else float(len(words))


def lix(words: Sequence[str], sentences: int) -> float | None:
    """Return words a sentence + percentage of words over six letters (Björnsson 1968): 30 easy, 60 hard."""
    if not words or not sentences:
        return None
    return len(words) / sentences + 100 * sum(len(w) > 6 for w in words) / len(words)


def windowed(measure: Callable[[Sequence[str]], float | None], words: Sequence[str]) -> float | None:
    """Return the mean of a measure over the whole windows of WINDOW words; None for a shorter text."""
    starts = range(0, len(words) - WINDOW + 1, WINDOW)
    values = [v for i in starts if (v := measure(words[i : i + WINDOW])) is not None]
    return fmean(values) if values else None
