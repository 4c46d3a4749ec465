"""What a rewording may do with negations, quantifiers, comparisons and roles, and what it may not."""

from __future__ import annotations

import pytest

from evals.hostile.paraphrases import Paraphrase, refusal
from evals.hostile.twins import twins

BEFORE_AFTER_WRONG = [
    ("The film failed to find a buyer.", "The film did not find a buyer.", "The film found a buyer."),
    ("Ruth refuses to sell the house.", "Ruth will not sell the house.", "Ruth will sell the house."),
    (
        "The miller sells the mill to a baker from Graz.",
        "A baker from Graz buys the mill from the miller.",
        "The miller buys the mill from a baker from Graz.",
    ),
    (
        "The novel is longer than the film.",
        "The film is shorter than the novel.",
        "The film is longer than the novel.",
    ),
    ("More than 400 extras came.", "Over 400 extras came.", "Under 400 extras came."),
    ("At least five copies survive.", "Five or more copies survive.", "At most five copies survive."),
    ("Not many critics liked it.", "Few critics liked it.", "Many critics liked it."),
    ("The camera almost never moves.", "The camera hardly ever moves.", "The camera often moves."),
    ("Half a year went into the edit.", "Six months went into the edit.", "Five months went into the edit."),
    (
        "The role of Berta went to Harriet Doyle.",
        "Harriet Doyle got the role of Berta.",
        "Harriet Doyle did not get the role of Berta.",
    ),
    (
        "Ida Holm is superb in the role of Karin.",
        "Ida Holm plays Karin superbly.",
        "Karin plays Ida Holm superbly.",
    ),
    (
        "Sverre directed the film in 1961.",
        "In 1961 Sverre directed the film.",
        "In 1961 Sverre edited the film.",
    ),
]


@pytest.mark.parametrize(("before", "after"), [(b, a) for b, a, _ in BEFORE_AFTER_WRONG])
def test_another_construction_that_says_the_same_is_accepted(before: str, after: str) -> None:
    assert refusal(Paraphrase(before, after)) == ""


@pytest.mark.parametrize(("before", "after"), [(b, w) for b, _, w in BEFORE_AFTER_WRONG])
def test_its_hostile_twin_is_refused(before: str, after: str) -> None:
    assert refusal(Paraphrase(before, after))


def test_every_twin_differs_from_the_paraphrase() -> None:
    paraphrase = Paraphrase("The film failed to find a buyer.", "The film did not find a buyer.")
    made = [(kind, twin.after) for kind, twin in twins(paraphrase)]
    assert ("negation dropped", "The film did find a buyer.") in made
    assert all(after != paraphrase.after for _, after in made)
