"""`finecut films fetch` and `POST /v1/films/fetch`, against services on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from service.app import create_app
from service.cli.main import app
from service.settings import Settings
from tests.fakes.film_services import KEY, Fault, FilmServices

MOVIE = {
    "id": 7, "imdb_id": "tt0000007", "title": "The Lamp", "original_title": "Die Lampe",
    "release_date": "1999-05-01", "vote_average": 7.0, "vote_count": 9, "runtime": 95,
}  # fmt: skip
ANSWER = {
    "Title": "The Lamp",
    "Year": "1998",
    "imdbID": "tt0000007",
    "Type": "movie",
    "Director": "A. Example",
}


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilmServices]:
    with FilmServices(movies=[MOVIE], answers=[ANSWER]) as running:
        for service in ("tmdb", "omdb", "wikidata"):
            monkeypatch.setenv(f"FINECUT_{service.upper()}_URL", running.url(service))
            monkeypatch.setenv(f"FINECUT_{service.upper()}_KEY", KEY)
        monkeypatch.setenv("FINECUT_HOME", str(tmp_path))
        monkeypatch.setenv("FINECUT_MODEL", "none")
        yield running


def fetch(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["films", "fetch", *arguments])


def test_a_film_of_several_services_is_stored_merged_and_what_differs_is_told(services: FilmServices) -> None:
    result = fetch("The Lamp", "--year", "1999", "--json")
    assert result.exit_code == 0, result.stderr
    film = json.loads(result.stdout)
    assert (film["id"], film["year"], film["directors"]) == ("tt0000007", 1999, ["A. Example"])
    assert film["provenance"]["directors"]["source"] == "omdb"
    assert "From tmdb, omdb." in result.stderr
    assert "year: 1999 by tmdb, 1998 by omdb" in result.stderr
    assert "Wikidata has no film" in result.stderr
    shown = CliRunner().invoke(app, ["films", "show", "tt0000007"])
    assert json.loads(shown.stdout) == film


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("The Lamp", "--from", "tmdb"), 0, "From tmdb"),
        (("--id", "tt0000007", "--from", "omdb"), 0, "From omdb"),
        (("No Such Film",), 2, "has no film called"),
        ((), 2, "title is empty"),
        (("--id", "nonsense"), 2, "is no id"),
        (("The Lamp", "--from", "imdb"), 2, "--from"),
    ],
)
def test_what_a_user_may_type(
    services: FilmServices, arguments: tuple[str, ...], code: int, says: str
) -> None:
    result = fetch(*arguments)
    assert (result.exit_code, says in result.stderr) == (code, True), result.stderr
    assert "Traceback" not in result.stderr


def test_a_refused_key_exits_3_and_is_not_shown(services: FilmServices) -> None:
    services.faults = [Fault(401)]
    result = fetch("The Lamp", "--from", "tmdb")
    assert result.exit_code == 3
    assert "FINECUT_TMDB_KEY" in result.stderr
    assert KEY not in result.stderr


def test_the_route_gives_the_stored_film_and_problem_documents(services: FilmServices) -> None:
    with TestClient(create_app(Settings(_env_file=None)), raise_server_exceptions=False) as client:
        got = client.post("/v1/films/fetch", json={"title": "The Lamp", "year": 1999, "from": "tmdb"}).json()
        assert (got["film"]["id"], got["sources"]) == ("tt0000007", ["tmdb"])
        assert client.get("/v1/films/tt0000007").json() == got["film"]
        services.faults = [Fault(429, headers={"Retry-After": "100"})]
        busy = client.post("/v1/films/fetch", json={"id": "tmdb:8", "from": "tmdb"})
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "100")
        assert (busy.json()["type"], busy.json()["source"]) == ("/problems/source-unavailable", "TMDB")
        assert client.post("/v1/films/fetch", json={"from": "imdb", "title": "x"}).status_code == 422
        assert client.post("/v1/films/fetch", json={}).json()["errors"][0]["field"] == "title"
