from __future__ import annotations

import contextlib
import json
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import InvalidFilmRecord
from service.films import (
    Alternative,
    AudienceRating,
    Award,
    CastMember,
    Certificate,
    Film,
    Money,
    Provenance,
    RelatedFilm,
    Release,
    SourceWork,
    film_from_json,
    film_to_json,
)
from service.films.codec import FIELDS, LISTS, RELATIONS, field_from_json, salvage

letters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
words = st.text(letters, min_size=1, max_size=12).map(str.strip).filter(bool)
maybe_words = st.text(letters, max_size=12).map(str.strip)
names = st.lists(words, max_size=3).map(tuple)
years = st.none() | st.integers(1870, 2100)
amounts = st.integers(0, 10**10) | st.floats(0, 1e10)
currencies = st.sampled_from(["USD", "KRW", "EUR"])
provenances = st.builds(Provenance, words, words, st.none() | st.dates(), maybe_words)
money = st.none() | st.builds(Money, amounts, currencies, st.none() | amounts)


def frozen(keys: st.SearchStrategy[Any], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(keys, values, max_size=3).map(MappingProxyType)


films = st.builds(
    Film,
    id=words,
    title=words,
    year=years,
    original_title=maybe_words,
    alternative_titles=names,
    releases=st.lists(st.builds(Release, st.dates(date(1900, 1, 1)).map(str), maybe_words), max_size=2).map(
        lambda r: tuple(x for x in r if x.date < "2100")
    ),
    runtime_minutes=st.none() | st.integers(1, 600),
    directors=names,
    cast=st.lists(st.builds(CastMember, words, names), max_size=3).map(tuple),
    distributor_regions=frozen(words, words),
    budget=money,
    box_office=money,
    based_on=st.lists(st.builds(SourceWork, maybe_words, names, maybe_words), max_size=2).map(tuple),
    awards=st.lists(st.builds(Award, words, maybe_words, years, st.booleans(), names), max_size=2).map(tuple),
    related=st.lists(
        st.builds(RelatedFilm, st.sampled_from(RELATIONS), words, years, maybe_words), max_size=2
    ).map(tuple),
    certificates=st.lists(st.builds(Certificate, words, words), max_size=2).map(tuple),
    ratings=st.lists(
        st.builds(AudienceRating, words, st.floats(0, 10), st.just(10.0), st.none() | st.integers(0, 10**6)),
        max_size=2,
    ).map(tuple),
    external_ids=frozen(words, words),
    aliases=frozen(words, names),
    complete=st.frozensets(st.sampled_from(sorted(LISTS))),
    provenance=frozen(st.sampled_from(["*", *FIELDS]), provenances),
    conflicts=frozen(
        st.just("year"),
        st.lists(st.builds(Alternative, st.integers(1900, 2000), provenances), min_size=1, max_size=2).map(
            tuple
        ),
    ),
)


keys = st.sampled_from(["id", "title", "cast", "year", "conflicts"]) | st.text(max_size=4)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(films)
def test_a_film_written_and_read_is_the_same_film(film: Film) -> None:
    assert film_from_json(json.loads(json.dumps(film_to_json(film)))) == film


def test_every_field_of_a_film_can_be_written_and_read() -> None:
    about = {"complete", "provenance", "conflicts"}
    assert {*FIELDS, *about} == set(Film.__dataclass_fields__)


def test_what_is_empty_is_not_written() -> None:
    assert film_to_json(Film(id="a", title="Heat")) == {"id": "a", "title": "Heat"}


def test_a_bare_name_is_a_cast_member() -> None:
    film = film_from_json({"id": "a", "title": "Heat", "cast": ["Al Pacino", {"name": "Val Kilmer"}]})
    assert film.cast == (CastMember("Al Pacino"), CastMember("Val Kilmer"))


BAD: list[tuple[dict[str, object], str, str]] = [
    ({"yaer": 1995}, "yaer", "Did you mean year"),
    ({"composers": ["Ida Holm"]}, "composers", "Did you mean music"),
    ({"year": "1995"}, "year", "whole number"),
    ({"year": 0}, "year", "from 1870 to 2100"),
    ({"year": 9999}, "year", "from 1870 to 2100"),
    ({"year": True}, "year", "whole number"),
    ({"title": " "}, "title", "not empty"),
    ({"directors": "Michael Mann"}, "directors", "a list"),
    ({"directors": ["Michael Mann", 7]}, "directors[1]", "a string"),
    ({"cast": [{"actor": "Al Pacino"}]}, "cast[0].actor", "no field"),
    ({"cast": [{"characters": ["Neil"]}]}, "cast[0].name", "missing"),
    ({"budget": {"amount": -1}}, "budget.amount", "not negative"),
    ({"budget": {"amount": float("nan")}}, "budget.amount", "not negative"),
    ({"budget": {"amount": 1, "currency": "dollars"}}, "budget.currency", "three capitals"),
    ({"releases": [{"date": "1995-02-30"}]}, "releases[0].date", "YYYY-MM-DD"),
    ({"releases": [{"date": "15 Dec 1995"}]}, "releases[0].date", "YYYY-MM-DD"),
    ({"related": [{"relation": "cousin", "title": "x"}]}, "related[0].relation", "remake_of"),
    ({"complete": ["director"]}, "complete[0]", "directors"),
    ({"provenance": {"directer": {"source": "a", "licence": "b"}}}, "provenance.directer", "directors"),
    ({"provenance": {"*": {"source": "a"}}}, "provenance.*.licence", "missing"),
    (
        {"provenance": {"*": {"source": "a", "licence": "b", "retrieved": "yesterday"}}},
        "provenance.*",
        "YYYY",
    ),
    ({"conflicts": {"year": [{"value": 1996}]}}, "conflicts.year[0].provenance", "missing"),
    ({"title": "a\0b"}, "title", "NUL"),
    ({"genres": ["\ud800"]}, "genres[0]", "surrogates"),
    ({"budget": {"amount": 10**400}}, "budget.amount", "below"),
    ({"runtime_minutes": 120, "runtime_max": 90}, "runtime_max", "at least"),
]


@pytest.mark.parametrize(("fields", "at", "remedy"), BAD)
def test_an_error_names_the_field_and_what_would_be_right(
    fields: dict[str, object], at: str, remedy: str
) -> None:
    with pytest.raises(InvalidFilmRecord) as caught:
        film_from_json({"id": "a", "title": "Heat", **fields})
    assert caught.value.field.startswith(at)
    assert remedy in str(caught.value)


@pytest.mark.parametrize("value", [None, 7, "text", [], [{}], {"id": "a"}, {"title": "t"}, {}])
def test_what_is_no_record_is_refused(value: object) -> None:
    with pytest.raises(InvalidFilmRecord):
        film_from_json(value)


@settings(max_examples=60, deadline=None)
@given(any_json)
def test_any_json_is_read_or_refused_but_never_crashes(value: object) -> None:
    with contextlib.suppress(InvalidFilmRecord):
        assert isinstance(film_from_json(value), Film)


def test_salvage_keeps_what_reads_and_reports_the_rest() -> None:
    film, lost = salvage({"id": "a", "title": "Heat", "year": 9999, "directors": ["Michael Mann"], "x": 1})
    assert film.directors == ("Michael Mann",)
    assert film.year is None
    assert [error.field for error in lost] == ["year", "x"]


def test_salvage_needs_an_id_and_a_title() -> None:
    with pytest.raises(InvalidFilmRecord, match="no id"):
        salvage({"title": "Heat"})


def test_one_field_is_read_as_it_stands_in_a_film() -> None:
    assert field_from_json("cast", ["Al Pacino"]) == (CastMember("Al Pacino"),)
    with pytest.raises(InvalidFilmRecord):
        field_from_json("no_such_field", 1)
