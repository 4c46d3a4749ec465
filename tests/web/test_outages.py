"""A real process: a database that goes away and comes back, and SIGTERM while requests are answered."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.postgres import NoPostgres, running_postgres
from tests.fakes.stub_openai import Scripted, StubServer

pytestmark = pytest.mark.timeout(400)  # of a machine that does much else at the time

DRAFT = {
    "film": {"title": "Roma", "year": 2018},
    "notes": ["slow and worth it", "the beach scene is one shot"],
}


@contextmanager
def serving(home: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve in a process of its own; give the process and its address."""
    told = home / "serve.log"
    known = {"FINECUT_HOME": str(home), "FINECUT_DATABASE_URL": "", "FINECUT_MODEL": "none", **environment}
    command = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
    with told.open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **known}, stderr=log, stdout=log, text=True, cwd=Path.cwd()
        )
    try:
        yield process, _address(told, process)
    finally:
        process.kill()
        process.wait(20)


def _address(told: Path, process: subprocess.Popen[str]) -> str:
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline and process.poll() is None:
        at = re.search(r"http://[\d.]+:\d+", told.read_text(encoding="utf-8"))
        if at and _status(f"{at[0]}/healthz") == 200:
            return at[0]
        time.sleep(0.05)
    raise AssertionError(told.read_text(encoding="utf-8"))


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _post(url: str, *, prefer: str = "wait=60") -> tuple[int, dict[str, Any]]:
    headers = {"Content-Type": "application/json", "Prefer": prefer}
    request = urllib.request.Request(f"{url}/v1/reviews", json.dumps(DRAFT).encode(), headers)
    with urllib.request.urlopen(request, timeout=200) as answer:
        return answer.status, json.load(answer)


def _get(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=30) as answer:
        got: dict[str, Any] = json.load(answer)
        return got


def _until(condition: Callable[[], object], seconds: float = 150) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def _model(stub: StubServer) -> dict[str, str]:
    return {"FINECUT_MODEL": "openai:stub-70b", "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": stub.url}


def test_sigterm_lets_a_request_in_flight_be_answered_and_takes_no_new_one(tmp_path: Path) -> None:
    gate = threading.Event()
    with (
        StubServer(Scripted(), gate=gate) as stub,
        serving(tmp_path, **_model(stub)) as (process, url),
        ThreadPoolExecutor(1) as pool,
    ):
        answer = pool.submit(_post, url)
        _until(lambda: stub.requests)
        process.send_signal(signal.SIGTERM)
        _until(lambda: _status(f"{url}/healthz") == 0)
        assert process.poll() is None
        gate.set()
        status, review = answer.result(200)
        assert (status, review["film"]["title"]) == (201, "Roma")
        assert process.wait(150) in (0, -signal.SIGTERM)


def test_what_sigterm_cuts_off_goes_on_at_the_next_start_without_a_call_made_twice(tmp_path: Path) -> None:
    shut = threading.Event()
    with StubServer(Scripted(), Scripted(hang=True)) as stub:
        with serving(tmp_path, **_model(stub)) as (process, url):
            status, job = _post(url, prefer="respond-async")
            assert status == 202
            _until(lambda: len(stub.requests) == 2)
            process.send_signal(signal.SIGTERM)
            assert process.wait(150) in (0, -signal.SIGTERM)
        first = stub.requests[0]["messages"]
    with StubServer(Scripted(), gate=shut) as stub, serving(tmp_path, **_model(stub)) as (process, url):
        shut.set()
        _until(lambda: _get(f"{url}/v1/jobs/{job['id']}")["state"] == "done")
        assert stub.requests
        assert first not in [asked["messages"] for asked in stub.requests]


def test_a_database_that_is_away_is_said_so_and_comes_back_by_itself(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install finecut[postgres])")
    try:
        with (
            running_postgres() as postgres,
            serving(tmp_path, FINECUT_DATABASE_URL=postgres.url) as (process, url),
        ):
            assert _status(f"{url}/readyz") == 200
            postgres.stop()
            assert _status(f"{url}/readyz") == 503
            assert _status(f"{url}/v1/films/roma-2018") == 503
            assert _status(f"{url}/healthz") == 200
            postgres.restart()
            _until(lambda: _status(f"{url}/readyz") == 200)
            assert _status(f"{url}/v1/films/roma-2018") == 200
            assert process.poll() is None
    except NoPostgres as missing:
        pytest.skip(str(missing))
