from __future__ import annotations

import doctest
from dataclasses import replace
from types import ModuleType

import pytest

from service.films import JSON, AudienceRating, CastMember, Film, Provenance, agreement, merge, titles
from service.films.agreement import disagree
from service.films.merge import disagreements

IMDB = Film(id="a", title="The Lamp", provenance={"*": Provenance("imdb", "IMDb non-commercial")})
TMDB = replace(IMDB, provenance={"*": Provenance("tmdb", "TMDB")})


@pytest.mark.parametrize("module", [agreement, titles])
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize(
    ("field", "one", "other", "told"),
    [
        ("cast", [{"name": "A B"}], [{"name": "C D"}], False),
        ("countries", ["United Kingdom", "France"], ["France"], False),
        ("countries", ["United Kingdom"], ["France"], True),
        ("directors", ["Álvaro G. Example"], ["Alvaro Example"], False),
        ("directors", ["Ann Example", "Jo Other"], ["Ann Example"], False),
        ("directors", ["Ann Example", "Jo Other"], ["Ann Example", "Kim Third"], True),
        ("budget", {"amount": 100_000_000}, {"amount": 100_400_000}, False),
        ("budget", {"amount": 100_000_000}, {"amount": 104_000_000}, True),
        ("budget", {"amount": 5, "currency": "EUR"}, {"amount": 5}, True),
        ("runtime_minutes", 118, 120, True),
        ("year", 1995, 1996, True),
        ("setting", "Paris", "paris", False),
    ],
)
def test_only_what_cannot_both_be_so_is_a_disagreement(
    field: str, one: JSON, other: JSON, told: bool
) -> None:
    assert disagree(field, one, other) is disagree(field, other, one) is told


def test_each_site_has_one_mark_the_latest_and_marks_are_no_conflict() -> None:
    early, late = AudienceRating("IMDb", 7.8, votes=100), AudienceRating("IMDb", 7.9, votes=120)
    own = AudienceRating("TMDB", 7.1, votes=5)
    for one, other in ((early, late), (late, early)):
        both = merge(replace(IMDB, ratings=(one,)), replace(TMDB, ratings=(own, other)))
        assert set(both.ratings) == {late, own}
        assert "ratings" not in both.conflicts
        assert both.source_of("ratings") == Provenance("imdb+tmdb", "IMDb non-commercial; TMDB")


def test_a_list_that_says_no_more_is_not_kept_and_one_that_does_is_kept_in_silence() -> None:
    few = replace(IMDB, cast=(CastMember("A B"),), genres=("Drama", "War"))
    more = replace(TMDB, cast=(CastMember("A B", ("Anna",)), CastMember("C D")), genres=("War",))
    both = merge(few, more)
    assert set(both.conflicts) == {"cast"}
    assert disagreements(both) == ()
    assert merge(both, more) == merge(both, few) == both


def test_a_complete_list_is_kept_beside_a_longer_one() -> None:
    whole = replace(TMDB, directors=("A B",), complete=frozenset({"directors"}))
    both = merge(replace(IMDB, directors=("A B", "C D")), whole)
    assert [a.value for a in both.conflicts["directors"]] == [["A B"]]
