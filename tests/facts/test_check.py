"""Checking texts and single claims: ids, coverage, combination, and suggestions that apply."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.document import Edit, Operation, apply, parse
from service.facts import SuggestionKind, Verdict, check, decide
from service.films import Alternative, CastMember, Film, Provenance
from service.films.names import People

FILM = Film(
    id="t2",
    title="The Long Harbour",
    year=1999,
    directors=("Ana Lindqvist",),
    writers=("Ana Lindqvist", "Tomás Reyes"),
    producers=("Priya Nair",),
    cast=(CastMember("Ida Holm", ("Vera",)), CastMember("Marc Oduya", ("Tom",)), CastMember("Lena Fisk")),
    runtime_minutes=127,
    complete=frozenset({"directors", "writers", "producers"}),
    provenance={"*": Provenance("Finecut editors", "CC0", date(2026, 11, 24))},
)

TEXT = (
    "The Long Harbour is a 1999 drama directed by Jane Doe. It stars Ida Hohm as Vera.\n\n"
    "Was it written by a committee? The weather is lovely. It runs for 127 minutes."
)


def test_claims_are_numbered_in_order_and_counted() -> None:
    report = check(parse(TEXT), FILM)
    assert [c.id for c in report.claims] == [f"c{i}" for i in range(1, len(report.claims) + 1)]
    assert [c.span for c in report.claims] == sorted(c.span for c in report.claims)
    assert report.coverage.claims == len(report.claims) >= report.coverage.checked >= 4


def test_spans_cover_what_is_asserted() -> None:
    report = check(parse(TEXT), FILM)
    assert {"Jane Doe", "Ida Hohm", "1999"} <= {c.span.of(TEXT) for c in report.claims}
    for claim in report.claims:
        assert claim.span.of(TEXT) == claim.text
        assert claim.sentence.contains(claim.span)


def test_reasons_name_value_source_and_date() -> None:
    claim = next(c for c in check(parse(TEXT), FILM).claims if c.text == "Jane Doe")
    assert claim.verdict is Verdict.CONTRADICTED
    assert (
        claim.reason == "The record names Ana Lindqvist as director (Finecut editors, retrieved 2026-11-24)."
    )
    assert claim.evidence[0].field == "directors"


def test_suggestions_apply_as_edits() -> None:
    suggestions = [c.suggestion for c in check(parse(TEXT), FILM).claims if c.suggestion]
    edits = {
        s.span: Edit("e", s.span, s.span.of(TEXT), s.replacement, Operation.PUT_VALUE, "rule:facts", "")
        for s in suggestions
    }
    mended = apply(TEXT, edits.values())
    assert "directed by Ana Lindqvist" in mended
    assert "stars Ida Holm as" in mended
    assert not any(c.verdict is Verdict.CONTRADICTED for c in check(parse(mended), FILM).claims)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Long Harbour was directed by Ana Lindqvist.", Verdict.SUPPORTED),
        ("The Long Harbour was directed by Ana Lindqvist in one week.", Verdict.NOT_IN_METADATA),
        ("The Long Harbour was directed by Ana Lindqvist and produced by Jane Doe.", Verdict.CONTRADICTED),
        ("The Long Harbour was mostly written by Tomás Reyes.", Verdict.NOT_IN_METADATA),
        ("The Long Harbour is beautiful.", Verdict.NOT_IN_METADATA),
        ("Was The Long Harbour directed by Jane Doe?", Verdict.NOT_IN_METADATA),
        ("Jane Doe's earlier film Silence was directed by Max Muster.", Verdict.NOT_IN_METADATA),
        ("", Verdict.NOT_IN_METADATA),
    ],
)
def test_one_claim_is_decided_as_a_whole(text: str, verdict: Verdict) -> None:
    assert decide(text, FILM).verdict is verdict


def test_a_misspelling_is_suggested_and_does_not_contradict() -> None:
    decided = decide("The Long Harbour was directed by Ana Lindkvist.", FILM)
    assert decided.verdict is Verdict.SUPPORTED
    assert decided.suggestion is not None
    assert decided.suggestion.kind is SuggestionKind.SPELLING
    assert decided.suggestion.replacement == "Ana Lindqvist"


def test_a_value_that_another_source_gives_is_not_contradicted() -> None:
    other = Alternative(["Jane Doe"], Provenance("Wikidata", "CC0"))
    film = Film(
        id="t3", title="The Long Harbour", directors=("Ana Lindqvist",), conflicts={"directors": (other,)}
    )
    assert decide("It was directed by Jane Doe.", film).verdict is Verdict.SUPPORTED
    assert decide("It was directed by Max Muster.", film).verdict is Verdict.CONTRADICTED


def test_an_empty_record_decides_nothing() -> None:
    report = check(parse(TEXT), Film(id="t4", title="The Long Harbour"))
    assert report.coverage.checked == 0


def test_known_people_tell_a_slip_from_somebody_else() -> None:
    text = "The Long Harbour was directed by Ana Lindqvind."
    assert decide(text, FILM).verdict is Verdict.SUPPORTED
    assert decide(text, FILM, People(["Ana Lindqvind"])).verdict is Verdict.CONTRADICTED


@given(st.text(max_size=120))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert decide(text, FILM).verdict in set(Verdict)


@pytest.mark.data
def test_the_canonical_article_gets_no_wrong_contradiction(data: Path) -> None:
    film = Film(
        id="t5",
        title="Miracle in Cell No. 7",
        year=2013,
        directors=("Lee Hwan-kyung",),
        cast=(CastMember("Ryu Seung-ryong", ("Lee Yong-gu",)), CastMember("Kal So-won", ("Ye-seung",))),
        countries=("South Korea",),
    )
    text = (data / "articles" / "miracle-in-cell-no-7.txt").read_text(encoding="utf-8")
    report = check(parse(text, titles=film.titles), film)
    assert not [c for c in report.claims if c.verdict is Verdict.CONTRADICTED]
    assert [c.kind for c in report.claims if c.verdict is Verdict.SUPPORTED and "Ryu" in str(c.asserted)]


@pytest.mark.data
def test_misspelt_names_are_never_contradicted(data: Path) -> None:
    lines = (data / "claims" / "wiki_nearmiss.jsonl").read_text(encoding="utf-8").splitlines()
    slips = [r for r in map(json.loads, lines) if r["label"] == "near_miss" and r["role"] == "director"]
    for r in slips:
        film = Film(id="t6", title="Untitled", directors=(r["original"],))
        decided = decide(f"It was directed by {r['replacement']}.", film)
        assert decided.verdict is not Verdict.CONTRADICTED, r["replacement"]
