"""Lines and table rows that name a field and its value make the claims that a sentence would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.document import Format, parse
from service.facts import Claim, check
from service.facts.labelled import statements
from service.films import CastMember, Film, Money, Release

FILM = Film(
    id="l1",
    title="The Long Harbour",
    year=1999,
    releases=(Release("1999-05-03", "Sweden"),),
    directors=("Ana Lindqvist",),
    cast=(CastMember("Ida Holm"), CastMember("Marc Oduya")),
    runtime_minutes=127,
    countries=("Sweden",),
    languages=("Swedish",),
    genres=("Crime",),
    budget=Money(4_000_000),
    box_office=Money(13_000_000),
    complete=frozenset({"directors", "languages"}),
)


def claims(text: str, format: Format = Format.TEXT) -> dict[str, str]:
    found: tuple[Claim, ...] = check(parse(text, format, titles=FILM.titles), FILM).claims
    for c in found:
        assert c.span.of(text) == c.text
    return {c.text: c.verdict.value for c in found}


@pytest.mark.parametrize(
    ("line", "text", "verdict"),
    [
        ("Director: Ana Lindqvist", "Ana Lindqvist", "supported"),
        ("Directed by: Jane Doe", "Jane Doe", "contradicted"),
        ("Starring: Ida Holm, Marc Oduya", "Marc Oduya", "supported"),
        ("Year: 2005", "2005", "contradicted"),
        ("Release date: May 3, 1999", "May 3, 1999", "supported"),
        ("Running time: 90 minutes", "90", "contradicted"),
        ("Country: Denmark", "Denmark", "contradicted"),
        ("Language: German", "in German", "contradicted"),
        ("Genre: Western", "Western", "contradicted"),
        ("Budget: $40 million", "40", "contradicted"),
        ("Box office: $13 million", "13", "supported"),
    ],
)
def test_a_line_of_a_field_is_a_claim(line: str, text: str, verdict: str) -> None:
    found = claims(f"{line}\n\nIt is quiet.")
    assert verdict in found.values(), found
    assert any(text.rsplit(maxsplit=1)[-1] in t for t in found)


def test_rows_of_a_table_are_claims_and_list_items_too() -> None:
    text = (
        "| Director | Jane Doe |\n|---|---|\n| Year | 1999 |\n| Weather | Jane Doe |\n\n"
        "- **Runtime:** 90 minutes\n- Cast: Ida Holm\n"
    )
    found = claims(text, Format.MARKDOWN)
    assert found == {
        "Jane Doe": "contradicted",
        "1999": "supported",
        "90": "contradicted",
        "Ida Holm": "supported",
    }


def test_a_table_in_html_leads_back_to_its_cells() -> None:
    text = "<table><tr><th>Director</th><td>Jane&nbsp;Doe</td></tr></table>"
    (claim,) = check(parse(text, Format.HTML, titles=FILM.titles), FILM).claims
    assert claim.span.of(text) == "Jane&nbsp;Doe"


@pytest.mark.parametrize(
    "text",
    [
        "Verdict: Jane Doe should have directed it.",
        "He says one thing: Jane Doe.",
        "| Film | Year | Director |\n|---|---|---|\n| Silence | 1990 | Jane Doe |\n",
    ],
)
def test_other_lines_with_a_colon_and_wider_tables_are_left_alone(text: str) -> None:
    assert claims(text, Format.MARKDOWN) == {}


@given(st.sampled_from(sorted(statements())), st.text(max_size=60))
def test_any_value_is_read_and_leads_back_to_itself(label: str, value: str) -> None:
    text = f"{label.title()}: {value}"
    for claim in check(parse(text, titles=FILM.titles), FILM).claims:
        assert 0 <= claim.span.start <= claim.span.end <= len(text)
