"""`finecut jobs`, beside a service on the same database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from tests.cli.test_batching import _batch, _unbind_logs, _written


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FINECUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FINECUT_MODEL", "none")
    monkeypatch.delenv("FINECUT_DATABASE_URL", raising=False)
    yield
    _unbind_logs()


def _jobs(*arguments: str) -> Result:
    _unbind_logs()
    return CliRunner().invoke(app, ["jobs", *arguments])


def test_what_a_batch_ran_is_listed_and_shown_and_what_has_ended_is_not_cancelled(tmp_path: Path) -> None:
    copies = [{"content": "It is very, very good."}, {"content": "Its ending is quiet."}]
    assert _batch(_written(tmp_path / "in.jsonl", copies), "--out", tmp_path / "out.jsonl").exit_code == 0
    listed = json.loads(_jobs("list", "--state", "done", "--json").stdout)
    assert [(job["kind"], job["state"]) for job in listed] == [("edit", "done")] * 2
    assert _jobs("list").stdout.count("\tedit\tdone\t") == 2
    assert "no such jobs" in _jobs("list", "--kind", "review").output
    shown = _jobs("show", listed[0]["id"])
    assert f"GET /v1/edits/{listed[0]['id']}" in shown.output
    assert "has ended already: it is done" in _jobs("cancel", listed[0]["id"]).output


def test_what_is_not_there_is_said_with_the_way_to_what_is() -> None:
    assert "There are no jobs." in _jobs("list").output
    missing = _jobs("show", "nothing")
    assert missing.exit_code == 2
    assert "finecut jobs list" in missing.output
    assert "There are: review, edit, eval." in _jobs("list", "--kind", "film").output
