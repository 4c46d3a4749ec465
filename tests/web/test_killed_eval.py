"""`/v1/evals` in a process of its own that is killed in the middle and started again."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from service.evaluation.run import ITEMS
from tests.conftest import ROOT
from tests.fakes.stub_openai import Scripted, StubServer
from tests.web.test_outages import _get, _model, _until, serving

pytestmark = pytest.mark.timeout(400)  # of a machine that does much else at the time

COPIES = [p.read_text("utf-8") for p in sorted((ROOT / "evals" / "data" / "seo").glob("*.md"))]
MARK = 12.5  # a score that none of the articles has


def started(url: str, suite: str, contents: list[str]) -> str:
    body = {"suite": suite, "articles": [{"id": f"a{i}", "content": c} for i, c in enumerate(contents)]}
    headers = {"Content-Type": "application/json", "Prefer": "respond-async"}
    request = urllib.request.Request(f"{url}/v1/evals", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 202
        return str(json.load(answer)["id"])


def ended(url: str, name: str) -> dict[str, Any]:
    _until(lambda: _get(f"{url}/v1/evals/{name}")["state"] == "done")
    return _get(f"{url}/v1/evals/{name}")


def items(url: str, name: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{url}/v1/evals/{name}/items", timeout=60) as answer:
        return [json.loads(line) for line in answer.read().splitlines()]


def test_what_was_measured_and_asked_before_the_kill_stands_and_nothing_is_there_twice(
    tmp_path: Path,
) -> None:
    copies = [c for c in COPIES if "moonlight" in c.lower() or "harbour" in c.lower()][:2]
    articles = ["\n\n".join([*COPIES[i % 20 : i % 20 + 3], f"Number {i}."]) for i in range(40)]
    said = Scripted('{"rewrites": []}')
    with (
        StubServer(said, said, Scripted(hang=True)) as stub,
        serving(tmp_path, **_model(stub)) as (process, url),
    ):
        edits = started(url, "edits", copies)
        _until(lambda: len(stub.requests) == 3)
        measures = started(url, "articles", articles)
        _until(lambda: sum(p.read_bytes().count(b"\n") for p in tmp_path.glob(f"evals/*/{ITEMS}")) > 2)
        process.kill()
        process.wait(60)
        answered = [asked["messages"] for asked in stub.requests[:2]]
    marked = with_a_mark(tmp_path, len(articles))
    with StubServer(said) as stub, serving(tmp_path, **_model(stub)) as (_, url):
        assert ended(url, edits)["results"]["states"] == {"measured": len(copies)}
        asked = [request["messages"] for request in stub.requests]
        assert asked
        assert not [messages for messages in answered if messages in asked]
        assert ended(url, measures)["results"]["states"] == {"measured": len(articles)}
        found = items(url, measures)
        assert len(found) == len(articles) == len({i["id"] for i in found})
        assert [i["id"] for i in found if i["measures"]["score"] == MARK] == [marked]
        assert len(_get(f"{url}/v1/evals")["evals"]) == 2
    assert not list(tmp_path.glob("evals/*"))


def with_a_mark(home: Path, of: int) -> str:
    """Mark the first of the items that the killed run kept, which must be some but not all; return its id."""
    (kept,) = home.glob(f"evals/*/{ITEMS}")
    lines = kept.read_bytes().splitlines(keepends=True)
    assert 0 < len(lines) < of
    first = json.loads(lines[0])
    first["measures"]["score"] = MARK
    kept.write_bytes(json.dumps(first).encode() + b"\n" + b"".join(lines[1:]))
    return str(first["id"])
