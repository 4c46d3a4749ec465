"""The classic mistakes, each tried against a running service."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from service.access import Scope, issue, keys
from service.app import create_app
from service.cli.webpages import refuse_private
from service.errors import InputError
from service.jobs.webhooks import PublicResolver
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
INSIDE = ["127.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "localhost", "10.0.0.1"]
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
    article = {"content": copy, "id": attack, "group": attack}
    measured = client.post("/v1/evals", json={"articles": [article], "name": attack})
    assert measured.status_code == 201, measured.text
    scored = client.post("/score", data={"content": copy, "film": attack, "keyphrase": attack})
    pages = [scored] + [
        client.get(path)
        for path in (
            f"/v1/reviews/{review.json()['id']}.html",
            f"/v1/edits/{edit.json()['id']}.html",
            f"/v1/evals/{measured.json()['id']}.html",
            f"/reviews/{review.json()['id']}",
            f"/edits/{edit.json()['id']}",
            f"/films/xss-{number}",
            f"/films?title={quote(attack)}",
            "/evals",
            "/",
        )
    ]
    for page in pages:
        assert page.status_code in {200, 404}, page.url
        assert attack not in page.text, page.url
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


def test_a_path_in_what_is_written_writes_no_file(client: TestClient, tmp_path: Path) -> None:
    for path in PATHS:
        record = {"id": f"../{path}", "title": "Odd", "year": 1999}
        for method, place in (("POST", "/v1/films"), ("PUT", f"/v1/films/{quote(path, safe='')}")):
            answer = client.request(method, place, json=record)
            assert answer.status_code < 500, (method, place, answer.text)
    assert not list(tmp_path.parent.rglob("passwd*"))


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver.example"])
def test_a_form_of_another_site_is_refused_also_from_an_older_browser(
    client: TestClient, origin: str
) -> None:
    sent = client.post("/score", data={"content": NOTE}, headers={"Origin": origin})
    assert (sent.status_code, sent.json()["type"]) == (403, "/problems/forbidden")
    own = client.post("/score", data={"content": NOTE}, headers={"Origin": "http://testserver"})
    assert own.status_code == 200
    read = client.get("/v1/films", headers={"Origin": origin})
    assert read.status_code == 200
    assert "access-control-allow-origin" not in read.headers


@pytest.mark.parametrize("sent", ["a\r\nX-Evil: 1", "a\nSet-Cookie: x=1", "x" * 300])
def test_a_header_s_value_never_comes_back_as_another_header(client: TestClient, sent: str) -> None:
    answer = client.get("/v1/films", headers={b"X-Request-Id": sent.encode()})
    assert "x-evil" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert sent not in answer.headers["x-request-id"]


@pytest.mark.parametrize("host", [*INSIDE, "0x7f000001"])
@pytest.mark.parametrize(
    "form", ["https://{}/", "http://{}:8000/v1/keys", "https://user@{}/", "file://{}/etc"]
)
def test_no_webhook_leads_inside(client: TestClient, host: str, form: str) -> None:
    answer = client.post("/v1/webhooks", json={"url": form.format(host)})
    if answer.status_code == 201:  # a name, which is judged by where it leads at every connection
        assert host == "0x7f000001"
        assert answer.json()["url"].startswith("https://")
    else:
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "url")


@pytest.mark.parametrize("name", ["localhost", "0x7f000001", "127.1", "2130706433", "017700000001"])
async def test_a_name_for_this_machine_resolves_to_nothing_that_is_connected_to(name: str) -> None:
    with pytest.raises(OSError, match=r"private network|not known|No address"):
        await PublicResolver().resolve(name, 443)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "http://[::ffff:10.0.0.1]/", "http://localhost/", "ftp://a/"]
)
def test_no_address_of_a_list_leads_inside(url: str) -> None:
    with pytest.raises(InputError):
        refuse_private(url)


def test_a_wrong_key_is_compared_as_a_right_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with a key, the work is the same: one hash, one comparison of 64 characters."""
    key, text = issue("site", Scope.READ)
    done: list[tuple[str, int, int]] = []

    def compared(one: str, other: str) -> bool:
        done.append(("compare", len(one), len(other)))
        return one == other

    def hashed(given: str) -> str:
        done.append(("hash", len(given), 0))
        return hashlib.sha256(given.encode()).hexdigest()

    monkeypatch.setattr("service.access.keys.hmac.compare_digest", compared)
    monkeypatch.setattr(keys, "digest_of", hashed)
    work = []
    for given, known in ((text, key), (text[:-1] + "-", key), ("x" + text[1:], key), (text, None)):
        done.clear()
        keys.matches(given, known)
        work.append(list(done))
    assert work == [[("hash", len(text), 0), ("compare", 64, 64)]] * 4


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
