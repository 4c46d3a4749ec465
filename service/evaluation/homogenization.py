"""How alike the texts of a set are by the measures of the literature: self-BLEU and ROUGE-L homogenization.

Formulas and sources: docs/measures.md. Both are of word sequences as numbers, one for each different word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from service.evaluation.statistics import SEED

ORDERS = 4  # of n-grams in BLEU
SMOOTHING = 0.1  # added to an n-gram count of zero (Chen & Cherry 2014, method 1)
PARTNERS = 50  # other texts that a text is held against by ROUGE-L
FIRST_CHARACTER = 0x10000  # words become characters, from where no surrogates are

Words = NDArray[np.uint32]
Counts = NDArray[np.int64]
_MIX = np.uint64(0x9E3779B97F4A7C15)


def self_bleu(texts: Sequence[Words]) -> list[float | None]:
    """Return each text's BLEU-4 with all the others as references (Zhu et al. 2018), from 0 to 1.

    Exact, in time linear in the words. None for a text without words, or without another that has some.
    """
    lengths = np.array([len(t) for t in texts], dtype=np.int64)
    if (lengths > 0).sum() < 2:
        return [None] * len(texts)
    logs = np.zeros(len(texts))
    common = np.zeros(len(texts), dtype=np.int64)
    for n in range(1, ORDERS + 1):
        shared = _shared(texts, n)
        common = shared if n == 1 else common
        logs += np.log(np.where(shared > 0, shared, SMOOTHING) / np.maximum(1, lengths - n + 1)) / ORDERS
    values = np.where(common > 0, _brevity(lengths) * np.exp(logs), 0.0)
    return [float(v) if n else None for v, n in zip(values, lengths, strict=True)]


def _shared(texts: Sequence[Words], n: int) -> Counts:
    """Return for each text how many of its n-grams another text holds: each as often as the other that holds
    it most often.
    """
    grams = [_grams(t, n) for t in texts]
    owner = np.repeat(np.arange(len(texts)), [len(g) for g in grams])
    gram = np.concatenate(grams) if grams else np.empty(0, np.uint64)
    if not len(gram):
        return np.zeros(len(texts), dtype=np.int64)
    order = np.argsort(gram, kind="stable")  # keeps the texts in order within an n-gram
    gram, owner = gram[order], owner[order]
    starts = np.flatnonzero(np.r_[True, (gram[1:] != gram[:-1]) | (owner[1:] != owner[:-1])])
    count = np.diff(np.append(starts, len(gram)))
    return np.bincount(
        owner[starts], np.minimum(count, _elsewhere(gram[starts], count)), minlength=len(texts)
    ).astype(np.int64)


def _elsewhere(gram: NDArray[np.uint64], count: Counts) -> Counts:
    """Return for each place of an n-gram how often the other place that has it most often has it."""
    begins = np.r_[True, gram[1:] != gram[:-1]]
    first, group = np.flatnonzero(begins), np.cumsum(begins) - 1
    most = np.maximum.reduceat(count, first)[group]
    at_most = np.flatnonzero(count == most)
    holders = at_most[np.r_[True, group[at_most][1:] != group[at_most][:-1]]]  # the first of each n-gram
    rest = count.copy()
    rest[holders] = 0
    second = np.maximum.reduceat(rest, first)[group]
    out: Counts = most.copy()
    out[holders] = second[holders]
    return out


def _grams(words: Words, n: int) -> NDArray[np.uint64]:
    """Return a 64-bit hash of every run of `n` words."""
    size = len(words) - n + 1
    if size <= 0:
        return np.empty(0, np.uint64)
    value = np.zeros(size, np.uint64)
    for i in range(n):
        value = (value ^ words[i : i + size].astype(np.uint64)) * _MIX
        value ^= value >> np.uint64(29)
    return value


def _brevity(lengths: Counts) -> NDArray[np.float64]:
    """Return BLEU's penalty for a text shorter than the reference nearest in length (of two, the shorter)."""
    out = np.ones(len(lengths))
    order = np.sort(lengths)
    for i, length in enumerate(lengths):
        if length == 0:
            continue
        at = int(np.searchsorted(order, length))
        near = [int(order[k]) for k in (at - 1, at + 1) if 0 <= k < len(order)]
        nearest = min(near, key=lambda other: (abs(other - int(length)), other))
        out[i] = 1.0 if length > nearest else np.exp(1 - nearest / length)
    return out


def rouge_l(texts: Sequence[Words]) -> list[float | None]:
    """Return each text's mean ROUGE-L (F1, Lin 2004) with up to PARTNERS others of the set, from 0 to 1.

    In a larger set the partners are drawn, by a fixed seed, so that every text has as many. None for a text
    without words, or without a partner.
    """
    coded = _coded(texts)
    places = [i for i, text in enumerate(coded) if text]
    pairs = _pairs(len(places))
    sums, counts = np.zeros(len(texts)), np.zeros(len(texts), dtype=np.int64)
    if pairs:
        a = [places[i] for i, _ in pairs]
        b = [places[j] for _, j in pairs]
        # 1 - Indel distance / both lengths = 2 LCS / both lengths = the F1 of LCS over words
        found = cpdist(
            [coded[i] for i in a],
            [coded[j] for j in b],
            scorer=Indel.normalized_similarity,
            dtype=np.float64,
            workers=-1,
        )
        for ends in (a, b):
            np.add.at(sums, ends, found)
            np.add.at(counts, ends, 1)
    return [float(s / n) if n else None for s, n in zip(sums, counts, strict=True)]


def _coded(texts: Sequence[Words]) -> list[str]:
    """Return each text as a string of one character a word."""
    if not texts:
        return []
    _, numbers = np.unique(np.concatenate(texts), return_inverse=True)
    characters = (numbers + FIRST_CHARACTER).astype("<u4").tobytes().decode("utf-32-le")
    ends = np.cumsum([len(t) for t in texts]).tolist()
    return [characters[a:b] for a, b in pairwise([0, *ends])]


def _pairs(size: int) -> list[tuple[int, int]]:
    """Return pairs of places on a ring drawn by the seed: every one has PARTNERS of them, or all others."""
    ring = np.random.default_rng(SEED).permutation(size).tolist()
    steps = min(PARTNERS // 2, size // 2)
    out = []
    for step in range(1, steps + 1):
        turns = size // 2 if 2 * step == size else size  # opposite places meet once
        out += [(ring[i], ring[(i + step) % size]) for i in range(turns)]
    return out
