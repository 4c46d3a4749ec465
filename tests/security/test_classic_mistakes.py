"""The classic mistakes, each tried against a running service."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings

SQL = ["'; DROP TABLE films; --", '" OR "1"="1', "x') UNION SELECT digest FROM api_keys --", "100%_\\"]
TEMPLATES = ["{{ 7 * 191 }}", "{% for x in range(9) %}boo{% endfor %}", "${7*191}", "{{ config.items() }}"]
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
]
PATHS = ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "..\\..\\x"]
NOTE = "The lamp scene is quiet and well judged."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(
        _env_file=None,
        home=tmp_path_factory.mktemp("attacked"),
        database_url="",
        model="none",
        max_body=100_000,
    )
    with TestClient(create_app(settings), raise_server_exceptions=False) as running:
        yield running


def _total(client: TestClient) -> int:
    total = client.get("/v1/films").json()["total"]
    assert isinstance(total, int)
    return total


def _film(client: TestClient, film_id: str, title: str) -> None:
    record = {"id": film_id, "title": title, "year": 1999}
    answer = client.put(f"/v1/films/{film_id}", json=record)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("attack", SQL)
def test_sql_in_a_title_or_an_id_is_only_text(client: TestClient, attack: str) -> None:
    before = _total(client)
    found = client.get("/v1/films", params={"title": attack})
    assert found.status_code == 200
    assert all("digest" not in json.dumps(f) for f in found.json()["films"])
    assert client.get(f"/v1/films/{quote(attack, safe='')}").status_code == 404
    assert client.get(f"/v1/reviews/{quote(attack, safe='')}").status_code == 404
    assert _total(client) == before


@pytest.mark.parametrize(("number", "attack"), list(enumerate(TEMPLATES)))
def test_a_template_in_title_or_notes_is_never_run(client: TestClient, number: int, attack: str) -> None:
    _film(client, f"tpl-{number}", f"A Film {attack}")
    body = {"film": {"id": f"tpl-{number}"}, "notes": [f"{NOTE} It says {attack} on the wall."]}
    review = client.post("/v1/reviews", json=body)
    assert review.status_code == 201, review.text
    for answer in (review, client.get(f"/v1/reviews/{review.json()['id']}.html"), client.get("/")):
        assert "1337" not in answer.text
        assert "booboo" not in answer.text


@pytest.mark.parametrize(("number", "attack"), list(enumerate(MARKUP)))
def test_markup_in_title_notes_or_copy_comes_out_as_text(
    client: TestClient, number: int, attack: str
) -> None:
    _film(client, f"xss-{number}", f"A Film {attack}")
    body = {"film": {"id": f"xss-{number}"}, "notes": [f"{NOTE} The sign reads {attack} here."]}
    review = client.post("/v1/reviews", json=body)
    assert review.status_code == 201, review.text
    copy = f"{NOTE} {NOTE} The sign reads {attack} in the last shot."
    edit = client.post("/v1/edits", json={"content": copy, "film": {"id": f"xss-{number}"}})
    assert edit.status_code == 201, edit.text
    for path in (f"/v1/reviews/{review.json()['id']}.html", f"/v1/edits/{edit.json()['id']}.html", "/"):
        page = client.get(path)
        assert page.status_code == 200
        assert attack not in page.text
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "<svg/onload" not in page.text


@pytest.mark.parametrize("path", PATHS)
def test_a_path_in_an_id_or_an_export_reads_no_file(client: TestClient, path: str) -> None:
    for place in (
        f"/v1/reviews/{path}",
        f"/v1/reviews/x.{path}",
        f"/v1/edits/{path}.diff",
        f"/problems/{path}",
    ):
        answer = client.get(place)
        assert answer.status_code in {404, 415}, place
        assert "root:" not in answer.text
    assert client.get(f"/static-offline-docs/{path}").status_code in {404, 405}


def test_an_import_takes_records_and_no_paths(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonl"
    secret.write_text('{"id": "leaked", "title": "Leaked"}\n', encoding="utf-8")
    for body in (str(secret), json.dumps({"path": str(secret)}), f"@{secret}"):
        answer = client.post("/v1/films/import", content=body)
        assert answer.status_code in {200, 422}
    assert client.get("/v1/films/leaked").status_code == 404


def test_a_body_beyond_the_limit_is_refused_by_its_announced_length(client: TestClient) -> None:
    answer = client.post("/v1/scores", json={"content": "x" * 200_000})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/input-too-large")


def test_a_body_beyond_the_limit_is_refused_while_it_comes_in_chunks(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(300):
            yield b" " * 1000

    for path in ("/v1/scores", "/v1/films/import"):
        answer = client.post(path, content=chunks(), headers={"Content-Type": "application/json"})
        assert answer.status_code == 413, path
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_compressed_body_is_not_unpacked(client: TestClient, encoding: str) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 100_000
    headers = {"Content-Encoding": encoding, "Content-Type": "application/json"}
    for path in ("/v1/scores", "/v1/films/import", "/v1/batches"):
        answer = client.post(path, content=bomb, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-encoding")


@pytest.mark.parametrize("depth", [200, 40_000])
def test_json_nested_without_end_is_refused(client: TestClient, depth: int) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("/v1/scores", "/v1/films", "/v1/reviews"):
        answer = client.post(path, content="[" * depth + "]" * depth, headers=headers)
        assert answer.status_code in {400, 413, 422}, path


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\u202eevil", "\ufeff", "a" * 5000])
def test_odd_characters_are_answered_not_crashed_on(client: TestClient, text: str) -> None:
    headers = {"Content-Type": "application/json"}
    for path, body in (
        ("/v1/scores", {"content": text}),
        ("/v1/films", {"id": "odd", "title": text}),
        ("/v1/reviews", {"film": {"title": text}, "notes": [text]}),
        ("/v1/checks", {"film": {"title": text}, "content": text}),
    ):
        answer = client.post(path, content=json.dumps(body), headers=headers)
        assert answer.status_code < 500, (path, answer.text)
    assert (
        client.get("/v1/films", params={"title": text.encode("utf-8", "replace").decode()}).status_code < 500
    )
