from __future__ import annotations

import pytest

from service.facts import Verdict
from service.facts.check import decide
from service.films import Alternative, Film, Provenance

IMDB = Provenance("IMDb", "IMDb non-commercial")
WIKIDATA = Provenance("Wikidata", "CC0-1.0")

FILM = Film(
    id="t",
    title="The Harbour",
    year=1995,
    directors=("Ana Lindqvist",),
    runtime_minutes=101,
    provenance={"*": IMDB},
    conflicts={"year": (Alternative(1996, WIKIDATA),), "runtime_minutes": (Alternative(118, WIKIDATA),)},
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Harbour was released in 1995.", Verdict.SUPPORTED),
        ("The Harbour was released in 1996.", Verdict.SUPPORTED),
        ("The film runs 118 minutes.", Verdict.SUPPORTED),
        ("The film runs 101 minutes.", Verdict.SUPPORTED),
        ("The film is over two and a half hours long.", Verdict.CONTRADICTED),
        ("The Harbour was released in 2007.", Verdict.CONTRADICTED),
        ("The film was directed by Jane Doe.", Verdict.CONTRADICTED),
    ],
)
def test_a_claim_is_held_against_every_value_that_is_kept(text: str, verdict: Verdict) -> None:
    assert decide(text, FILM).verdict is verdict


def test_a_contradiction_of_both_names_both_and_puts_neither() -> None:
    decided = decide("The Harbour was released in 2007.", FILM)
    said = {(e.value, e.provenance.source) for e in decided.evidence if e.provenance and e.field == "year"}
    assert said == {(1995, "IMDb"), (1996, "Wikidata")}
    assert decided.suggestion is None
