"""`/v1/batches` over the running service, with the model `none`."""

from __future__ import annotations

import json
import time
from typing import Any

from fastapi.testclient import TestClient

COPY = "The film is very, very good. The film is very, very good. Its ending is quiet."


def _lines(*lines: object) -> bytes:
    return "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines).encode()


def _edit(name: str, **more: object) -> dict[str, object]:
    return {"custom_id": name, "kind": "edit", "content": COPY, **more}


def _ended(client: TestClient, where: str, *states: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        batch: dict[str, Any] = client.get(where).json()
        if batch["state"] in (states or ("done",)) and not batch["lines"]["running"]:
            return batch
        time.sleep(0.05)
    raise AssertionError(batch)


def _results(client: TestClient, where: str) -> list[dict[str, Any]]:
    return [json.loads(x) for x in client.get(f"{where}/results").text.splitlines()]


def test_lines_run_and_come_back_in_order_with_the_bad_ones_named(client: TestClient) -> None:
    film = {"title": "Miracle in Cell No. 7", "year": 2013}
    body = _lines(
        _edit("a"),
        "{not json",
        "",
        {"kind": "review", "film": film, "notes": ["The father is innocent."], "custom_id": "b"},
        {"kind": "review", "film": {"title": "No such film at all"}, "custom_id": "c"},
        {"kind": "edit", "content": "", "custom_id": "d"},
        _edit("a"),
    )
    created = client.post("/v1/batches", content=body)
    assert created.status_code == 201
    where = created.headers["location"]
    batch = _ended(client, where)
    assert batch["lines"] == {
        "all": 6, "waiting": 0, "running": 0, "done": 2, "failed": 1, "invalid": 3, "cancelled": 0,
    }  # fmt: skip
    assert batch["seconds_left"] == 0
    results = _results(client, where)
    assert [(r["line"], r["custom_id"], r["state"]) for r in results] == [
        (1, "a", "done"), (2, None, "invalid"), (4, "b", "done"), (5, "c", "failed"), (6, "d", "invalid"),
        (7, "a", "invalid"),
    ]  # fmt: skip
    assert results[0]["result"]["content"] == client.get(f"/v1/edits/{results[0]['id']}").json()["content"]
    assert "Line 2" in results[1]["error"]["detail"]
    assert results[3]["error"]["type"] == "/problems/film-not-found"
    assert "content" in results[4]["error"]["detail"]
    assert "line 1" in results[5]["error"]["detail"]


def test_a_strict_batch_is_refused_whole_and_names_its_bad_lines(client: TestClient) -> None:
    before = client.get("/v1/batches").json()
    answer = client.post("/v1/batches?strict=true", content=_lines(_edit("x"), "[]", {"kind": "poem"}))
    assert answer.status_code == 422
    assert "Line 2" in answer.json()["detail"]
    assert "Line 3" in answer.json()["detail"]
    assert client.get("/v1/batches").json() == before


def test_only_the_first_twenty_bad_lines_are_named(client: TestClient) -> None:
    detail = client.post("/v1/batches?strict=true", content=_lines(*["{"] * 50)).json()["detail"]
    assert detail.count("Line ") == 20


def test_a_batch_without_lines_is_refused(client: TestClient) -> None:
    assert client.post("/v1/batches", content=b"\n\n").status_code == 422


def test_failed_lines_alone_are_run_again(client: TestClient) -> None:
    film = {"id": "brought-later-1999"}
    body = _lines(_edit("a"), {"kind": "review", "film": film, "custom_id": "b", "notes": ["It is slow."]})
    where = client.post("/v1/batches", content=body).headers["location"]
    assert _ended(client, where)["lines"]["failed"] == 1
    first = _results(client, where)[0]["id"]
    record = {"id": film["id"], "title": "Brought Later", "year": 1999}
    assert client.post("/v1/films", json=record).status_code == 201
    assert client.post(f"{where}/retry").json()["retried"] == 1
    assert _ended(client, where)["lines"]["done"] == 2
    assert [r["state"] for r in _results(client, where)] == ["done", "done"]
    assert _results(client, where)[0]["id"] == first
    assert client.post(f"{where}/retry").json()["retried"] == 0


def test_a_paused_batch_starts_nothing_until_it_is_resumed(client: TestClient) -> None:
    body = _lines(*[_edit(f"p{i}") for i in range(40)])
    where = client.post("/v1/batches?concurrency=1", content=body).headers["location"]
    assert client.post(f"{where}/pause").json()["state"] == "paused"
    paused = _ended(client, where, "paused")
    assert paused["lines"]["waiting"] > 0
    assert len(_results(client, where)) == paused["lines"]["done"]
    resumed = client.post(f"{where}/resume", json={"concurrency": 8}).json()
    assert (resumed["state"], resumed["concurrency"]) == ("running", 8)
    assert _ended(client, where)["lines"]["done"] == 40
    assert client.post(f"{where}/pause").status_code == 409


def test_a_cancelled_batch_ends_every_line(client: TestClient) -> None:
    body = _lines(*[_edit(f"c{i}") for i in range(40)])
    where = client.post("/v1/batches?concurrency=2", content=body).headers["location"]
    assert client.delete(where).json()["state"] == "cancelled"
    lines = _ended(client, where, "cancelled")["lines"]
    assert lines["waiting"] == 0
    assert lines["done"] + lines["cancelled"] == 40
    assert client.post(f"{where}/resume").status_code == 409
    assert client.post(f"{where}/retry").status_code == 409


def test_the_same_key_makes_one_batch(client: TestClient) -> None:
    key = {"Idempotency-Key": "once"}
    one = client.post("/v1/batches", content=_lines(_edit("a")), headers=key)
    two = client.post("/v1/batches", content=_lines(_edit("a")), headers=key)
    other = client.post("/v1/batches", content=_lines(_edit("b")), headers=key)
    assert one.json()["id"] == two.json()["id"]
    assert other.status_code == 422
    assert other.json()["errors"][0]["field"] == "Idempotency-Key"


def test_what_a_line_leaves_out_is_taken_from_the_query(client: TestClient) -> None:
    answer = client.post("/v1/batches?kind=edit&model=none", content=_lines({"content": COPY}))
    (result,) = (_ended(client, answer.headers["location"]), _results(client, answer.headers["location"]))[1]
    assert (result["kind"], result["result"]["model"]["name"]) == ("edit", "none")


def test_a_body_over_the_ordinary_limit_is_taken(client: TestClient) -> None:
    filler = [_edit(f"f{i}", content="") | {"content": "", "x": "y" * 1000} for i in range(2100)]
    answer = client.post("/v1/batches", content=_lines(*filler))
    assert answer.status_code == 201
    assert answer.json()["lines"]["invalid"] == 2100


def test_an_unknown_batch_is_said_so(client: TestClient) -> None:
    for answer in (
        client.get("/v1/batches/x"),
        client.get("/v1/batches/x/results"),
        client.delete("/v1/batches/x"),
    ):
        assert answer.status_code == 404
