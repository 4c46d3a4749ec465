"""`finecut check --judge`: the model's verdicts, its failures, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.main import app
from tests.fakes.stub_openai import Scripted, StubServer

Run = Callable[..., Result]
SENTENCE = "At under ninety minutes of Korean talk it never drags, some say."
RULING = {
    "number": 1,
    "verdict": "contradicted",
    "field": "film.runtime_minutes",
    "words": "never drags",
    "reason": "The record gives 132 minutes.",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("FINECUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FINECUT_MODEL", "openai:stub")
    monkeypatch.setenv("FINECUT_REACH", "article")
    monkeypatch.setenv("FINECUT_MODEL_RETRIES", "0")
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    monkeypatch.delenv("FINECUT_DATABASE_URL", raising=False)

    def invoke(stub: StubServer, *arguments: object) -> Result:
        monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
        return CliRunner().invoke(app, [str(a) for a in arguments])

    return invoke


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "copy.txt"
    path.write_text("I liked the rain in this one.", encoding="utf-8")
    return path


def ruled(**changes: object) -> Scripted:
    said = {**RULING, "words": "the rain", **changes}
    return Scripted(json.dumps({"rulings": [said]}))


def test_a_judged_contradiction_is_a_finding_and_bears_the_models_name(run: Run, text: Path) -> None:
    with StubServer(ruled()) as stub:
        result = run(stub, "check", text, "--film", "parasite-2019", "--judge")
    assert result.exit_code == 1
    assert "openai:stub says so, not the record's rules" in result.stdout
    assert "its verdicts bear its name" in result.stderr


@pytest.mark.parametrize("answer", [Scripted(status=500), ruled(field="film.budgets"), Scripted("no JSON")])
def test_a_judge_that_fails_is_exit_3_and_no_verdict(run: Run, text: Path, answer: Scripted) -> None:
    with StubServer(answer) as stub:
        result = run(stub, "check", text, "--film", "parasite-2019", "--judge", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["claims"] == []
    assert json.loads(result.stdout)["judge"]["state"] == "failed"


def test_without_the_flag_no_model_is_asked(run: Run, text: Path) -> None:
    with StubServer(ruled()) as stub:
        result = run(stub, "check", text, "--film", "parasite-2019")
        assert (result.exit_code, stub.requests) == (0, [])


def test_a_file_of_claims_is_judged_film_by_film(run: Run, tmp_path: Path) -> None:
    films, claims, out = (tmp_path / n for n in ("films.jsonl", "claims.jsonl", "out.jsonl"))
    films.write_text('{"id": "a", "title": "Alba", "runtime_minutes": 90}\n', encoding="utf-8")
    lines = [{"id": 1, "film_id": "a", "claim": "The rain it is."}]
    claims.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with StubServer(ruled()) as stub:
        result = run(stub, "check", "--films", films, "--claims", claims, "--out", out, "--judge")
    assert result.exit_code == 0, result.stderr
    verdict = json.loads(out.read_text(encoding="utf-8"))
    assert (verdict["verdict"], verdict["decided_by"]) == ("contradicted", "openai:stub")


def test_a_model_without_a_judge_is_wrong_use(run: Run, text: Path) -> None:
    with StubServer(ruled()) as stub:
        result = run(stub, "check", text, "--film", "parasite-2019", "--model", "openai:other")
    assert result.exit_code == 2
    assert "--judge" in result.stderr
