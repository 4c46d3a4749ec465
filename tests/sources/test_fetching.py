"""Fetching from the services, as a stub on loopback replays them."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.errors import (
    FilmAmbiguous,
    FilmNotFound,
    FinecutError,
    InputError,
    SourceAnswerInvalid,
    SourceMisconfigured,
    SourceTimeout,
    SourceUnavailable,
)
from service.sources.fetching import AnswerStore, Clock, Fetching, ServiceConfig, wanted
from tests.fakes.film_services import KEY, TOKEN, Fault, FilmServices


def movie(number: int, title: str, year: int, **more: object) -> dict[str, Any]:
    return {
        "id": number, "imdb_id": f"tt{number:07}", "title": title, "original_title": title,
        "release_date": f"{year}-05-01", "vote_average": 7.0, "vote_count": 9, "runtime": 95,
        "credits": {"cast": [], "crew": [{"name": "Ann Example", "job": "Director"}]}, **more,
    }  # fmt: skip


def answer(number: int, title: str, year: int) -> dict[str, Any]:
    return {
        "Title": title, "Year": str(year), "imdbID": f"tt{number:07}", "Type": "movie", "Runtime": "96 min",
        "Director": "Ann Example", "Genre": "Drama",
    }  # fmt: skip


def statement(value: object) -> dict[str, Any]:
    return {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}}


def entity(number: str, title: str, year: int, imdb: str, directors: list[str]) -> dict[str, Any]:
    day = {"time": f"+{year}-05-01T00:00:00Z", "precision": 11}
    return {
        "id": number,
        "labels": {"en": {"value": title}},
        "claims": {
            "P31": [statement({"id": "Q11424"})],
            "P57": [statement({"id": d}) for d in directors],
            "P577": [statement(day)],
            "P345": [statement(imdb)],
        },
    }


ENTITIES = {
    "Q1": entity("Q1", "The Lamp", 1999, "tt0000007", ["Q9"]),
    "Q9": {"id": "Q9", "labels": {"en": {"value": "Ann Example"}}},
}


class Slept(list[float]):
    """Remembers how long it was asked to wait; only its own clock goes on."""

    async def sleep(self, seconds: float) -> None:
        self.append(seconds)

    def now(self) -> float:
        return 1000.0 + sum(self)


class FakeAnswers:
    """Keeps answers in a dictionary."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], tuple[Mapping[str, Any], datetime]] = {}

    async def get(
        self, service: str, request: str, *, since: datetime
    ) -> tuple[Mapping[str, Any], datetime] | None:
        held = self.held.get((service, request))
        return held if held and held[1] > since else None

    async def put(
        self, service: str, request: str, answer: Mapping[str, Any], fetched: datetime, *, since: datetime
    ) -> None:
        self.held[service, request] = (answer, fetched)


@pytest.fixture
def services() -> Iterator[FilmServices]:
    with FilmServices(
        movies=[movie(7, "The Lamp", 1999), movie(8, "The Lamp", 2011), movie(9, "Lamp Oil", 1999)],
        answers=[answer(7, "The Lamp", 1999)],
        entities=ENTITIES,
    ) as running:
        yield running


@asynccontextmanager
async def fetching(
    services: FilmServices,
    answers: AnswerStore | None = None,
    *,
    key: str = KEY,
    seconds: float = 5,
    keep_hours: float = 1,
) -> AsyncIterator[tuple[Fetching, Slept]]:
    slept = Slept()
    opened = Fetching(
        {
            "tmdb": ServiceConfig(services.url("tmdb"), key),
            "omdb": ServiceConfig(services.url("omdb"), key if "." not in key else ""),
            "wikidata": ServiceConfig(services.url("wikidata")),
        },
        answers=answers or FakeAnswers(),
        agent="Finecut/test",
        timeout=seconds,
        keep=timedelta(hours=keep_hours),
        clock=Clock(slept.now, slept.sleep),
    )
    try:
        yield opened, slept
    finally:
        await opened.aclose()


@pytest.mark.parametrize("source", ["tmdb", "omdb", "wikidata"])
async def test_each_service_gives_the_film_with_its_source_and_day(
    services: FilmServices, source: str
) -> None:
    async with fetching(services) as (opened, _):
        fetched = await opened.fetch(wanted("the lamp", 1999), source)
    (film,) = fetched.films
    assert (film.title, film.year, film.directors) == ("The Lamp", 1999, ("Ann Example",))
    assert film.external_ids["imdb"] == "tt0000007"
    stated = film.source_of("title")
    assert stated is not None
    assert (stated.source, stated.retrieved) == (source, datetime.now(UTC).date())
    assert fetched.problems == ()


async def test_without_a_source_all_are_asked_and_later_ones_by_the_id_the_first_told(
    services: FilmServices,
) -> None:
    async with fetching(services) as (opened, _):
        fetched = await opened.fetch(wanted("The Lamp", 1999))
    assert [f.source_of("title").source for f in fetched.films if f.source_of("title")] == [  # type: ignore[union-attr]  # filtered
        "tmdb", "omdb", "wikidata",
    ]  # fmt: skip
    assert [a.parameters.get("i") for a in services.asked if a.service == "omdb"] == ["tt0000007"]
    searched = [a.parameters["srsearch"] for a in services.asked if "srsearch" in a.parameters]
    assert searched == ["haswbstatement:P345=tt0000007"]


async def test_only_services_that_can_be_asked_are(services: FilmServices) -> None:
    async with fetching(services, key="") as (opened, _):
        fetched = await opened.fetch(wanted("The Lamp", 1999))
        assert len(fetched.films) == 1
        assert {a.service for a in services.asked} == {"wikidata"}
        with pytest.raises(SourceMisconfigured, match="Set FINECUT_TMDB_KEY"):
            await opened.fetch(wanted("The Lamp"), "tmdb")


async def test_films_of_one_title_are_answered_with_the_candidates(services: FilmServices) -> None:
    async with fetching(services) as (opened, _):
        with pytest.raises(FilmAmbiguous) as caught:
            await opened.fetch(wanted("The Lamp"))
        assert [c[0] for c in caught.value.candidates] == ["tmdb:7", "tmdb:8"]
        by_id = await opened.fetch(wanted(film_id=caught.value.candidates[1][0]), "tmdb")
    assert by_id.films[0].year == 2011


async def test_a_title_that_is_only_like_the_one_asked_for_is_named_never_taken(
    services: FilmServices,
) -> None:
    async with fetching(services) as (opened, _):
        with pytest.raises(FilmNotFound, match=r"Lamp Oil \(1999, id tmdb:9\)"):
            await opened.fetch(wanted("Lamp Oi", 1999), "tmdb")


@pytest.mark.parametrize("form", ["tt0000007", "imdb:tt0000007", "tmdb:7", "Q1", "wikidata:Q1"])
def test_ids_are_known_by_their_form(form: str) -> None:
    assert len(wanted(film_id=form).ids) == 1


@pytest.mark.parametrize("form", ["7", "tmdb:x", "tt1; --", "../movie/7"])
def test_what_is_no_id_is_bad_input(form: str) -> None:
    with pytest.raises(InputError):
        wanted(film_id=form)


async def test_an_id_that_a_service_does_not_have_is_not_found(services: FilmServices) -> None:
    async with fetching(services) as (opened, _):
        for source, film_id in (
            ("tmdb", "tmdb:404"), ("tmdb", "tt0000404"), ("omdb", "tt0000404"), ("wikidata", "Q404"),
            ("wikidata", "tt0000404"), ("wikidata", "Q9"), ("omdb", "Q1"),
        ):  # fmt: skip
            with pytest.raises(FilmNotFound):
                await opened.fetch(wanted(film_id=film_id), source)


async def test_an_answer_is_kept_for_its_time_and_bears_the_day_it_was_fetched(
    services: FilmServices,
) -> None:
    answers = FakeAnswers()
    async with fetching(services, answers) as (opened, _):
        first = await opened.fetch(wanted(film_id="tmdb:7"), "tmdb")
    async with fetching(services, answers) as (opened, _):  # another process
        assert await opened.fetch(wanted(film_id="tmdb:7"), "tmdb") == first
        assert len(services.asked) == 1
        await opened.fetch(wanted(film_id="tmdb:7"), "tmdb", fresh=True)
        assert len(services.asked) == 2
    async with fetching(services, answers, keep_hours=0) as (opened, _):
        await opened.fetch(wanted(film_id="tmdb:7"), "tmdb")
        assert len(services.asked) == 3


async def test_a_busy_service_is_asked_again_when_it_says_and_no_refusal_is_kept(
    services: FilmServices,
) -> None:
    services.faults = [Fault(429, headers={"Retry-After": "3"}), Fault(503)]
    async with fetching(services) as (opened, slept):
        fetched = await opened.fetch(wanted(film_id="tmdb:7"), "tmdb")
    assert fetched.films[0].year == 1999
    assert slept == [3.0, 2.0]


async def test_a_service_is_asked_no_more_often_than_it_allows(services: FilmServices) -> None:
    async with fetching(services) as (opened, slept):
        for _ in range(12):
            await opened.fetch(wanted(film_id="tt0000007"), "omdb", fresh=True)
    assert sum(slept) >= 1, "five a second"


MAXLAG = Fault(200, '{"error": {"code": "maxlag", "info": "Waiting for a server"}}', {"Retry-After": "5"})


LIMIT = Fault(401, '{"Response": "False", "Error": "Request limit reached!"}')


@pytest.mark.parametrize(
    ("film_id", "faults", "expected"),
    [
        ("tmdb:7", [Fault(401)], (SourceMisconfigured, "does not take the key")),
        ("tmdb:7", [Fault(404)], (FilmNotFound, "no such film")),
        (
            "tmdb:7",
            [Fault(429, headers={"Retry-After": "3600"})],
            (SourceUnavailable, "asked too often: 429.*again in 3600 seconds"),
        ),
        ("tmdb:7", [Fault(500)] * 3, (SourceUnavailable, "500")),
        ("tmdb:7", [Fault(302, headers={"Location": "http://127.0.0.1:9/"})], (SourceAnswerInvalid, "302")),
        ("tmdb:7", [Fault(body="<html>")], (SourceAnswerInvalid, "no JSON object")),
        ("tmdb:7", [Fault(body="[1]")], (SourceAnswerInvalid, "no JSON object")),
        ("tmdb:7", [Fault(body='{"title": 5}')], (SourceAnswerInvalid, "no id")),
        ("tmdb:7", [Fault(body='{"id": 7, "runtime": "soon"}')], (SourceAnswerInvalid, "does not read")),
        ("tt0000007", [LIMIT], (SourceUnavailable, "limit")),
        ("tt0000007", [Fault(body='{"Response": "False", "Error": "No"}')], (SourceAnswerInvalid, "No")),
        ("Q1", [Fault(403)], (SourceMisconfigured, "refuses to answer: 403")),
        ("Q1", [MAXLAG] * 3, (SourceUnavailable, "Waiting")),
        ("Q1", [Fault(body='{"error": {"code": "x", "info": "no"}}')], (SourceAnswerInvalid, "no")),
        ("Q1", [Fault(body='{"entities": []}')], (FilmNotFound, "no film")),
    ],
)
async def test_what_goes_wrong_is_told_as_what_it_is(
    services: FilmServices, film_id: str, faults: list[Fault], expected: tuple[type[FinecutError], str]
) -> None:
    services.faults = list(faults)
    source = {"tm": "tmdb", "tt": "omdb", "Q1": "wikidata"}[film_id[:2]]
    async with fetching(services) as (opened, _):
        with pytest.raises(expected[0], match=expected[1]):
            await opened.fetch(wanted(film_id=film_id), source)
    assert not services.faults, "as many tries as faults"


async def test_a_silent_service_and_an_absent_one_are_told_apart(services: FilmServices) -> None:
    services.faults = [Fault(hang=True)] * 3
    async with fetching(services, seconds=0.1) as (opened, _):
        with pytest.raises(SourceTimeout, match=r"within 0\.1 seconds"):
            await opened.fetch(wanted(film_id="tmdb:7"), "tmdb")
    with FilmServices() as gone:
        pass
    async with fetching(gone) as (opened, _):
        with pytest.raises(SourceUnavailable, match="cannot be reached"):
            await opened.fetch(wanted(film_id="tmdb:7"), "tmdb", fresh=True)


async def test_one_service_that_fails_does_not_cost_the_others(services: FilmServices) -> None:
    services.faults = [Fault(401, '{"status_code": 7, "status_message": "Invalid API key"}')]
    async with fetching(services) as (opened, _):
        fetched = await opened.fetch(wanted("The Lamp", 1999))
    assert len(fetched.films) == 2
    assert fetched.problems[0].startswith("TMDB does not take the key")


async def test_no_key_is_in_any_log_error_or_kept_answer(
    services: FilmServices, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers, told = FakeAnswers(), []
    for key in (KEY, TOKEN):
        async with fetching(services, answers, key=key) as (opened, _):
            await opened.fetch(wanted(film_id="tmdb:7"), "tmdb", fresh=True)
            services.faults = [Fault(401, json.dumps({"status_code": 7, "status_message": f"Bad {key}"}))]
            with pytest.raises(SourceMisconfigured) as caught:
                await opened.fetch(wanted(film_id="tmdb:8"), "tmdb")
        told.append("".join(traceback.format_exception(caught.value)))
    sent = [a.headers.get("authorization") for a in services.asked if a.path == "movie/7"]
    assert sent == [None, f"Bearer {TOKEN}"]
    assert "HTTP Request" in caplog.text, "the HTTP client logs each request"
    for secret in (KEY, TOKEN):
        assert secret not in caplog.text + "".join(told) + repr(answers.held)


@pytest.mark.data
async def test_the_real_samples_are_fetched_by_title(data: Path) -> None:
    folder = data / "sources"
    riddick = json.loads((folder / "tmdb_api/movie_all.json").read_text(encoding="utf-8"))
    answers = json.loads((folder / "omdb/omdb_39_responses.json").read_text(encoding="utf-8"))
    entities = json.loads((folder / "wikidata/Q2262932.json").read_text(encoding="utf-8"))["entities"]
    with FilmServices(movies=[riddick], answers=answers, entities=entities) as services:
        async with fetching(services) as (opened, _):
            film = (await opened.fetch(wanted("Riddick", 2013), "tmdb")).films[0]
            assert film.directors == ("David Twohy",)
            assert film.external_ids == {"tmdb": "87421", "imdb": "tt1411250"}
            for one in answers:
                got = await opened.fetch(wanted(one["Title"], int(one["Year"][:4])), "omdb")
                assert got.films[0].id == one["imdbID"]
            streets = (await opened.fetch(wanted("City Streets", 1931), "wikidata")).films[0]
            assert streets.external_ids["wikidata"] == "Q2262932"
