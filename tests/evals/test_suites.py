from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from evals.suites import SUITES
from evals.suites.hostile import FAITHFUL, PROPOSALS
from evals.suites.hostile import tasks as hostile_tasks
from service.cli import evaluating
from service.cli.main import app
from service.cli.suites import SUITES as COMMANDS
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


def test_a_suite_that_is_not_there_is_refused(tmp_path: Path) -> None:
    code, _ = finecut("run", "charm", "--out", tmp_path)
    assert code == 2


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    assert finecut("run", "articles", "--data", tmp_path, "--out", tmp_path / "out")[0] == 2


def test_processes_that_ask_a_model_share_its_quota() -> None:
    whole = ModelConfig(model="openai:any", calls_per_minute=60, tokens_per_minute=0)
    one = evaluating._shared(whole, 4)
    assert (one.calls_per_minute, one.tokens_per_minute) == (15, 0)
    assert evaluating._shared(whole, 100).calls_per_minute == 1
