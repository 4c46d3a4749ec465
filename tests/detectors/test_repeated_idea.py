"""Repeated ideas: what pairs sentences, whatever encoder stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.detectors import Subject, analyse, detect
from service.detectors.encoder import Vectors, sentence_encoder
from service.detectors.repeated_idea import find
from service.document import parse

AGAIN = (
    "The harbour scenes were filmed in winter. Viewers everywhere were deeply moved by the ending. "
    "A carpenter builds the boat alone. Her brother sells the house to a stranger. "
    "The final scene touched audiences around the whole world. The score uses only two cellos."
)


class FakeEncoder:
    """Gives sentences that hold a word of `near` one direction, and every other its own."""

    def __init__(self, near: Sequence[str]) -> None:
        self.near = near

    def encode(self, sentences: Sequence[str]) -> Vectors:
        out = np.zeros((len(sentences), len(sentences) + 1), np.float32)
        for i, sentence in enumerate(sentences):
            out[i, 0 if any(n in sentence for n in self.near) else i + 1] = 1
        return out


def test_two_sentences_near_each_other_and_far_from_the_rest_are_one_idea() -> None:
    found = find(analyse(parse(AGAIN), Subject()), FakeEncoder(("ending", "final scene")))
    spans = [s.of(AGAIN) for f in found for s in f.spans]
    assert spans == [
        "Viewers everywhere were deeply moved by the ending.",
        "The final scene touched audiences around the whole world.",
    ]
    assert "near in meaning" in found[0].message


def test_sentences_that_are_all_alike_repeat_nothing_in_particular() -> None:
    assert find(analyse(parse(AGAIN), Subject()), FakeEncoder(("e",))) == []


def test_ideas_are_looked_for_only_where_asked() -> None:
    document = parse(AGAIN)
    kinds = {f.kind for f in detect(document, Subject(), ideas=FakeEncoder(("ending", "final scene")))}
    assert "repeated_idea" in kinds
    assert "repeated_idea" not in {f.kind for f in detect(document, Subject())}


def test_the_encoder_in_the_wheel_finds_a_paraphrase() -> None:
    vectors = sentence_encoder().encode(
        [
            "The ending moved viewers to tears.",
            "Audiences wept at the final scene.",
            "It was filmed in winter.",
        ]
    )
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
