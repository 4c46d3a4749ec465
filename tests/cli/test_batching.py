"""`finecut batch` as a user types it, stopped and killed on the way."""

from __future__ import annotations

import json
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from service.store.locks import locked_file
from tests.fakes.stub_openai import Scripted, StubServer

COPY = "The film is very, very good. The film is very, very good. Its ending is quiet."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FINECUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FINECUT_MODEL", "none")
    monkeypatch.delenv("FINECUT_DATABASE_URL", raising=False)
    yield tmp_path / "home"
    _unbind_logs()


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return _written(tmp_path / "in.jsonl", [{"custom_id": f"c{i}", "content": COPY} for i in range(6)])


def _written(file: Path, lines: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def _unbind_logs() -> None:
    logging.getLogger("dbos").handlers.clear()  # they write to the stderr of a runner that is closed


def _batch(*arguments: object) -> Result:
    _unbind_logs()
    return CliRunner().invoke(app, ["batch", "--kind", "edit", *[str(a) for a in arguments]])


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_every_line_comes_back_in_order(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = _batch(lines, "--out", out)
    assert done.exit_code == 0, done.output
    assert [r["custom_id"] for r in _read(out)] == [f"c{i}" for i in range(6)]
    assert {r["state"] for r in _read(out)} == {"done"}
    assert "6 of 6 lines" in done.stderr


def test_the_same_command_again_makes_nothing_twice(lines: Path, tmp_path: Path) -> None:
    assert _batch(lines, "--out", tmp_path / "one").exit_code == 0
    assert _batch(lines, "--out", tmp_path / "two").exit_code == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_output_that_another_process_writes_is_refused(lines: Path, tmp_path: Path) -> None:
    with locked_file(tmp_path / "out.jsonl.part"):
        done = _batch(lines, "--out", tmp_path / "out.jsonl")
    assert (done.exit_code, (tmp_path / "out.jsonl").exists()) == (2, False)
    assert "Another process writes to" in done.stderr


def test_a_batch_that_another_process_runs_is_refused(lines: Path, tmp_path: Path, home: Path) -> None:
    assert _batch(lines, "--out", tmp_path / "one").exit_code == 0
    with closing(sqlite3.connect(home / "finecut.db")) as database:
        (batch_id,) = database.execute("SELECT id FROM batches").fetchone()
    with locked_file(home / f"finecut.db.batch-{batch_id}.lock"):
        done = _batch(lines, "--out", tmp_path / "two")
    assert (done.exit_code, (tmp_path / "two").exists()) == (2, False)
    assert "running in another process" in done.stderr
    assert [file.name for file in home.glob("*.lock")] == []


def test_failed_lines_are_told_by_the_exit_code_and_run_again_on_request(tmp_path: Path) -> None:
    film = {"id": "brought-later-1999"}
    file = _written(
        tmp_path / "in", [{"content": COPY}, {"kind": "review", "film": film, "notes": ["Slow."]}]
    )
    failed = _batch(file, "--out", tmp_path / "out")
    assert failed.exit_code == 1, failed.output
    assert "Line 2: " in failed.stderr
    assert [r["state"] for r in _read(tmp_path / "out")] == ["done", "failed"]
    record = _written(tmp_path / "film.jsonl", [{**film, "title": "Brought Later", "year": 1999}])
    imported = CliRunner().invoke(app, ["films", "import", str(record)])
    assert imported.exit_code == 0, imported.output
    assert _batch(file, "--out", tmp_path / "out").exit_code == 1
    assert _batch(file, "--out", tmp_path / "out", "--retry").exit_code == 0
    assert [r["state"] for r in _read(tmp_path / "out")] == ["done", "done"]


@pytest.mark.parametrize("content", ["", "{\n"])
def test_a_strict_file_that_does_not_read_is_a_usage_error(content: str, tmp_path: Path) -> None:
    (tmp_path / "in").write_text(content, encoding="utf-8")
    assert _batch(tmp_path / "in", "--strict").exit_code == 2


def test_a_provider_that_is_out_pauses_the_batch_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = {"id": "known-1999", "title": "Known", "year": 1999}
    record = _written(tmp_path / "film.jsonl", [film])
    assert CliRunner().invoke(app, ["films", "import", str(record)]).exit_code == 0
    asks = [{"kind": "review", "film": {"id": film["id"]}, "notes": [f"Note {i}."]} for i in range(30)]
    file = _written(tmp_path / "in", asks)
    monkeypatch.setenv("FINECUT_MODEL", "openai:gpt-test")
    monkeypatch.setenv("FINECUT_MODEL_RETRIES", "0")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    with StubServer(
        Scripted(status=401, error={"message": "no such key", "code": "invalid_api_key"})
    ) as stub:
        monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
        done = _batch(file, "--out", tmp_path / "out", "--concurrency", 2)
    assert done.exit_code == 3, done.output
    states = Counter(r["state"] for r in _read(tmp_path / "out"))
    assert 10 <= states["failed"] < 30
    assert "paused (provider" in done.stderr


def test_a_killed_batch_goes_on_where_it_was(home: Path, tmp_path: Path) -> None:
    """Killed with -9 twice on its way; at last every line is done, each by one run."""
    file = _written(tmp_path / "in", [{"content": f"{COPY} It runs {i} minutes."} for i in range(24)])
    command = [
        sys.executable,
        "-c",
        "from service.cli import main; main()",
        "batch",
        str(file),
        "--kind",
        "edit",
        "--out",
    ]
    for kill_after in (3, 12):
        child = subprocess.Popen([*command, str(tmp_path / "out")], stderr=subprocess.DEVNULL, env=os.environ)
        try:
            while _done(home) < kill_after and child.poll() is None:
                time.sleep(0.02)
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
    finished = subprocess.run(
        [*command, str(tmp_path / "out")], capture_output=True, text=True, check=False, timeout=100
    )
    assert finished.returncode == 0, finished.stderr
    results = _read(tmp_path / "out")
    assert [(r["line"], r["state"]) for r in results] == [(i, "done") for i in range(1, 25)]
    with closing(sqlite3.connect(home / "finecut.db")) as database:
        assert database.execute("SELECT count(*) FROM edits").fetchone() == (24,)


def _done(home: Path) -> int:
    if not (home / "finecut.db").exists():
        return 0
    with closing(sqlite3.connect(home / "finecut.db", timeout=10)) as database:
        try:
            row = database.execute("SELECT count(*) FROM batch_lines WHERE state = 'done'").fetchone()
        except sqlite3.OperationalError:  # the tables are still to be made
            return 0
    return int(row[0])
