"""Repeated ideas: what pairs sentences, whatever encoder stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from service.detectors import Subject, analyse, detect
from service.detectors.alignment import Alignment
from service.detectors.encoder import UniversalSentenceEncoder, Vectors, sentence_encoder
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

    def encode_words(self, words: Sequence[str]) -> Vectors:
        return self.encode(words)


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


def test_words_that_match_pair_sentences_of_stock_terms_and_the_message_says_which() -> None:
    source = (
        "The film explores a profound legacy of emotional resilience. Rain falls. A dog barks at noon. "
        "Its narrative celebrates the heartfelt heritage of human emotion. Nobody swims in the harbour."
    )
    found = find(analyse(parse(source), Subject()), sentence_encoder())
    assert [s.of(source)[:14] for f in found for s in f.spans] == ["The film explo", "Its narrative "]
    assert "‘legacy’ like ‘heritage’" in found[0].message
    assert "heritage" in str(found[0].evidence["like_words"])


def test_words_match_the_nearest_of_the_other_sentence_weighed_by_what_they_tell() -> None:
    told = [{"ending": 1.0, "rope": 1.0}, {"final scene": 3.0}, {}]
    alignment = Alignment(told, FakeEncoder(("ending", "final scene")))
    strengths = alignment.strengths()
    assert strengths[0, 1] == strengths[1, 0] == pytest.approx(0.75)  # half of the one, all of the other
    assert strengths[0, 0] == pytest.approx(1.0)
    assert not strengths[2].any()
    assert alignment.matches(0, 1) == [("ending", "final scene")]


def test_the_encoder_keeps_the_vectors_of_words() -> None:
    encoder = UniversalSentenceEncoder()
    first = encoder.encode_words(["legacy", "rope", "legacy"])
    assert first.shape == (3, 512)
    assert np.allclose(first[0], first[2])
    assert np.allclose(encoder.encode_words(["rope"])[0], first[1])
    assert encoder.encode_words([]).shape == (0, 512)
