from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.films import Film, Provenance, film_from_json, film_to_json, merge, same_film
from service.films.merge import disagreements
from service.films.precedence import LAST

IMDB = Provenance("imdb", "IMDb non-commercial", date(2026, 11, 1), "tt1")
WIKIDATA = Provenance("wikidata", "CC0-1.0", date(2026, 11, 2), "Q1")
OWN = Provenance(LAST, "CC0-1.0")

HELD = Film(
    id="harbour-1995", title="The Harbour", year=1995, directors=("Ana Lindqvist",), provenance={"*": IMDB}
)
NEW = Film(
    id="Q1",
    title="Harbour",
    year=1996,
    directors=("Ana Lindqvist",),
    runtime_minutes=101,
    provenance={"*": WIKIDATA},
)


def test_values_that_differ_are_kept_by_precedence_with_their_sources() -> None:
    for one, other in ((HELD, NEW), (replace(NEW, id=HELD.id), HELD)):
        both = merge(one, other)
        assert both.year == 1995
        assert both.source_of("year") == IMDB
        assert [(a.value, a.provenance) for a in both.conflicts["year"]] == [(1996, WIKIDATA)]
        assert both.source_of("runtime_minutes") == WIKIDATA
        assert "directors" not in both.conflicts
        assert disagreements(both) == ("year: 1995 by imdb, 1996 by wikidata",)
        assert both.titles == ("The Harbour", "Harbour")


def test_merging_again_changes_nothing_and_a_renewed_value_takes_its_place() -> None:
    both = merge(HELD, NEW)
    assert merge(both, NEW) == both
    assert merge(both, HELD) == both
    assert film_from_json(film_to_json(both)) == both
    agreed = merge(both, replace(NEW, year=1995))
    assert "year" not in agreed.conflicts
    assert agreed.year == 1995


def test_one_source_alone_replaces_its_record() -> None:
    assert merge(HELD, replace(HELD, id="x", title="Renamed", year=None)) == replace(
        HELD, title="Renamed", year=None
    )


def test_the_starter_catalogue_gives_way_and_a_users_own_record_does_not() -> None:
    starter = replace(HELD, year=1990, provenance={"*": OWN})
    assert merge(starter, NEW).year == 1996
    mine = replace(HELD, year=1990, provenance={"*": Provenance("my notes", "CC0-1.0")})
    assert merge(NEW, mine).year == 1990


def test_a_list_stays_complete_only_where_the_source_that_stands_says_so() -> None:
    whole = replace(NEW, directors=("Jane Doe",), complete=frozenset({"directors"}))
    assert merge(HELD, whole).complete == frozenset()
    assert merge(replace(HELD, complete=frozenset({"directors"})), NEW).complete == {"directors"}


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"external_ids": {"imdb": "tt7"}, "title": "Other", "year": 2001}, True),
        ({"external_ids": {"imdb": "tt8"}}, False),
        ({"external_ids": {"tmdb": "12"}}, True),
        ({"year": 1996}, False),
        ({"year": None}, False),
        ({"directors": ("Jane Doe",)}, False),
        ({"directors": ()}, False),
        ({"title": "Another Harbour"}, False),
        ({"id": "tt7", "title": "Other"}, True),
    ],
)
def test_films_are_one_by_an_id_or_by_title_year_and_director(change: dict[str, object], same: bool) -> None:
    stored = replace(HELD, external_ids={"imdb": "tt7"})
    other = replace(HELD, **{"id": "other", **change})  # type: ignore[arg-type]  # fields by name
    assert same_film(stored, other) is same
