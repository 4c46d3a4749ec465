"""Twenty reviews by people with their claims listed by hand: none wrongly contradicted, most found.

The reviews stand in the development data; here are their ids, the hashes of their texts, records of the
films written for this test, and the claims: the kind that should read each, and the words that it is on.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from service.document import fold, parse
from service.facts import Claim, Verdict, check
from service.films import film_from_json

LISTED = Path(__file__).parent / "data" / "reviewed.jsonl"
FOUND = 0.75  # of the 104 claims listed by hand; 81 of them when this was written


def reviewed(data: Path) -> list[tuple[dict[str, Any], str]]:
    texts: dict[str, str] = {}
    for group in ("human_frank_pre", "human_imdb"):
        with (data / "corpora" / f"{group}.jsonl").open(encoding="utf-8") as lines:
            texts |= {r["id"]: r["text"] for r in map(json.loads, lines)}
    listed = [json.loads(line) for line in LISTED.read_text(encoding="utf-8").splitlines()]
    return [(entry, texts[entry["review"]]) for entry in listed]


def claims_of(entry: dict[str, Any], text: str) -> tuple[Claim, ...]:
    film = film_from_json(entry["film"])
    return check(parse(text, titles=film.titles), film).claims


def is_found(kind: str, words: str, claims: tuple[Claim, ...]) -> bool:
    alike = (c for c in claims if c.kind == kind and c.verdict is Verdict.SUPPORTED)
    return any(fold(words) in fold(f"{c.text} {c.asserted}") for c in alike)


@pytest.mark.data
def test_twenty_human_reviews_are_contradicted_nowhere(data: Path) -> None:
    pairs = reviewed(data)
    assert len(pairs) == 20
    for entry, text in pairs:
        assert hashlib.sha256(text.encode()).hexdigest() == entry["sha256"], entry["review"]
        wrong = [(c.kind, c.text) for c in claims_of(entry, text) if c.verdict is Verdict.CONTRADICTED]
        assert wrong == [], entry["review"]


@pytest.mark.data
def test_the_claims_listed_by_hand_are_found(data: Path) -> None:
    found = []
    for entry, text in reviewed(data):
        claims = claims_of(entry, text)
        found += [is_found(kind, words, claims) for kind, words in entry["claims"]]
    assert sum(found) / len(found) >= FOUND
