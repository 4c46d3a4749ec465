"""A sample of `python -m evals.hostile`: wrong edits are refused, faithful ones are not."""

from __future__ import annotations

from itertools import islice

import pytest

from evals.hostile.generate import KINDS, proposals
from evals.hostile.paraphrases import load, refusal
from evals.hostile.run import Bench
from evals.hostile.texts import own

SAMPLE = ("review/harbour-of-ash", "article/nine-winters", "list/the-last-ferry", "page/a-map-of-rain")
BENCHES = [Bench(text) for text in own() if text.name in SAMPLE]


@pytest.mark.parametrize("kind", KINDS)
def test_no_hostile_edit_is_accepted(kind: str) -> None:
    made = [(bench, e) for bench in BENCHES for _, e in islice(proposals(bench.text, (kind,)), 5)]
    accepted = [e.after for bench, e in made if all(d.accepted for d in bench.decisions(e))]
    assert made
    assert accepted == []


def test_the_proposals_are_the_same_each_time() -> None:
    text = BENCHES[0].text
    assert list(proposals(text)) == list(proposals(text))


def test_at_most_one_faithful_paraphrase_in_twenty_is_refused() -> None:
    every = load()
    refused = [p.after for p in every if refusal(p)]
    assert len(every) >= 150
    assert len(refused) <= len(every) / 20, refused
