"""What a running service tells of its requests: ids, counts, log lines, careful headers, readiness."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from service.settings import Settings
from service.store import fault_of, open_database
from service.web.logs import JsonLines


def test_every_answer_bears_an_id_and_careful_headers(client: TestClient) -> None:
    for path in ("/healthz", "/v1/films", "/", "/nowhere"):
        headers = client.get(path).headers
        assert len(headers["x-request-id"]) == 32
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert client.get("/v1/films").headers["cache-control"] == "no-store"


def test_an_id_that_was_sent_is_kept_unless_it_could_forge_a_log_line(client: TestClient) -> None:
    kept = client.get("/healthz", headers={"X-Request-Id": "trace-0123456789"})
    assert kept.headers["x-request-id"] == "trace-0123456789"
    replaced = client.get("/healthz", headers={"X-Request-Id": 'a","status":200'})
    assert len(replaced.headers["x-request-id"]) == 32


def test_no_other_site_is_let_in_by_cors(client: TestClient) -> None:
    answer = client.get("/v1/films", headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_requests_are_counted_by_template_never_by_path(client: TestClient) -> None:
    client.get("/v1/films/no-such-film-here")
    exposed = client.get("/metrics").text
    assert 'finecut_http_requests_total{method="GET",route="/v1/films/{film_id}",status="404"}' in exposed
    assert "finecut_http_request_seconds_bucket" in exposed
    assert "no-such-film-here" not in exposed


class Lines(logging.Handler):
    """Keeps what is logged, as JSON lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    log, handler = logging.getLogger("finecut"), Lines()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield handler.lines
    log.removeHandler(handler)
    log.setLevel(level)


def test_a_request_is_one_line_without_what_it_held(client: TestClient, lines: list[str]) -> None:
    secret = "a sentence that nobody else should read"
    client.post(
        "/v1/scores?note=private", json={"content": secret}, headers={"Authorization": "Bearer k-secret"}
    )
    (line,) = lines
    told = json.loads(line)
    assert (told["method"], told["route"], told["status"]) == ("POST", "/v1/scores", 200)
    assert told["ms"] > 0
    assert not [word for word in ("sentence", "private", "k-secret") if word in line]


def test_a_fault_is_told_by_its_place_not_its_words() -> None:
    try:
        raise ValueError("the copy said: a private sentence")
    except ValueError as error:
        fault = (ValueError, error, error.__traceback__)
        record = logging.LogRecord("finecut.web", logging.ERROR, __file__, 1, "a fault", None, fault)
    told = json.loads(JsonLines().format(record))
    assert told["exception"] == "ValueError"
    assert "test_observing.py" in told["where"][0]
    assert "private" not in json.dumps(told)


def test_ready_means_database_films_and_model(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")


def test_a_database_of_another_version_is_not_ready(client: TestClient, settings: Settings) -> None:
    database = open_database(settings.sqlalchemy_url)
    assert fault_of(database) == ""
    with database.write() as connection:
        right = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    try:
        answer = client.get("/readyz")
    finally:
        with database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": right})
        database.close()
    assert answer.status_code == 503
    assert "migration 0000" in answer.json()["status"]
