"""`finecut keys`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.access import key_id_of
from service.cli.main import app

RUN = CliRunner()


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FINECUT_HOME", str(tmp_path))
    monkeypatch.setenv("FINECUT_DATABASE_URL", "")
    monkeypatch.chdir(tmp_path)


def test_a_key_is_created_listed_and_revoked() -> None:
    text = RUN.invoke(app, ["keys", "create", "the site", "--scope", "read"]).stdout.strip()
    key_id = key_id_of(text)
    assert key_id is not None
    listed = json.loads(RUN.invoke(app, ["keys", "list", "--json"]).stdout)
    assert [(k["id"], k["name"], k["scope"], k["revoked"]) for k in listed] == [
        (key_id, "the site", "read", None)
    ]
    assert text not in RUN.invoke(app, ["keys", "list"]).output
    assert RUN.invoke(app, ["keys", "revoke", key_id]).exit_code == 0
    assert "revoked" in RUN.invoke(app, ["keys", "list"]).stdout


def test_revoking_what_is_not_there_says_so() -> None:
    answer = RUN.invoke(app, ["keys", "revoke", "nothing"])
    assert answer.exit_code == 2
    assert "no key" in answer.output


def test_a_key_has_a_monthly_budget_and_what_it_spent_is_listed() -> None:
    RUN.invoke(app, ["keys", "create", "the site", "--budget-tokens", "50000", "--budget-usd", "2.5"])
    (listed,) = json.loads(RUN.invoke(app, ["keys", "list", "--json"]).stdout)
    assert listed["budget"] == {"tokens": 50000, "usd": 2.5}
    assert listed["spent_this_month"] == {"calls": 0, "tokens": 0, "usd": 0.0}
    assert "0 of 50,000 tokens, $0.00" in RUN.invoke(app, ["keys", "list"]).stdout
