"""How far the words of two sentences match, each with the nearest of the other, be it another word.

A word's vector is what the sentence encoder gives for it alone: "legacy" lies near "heritage", "heartwarming"
near "warm-hearted". What tells more weighs more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from service.detectors.encoder import SentenceEncoder

LEAST = 0.6  # the least cosine of two words that match
MOST, SMOOTHING = 2.5, 0.05  # the most that a word weighs, and what is added to it

Numbers = NDArray[np.float32]


class Alignment:
    """The words of several sentences, each a mapping of words to what they tell, and their likeness."""

    def __init__(self, sentences: Sequence[Mapping[str, float]], encoder: SentenceEncoder) -> None:
        self.words = sorted({word for sentence in sentences for word in sentence})
        number = {word: i for i, word in enumerate(self.words)}
        vectors = encoder.encode_words(self.words)
        cosines = vectors @ vectors.T
        self.likeness: Numbers = np.where(cosines >= LEAST, cosines, np.float32(0))
        self.sentences = [np.array([number[word] for word in sentence], np.intp) for sentence in sentences]
        self.weights = [
            np.array([min(told, MOST) + SMOOTHING for told in sentence.values()], np.float32)
            for sentence in sentences
        ]

    def strengths(self) -> Numbers:
        """Return for every two sentences how far they match, 0 to 1, as a symmetric matrix."""
        nearest = np.array([self._nearest(words) for words in self.sentences], np.float32)
        told = [
            nearest[:, words] @ weights / weights.sum() if len(words) else np.zeros(len(nearest))
            for words, weights in zip(self.sentences, self.weights, strict=True)
        ]
        one_way = np.array(told, np.float32).reshape(len(nearest), len(nearest))
        return np.asarray((one_way + one_way.T) / 2, np.float32)

    def _nearest(self, words: NDArray[np.intp]) -> Numbers:
        """Return for each word of all sentences how near the nearest of these is."""
        if not len(words):
            return np.zeros(len(self.words), np.float32)
        return np.asarray(self.likeness[:, words].max(axis=1), np.float32)

    def matches(self, one: int, other: int) -> list[tuple[str, str]]:
        """Return the different words of the two sentences that match, the nearest first."""
        pairs = [
            (float(self.likeness[i, j]), self.words[i], self.words[j])
            for i in self.sentences[one]
            for j in self.sentences[other]
            if i != j and self.likeness[i, j] > 0
        ]
        return [(a, b) for _, a, b in sorted(pairs, reverse=True)]
