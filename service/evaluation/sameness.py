"""How much the texts of a set repeat one another: runs of four words that other texts hold too."""

from __future__ import annotations

import base64
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, lgamma, log
from zlib import crc32

from service.detectors import Analysis
from service.evaluation.literature import ngrams
from service.films import JSON

SIZE = 4
OTHERS = 50  # other texts that `echo` is stated for, however large the set
NAME = "\0"


def units(analysis: Analysis) -> list[list[str]]:
    """Return each sentence's folded words; a title or name, however many words it has, is one unit."""
    words = analysis.words
    return [
        [NAME if words[i].masked else words[i].fold for i in analysis.units(sentence.start, sentence.end)]
        for sentence in analysis.sentences
    ]


def hashes(sentences: Iterable[Sequence[str]]) -> list[int]:
    """Return a 32-bit hash of each run of SIZE words within a sentence, repeats included."""
    joined = (" ".join(map(str, g)) for s in sentences for g in ngrams(s, SIZE))
    return [crc32(run.encode("utf-8", "surrogatepass")) for run in joined]


def numbered(words: Iterable[str]) -> list[int]:
    """Return a 32-bit number for each word."""
    return [crc32(w.encode("utf-8", "surrogatepass")) for w in words]


def packed(values: Sequence[int]) -> str:
    """Return 32-bit numbers as base64, for an item's line."""
    return base64.b64encode(array("I", values).tobytes()).decode("ascii")


def unpacked(text: str) -> array[int]:
    """Return the numbers that `packed` wrote."""
    return array("I", base64.b64decode(text))


def across(items: Mapping[str, JSON]) -> dict[str, dict[str, float | None]]:
    """Return for each item of one set, given its packed hashes, what it shares with the others.

    `sameness`: the share of its runs that any other text holds, which grows with the set; `echo`: the share
    expected among OTHERS other texts drawn from the set (exact, hypergeometric), which does not, None for a
    smaller set; `self_repetition`: log(1 + number of other texts that hold each run, summed).
    """
    runs = {name: unpacked(str(value)) for name, value in items.items()}
    holding = Counter(run for values in runs.values() for run in set(values))
    chances = [_chance(k, len(runs) - 1) for k in range(len(runs))]
    return {name: _shared([holding[r] - 1 for r in values], chances) for name, values in runs.items()}


def _shared(others: Sequence[int], chances: Sequence[float]) -> dict[str, float | None]:
    if not others or len(chances) < 2:
        return {"sameness": None, "echo": None, "self_repetition": None}
    n = len(others)
    large = len(chances) > OTHERS
    return {
        "sameness": sum(k > 0 for k in others) / n,
        "echo": sum(chances[k] for k in others) / n if large else None,
        "self_repetition": log(1 + sum(others)),
    }


def _chance(holding: int, others: int) -> float:
    """Return how likely OTHERS of `others` texts, `holding` of which hold a run, include one that does."""
    if holding == 0 or others < OTHERS:
        return 0.0
    if others - holding < OTHERS:
        return 1.0
    return 1 - exp(_log_choose(others - holding) - _log_choose(others))


def _log_choose(n: int) -> float:
    return lgamma(n + 1) - lgamma(OTHERS + 1) - lgamma(n - OTHERS + 1)
