"""`/v1/evals` as a caller sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import ROOT

FLAT = "The ferry crosses at night. Nobody speaks. A lamp swings over the table until dawn comes up."
STUFFED = (
    "This masterful film is a must-watch. Indeed, this masterful film takes us on a ride of pure feeling. "
    "It is a testament to the power of cinema, and a must-watch for everyone."
)
ALIEN = {
    "content": "Alien is a 1979 film directed by Ridley Scott.",
    "film": {"title": "Alien", "year": 1979},
}


def started(client: TestClient, **body: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    answer = client.post("/v1/evals", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


@pytest.fixture(scope="module")
def done(client: TestClient) -> dict[str, Any]:
    articles = [
        {"id": "flat", "content": FLAT, "group": "people"},
        {"id": "stuffed", "content": STUFFED, "group": "machines"},
        {"id": "alien", **ALIEN, "group": "people"},
    ]
    return started(client, name="three of them", articles=articles)


def test_the_groups_have_their_means_and_a_known_film_its_facts(done: dict[str, Any]) -> None:
    groups = {g["name"]: g["measures"] for g in done["results"]["groups"]}
    assert done["results"]["states"] == {"measured": 3}
    assert groups["machines"]["score"]["mean"] < groups["people"]["score"]["mean"]
    assert groups["people"]["supported"]["max"] >= 2
    assert "items" in done
    assert FLAT not in json.dumps(done)


def test_it_is_found_again_with_its_report_and_its_articles(client: TestClient, done: dict[str, Any]) -> None:
    again = client.get(f"/v1/evals/{done['id']}").json()
    assert (again["state"], again["progress"]) == ("done", {"done": 3, "of": 3})
    page = client.get(again["report"])
    assert page.headers["content-type"].startswith("text/html")
    assert "must-watch" in page.text
    items = [json.loads(line) for line in client.get(again["items"]).text.splitlines()]
    assert [i["id"] for i in items] == ["flat", "stuffed", "alien"]
    listed = client.get("/v1/evals").json()["evals"]
    assert {"id": done["id"], "name": "three of them"}.items() <= listed[0].items()
    assert FLAT not in json.dumps(listed)


def test_a_run_that_was_not_waited_for_ends_and_says_how_far_it_is(client: TestClient) -> None:
    many = [{"content": f"{FLAT} Number {i}."} for i in range(30)]
    answer = client.post("/v1/evals", json={"articles": many}, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    job = answer.json()
    client.get(job["events"])  # ends when the run does
    shown = client.get(f"/v1/evals/{job['id']}").json()
    assert shown["results"]["states"] == {"measured": 30}
    stages = client.get(job["events"]).text
    assert '{"done": 30, "of": 30}' in stages


def test_the_edit_suite_can_be_compared_with_the_articles_before(client: TestClient) -> None:
    files = sorted((ROOT / "evals" / "data" / "seo").glob("padded-*.md"))
    articles = [{"id": f.stem, "content": f.read_text("utf-8"), "format": "markdown"} for f in files]
    before = started(client, articles=articles)
    after = started(client, suite="edits", articles=articles)
    assert after["results"]["model"] == "none"
    found = client.get(f"/v1/evals/{after['id']}/comparison", params={"before": before["id"]}).json()
    score = next(d for d in found["differences"] if d["measure"] == "score")
    assert (score["verdict"], score["wins"], found["items"]) == ("perhaps better", len(files), len(files))
    page = client.get(f"/v1/evals/{after['id']}/comparison.html", params={"before": before["id"]})
    assert "<table>" in page.text


def test_a_judge_that_is_none_is_told_and_costs_no_article(client: TestClient) -> None:
    shown = started(client, articles=[{"content": FLAT}], judge={"seeds": 1}, model="none")
    assert shown["results"]["judge"]["state"] == "failed"
    assert shown["results"]["states"] == {"measured": 1}
    page = client.get(shown["report"]).text
    assert "Its grades do not count" in page


def test_the_same_key_is_the_same_evaluation(client: TestClient) -> None:
    headers = {"Idempotency-Key": "eval-once"}
    body = {"articles": [{"content": FLAT}]}
    first = client.post("/v1/evals", json=body, headers=headers).json()
    assert client.post("/v1/evals", json=body, headers=headers).json()["id"] == first["id"]
    other = client.post("/v1/evals", json={"articles": [{"content": STUFFED}]}, headers=headers)
    assert other.status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"articles": []},
        {"articles": [{"content": "\x00"}]},
        {"articles": [{"content": FLAT}], "suite": "charm"},
        {"articles": [{"content": FLAT, "film": {"title": "A", "id": "b"}}]},
    ],
)
def test_what_cannot_be_measured_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.post("/v1/evals", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_an_unknown_film_is_refused_before_anything_runs(client: TestClient) -> None:
    body = {"articles": [{"content": FLAT, "film": {"title": "No Such Film At All"}}]}
    assert client.post("/v1/evals", json=body).json()["type"] == "/problems/film-not-found"


@pytest.mark.parametrize("path", ["", ".html", "/items", "/comparison?before=x", "/comparison.html?before=x"])
def test_an_evaluation_that_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(f"/v1/evals/nothing{path}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/eval-not-found")
