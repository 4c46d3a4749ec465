from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.suites.hostile import FAITHFUL, PROPOSALS
from evals.suites.hostile import tasks as hostile_tasks
from service.cli import evaluating
from service.cli.main import app
from service.cli.suites import SUITES as COMMANDS
from service.evaluation.suites import NAMES as SUITES
from service.llm import ModelConfig
from tests.conftest import ROOT

SEO = ROOT / "evals" / "data" / "seo"
COMMAND = CliRunner()


def finecut(*words: str | Path) -> tuple[int, str]:
    done = COMMAND.invoke(app, ["eval", *map(str, words)])
    return done.exit_code, done.output


def test_every_suite_is_a_command_a_task_and_documented() -> None:
    source = (ROOT / "evals" / "suites" / "tasks.py").read_text("utf-8")
    page = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    assert set(COMMANDS) == set(SUITES)
    for name in SUITES:
        assert f"@task\ndef {name}(" in source
        assert f"| `{name}` |" in page


def test_hostile_has_both_halves() -> None:
    assert {t.group for t in hostile_tasks()} == {PROPOSALS, FAITHFUL}


def test_articles_edits_and_their_comparison(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for suite, out in (("articles", before), ("edits", after)):
        code, said = finecut("run", suite, "--data", SEO, "--out", out, "--limit", "5", "--jobs", "1")
        assert code == 0, said
        assert json.loads((out / "results.json").read_text("utf-8"))["states"] == {"measured": 5}
    code, said = finecut("compare", before, after, "--html", tmp_path / "c.html")
    assert code == 0
    assert "5 items in both" in said
    assert "<table>" in (tmp_path / "c.html").read_text("utf-8")
    assert finecut("report", before)[0] == 0


def test_a_gate_exits_by_what_it_found(tmp_path: Path) -> None:
    finecut("run", "articles", "--data", SEO, "--out", tmp_path, "--limit", "4", "--jobs", "1")
    gates = tmp_path / "g.toml"
    for bound, code in (("mean_at_least = 0", 0), ("mean_at_least = 100", 1)):
        gates.write_text(f"[[gate]]\nmeasure = 'score'\n{bound}\n", encoding="utf-8")
        assert finecut("gate", tmp_path, "--config", gates, "--junit", tmp_path / "j.xml")[0] == code
    gates.write_text("[[gate]]\nmeasure = 'judge'\nmean_at_least = 3\n", encoding="utf-8")
    assert finecut("gate", tmp_path, "--config", gates)[0] == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("charm",), "There is no suite 'charm'"),
        (("articles",), "Say which articles"),
        (("articles", "--data", "nowhere"), "nowhere cannot be read"),
        (("articles", "--data", "."), "There is no text"),
        (("articles", "--data", "one.txt", "--model", "openai:any"), "--model does nothing for the suite"),
        (("articles", "--data", "one.txt", "--judge", "none"), "cannot judge"),
        (("articles", "--data", "one.txt", "--out", "one.txt"), "cannot be made"),
        (("claims", "--data", "a", "--data", "b"), "Give --data once"),
        (("claims", "--data", ".", "--judge", "openai:any"), "no texts to judge"),
        (("drafts", "--urls", "list.txt"), "--urls does nothing for the suite 'drafts'"),
        (("articles", "--urls", "list.txt"), "is no http address"),
        (("articles", "--data", "bad.jsonl"), "bad.jsonl: 3 of 4 lines (2, 3, 4)"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = tmp_path if "." not in words else tmp_path.parent / f"{tmp_path.name}-texts"
    texts.mkdir(exist_ok=True)
    (texts / "one.txt").write_text("A lake at night.")
    (texts / "list.txt").write_text("ftp://films.example/a\n")
    (texts / "bad.jsonl").write_text('{"text": "A lake."}\n{"text": null}\n["A lake."]\n{\n')
    code, output = finecut("run", *words)
    assert (code, said in " ".join(output.split())) == (2, True), output


def test_a_text_without_words_failed_and_costs_the_others_nothing(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"text": "A lake at night.", "film": "No Such Film"}\n{"text": ""}\n')
    code, said = finecut("run", "articles", "--data", lines, "--out", tmp_path / "out")
    assert (code, "a: 1 of 2 measured" in said, "'No Such Film'" in said) == (0, True, True), said


def test_a_judge_or_provider_that_fails_is_exit_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{nobody.getsockname()[1]}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "none-needed")
        monkeypatch.setenv("FINECUT_MODEL_RETRIES", "0")
        given = ("--data", SEO / "padded-moonlight.md", "--jobs", "1")
        code, said = finecut("run", "articles", *given, "--out", tmp_path / "a", "--judge", "openai:gone")
        assert (code, "failed. 75 of 75 judgements are missing" in said) == (3, True), said
        assert "articles: 1 of 1 measured" in said or "seo: 1 of 1 measured" in said
        code, said = finecut("run", "edits", *given, "--out", tmp_path / "e", "--model", "openai:gone")
        assert (code, "the model's provider failed" in said) == (3, True), said
    gates = ("--config", ROOT / "evals" / "gates.toml")
    code, said = finecut("gate", tmp_path / "e", *gates)
    assert (code, "regression" in said) == (3, False), said


def test_ctrl_c_says_that_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, told: Callable[[int, int], None], **__: object) -> None:
        told(0, 2)
        told(1, 2)
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluating, "evaluate", stopped)
    monkeypatch.setattr(evaluating, "LINE_SECONDS", -1.0)
    code, said = finecut("run", "articles", "--data", SEO, "--out", tmp_path / "out")
    assert code == 130
    assert "articles: 1 of 2\nStopped. What was done is kept" in said


def test_a_place_that_cannot_be_written_is_wrong_use_and_no_regression(tmp_path: Path) -> None:
    finecut("run", "articles", "--data", SEO / "padded-moonlight.md", "--out", tmp_path / "a")
    gates = tmp_path / "g.toml"
    gates.write_text("[[gate]]\nmeasure = 'score'\nmean_at_least = 0\n", encoding="utf-8")
    nowhere = tmp_path / "no folder" / "x"
    assert finecut("gate", tmp_path / "a", "--config", gates, "--junit", nowhere)[0] == 2
    code, said = finecut("compare", tmp_path / "a", tmp_path / "a", "--html", nowhere)
    assert (code, "cannot be used" in said) == (2, True), said


def test_processes_that_ask_a_model_share_its_quota() -> None:
    whole = ModelConfig(model="openai:any", calls_per_minute=60, tokens_per_minute=0)
    one = evaluating._shared(whole, 4)
    assert (one.calls_per_minute, one.tokens_per_minute) == (15, 0)
    assert evaluating._shared(whole, 100).calls_per_minute == 1
