"""The gate on a worsened prompt and on a broken gate, few items; `python -m evals.prove_gate` takes all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.obedient_model import NAMED_ONCE, ONCE, ObedientModel, answer
from evals.prove_gate import PROMPT, Tree, copied, main
from service.cli.main import app
from tests.conftest import ROOT

FEW_DRAFTS, FEW_HOSTILE = "2", 4
GATES = str(ROOT / "evals" / "gates.toml")


def finecut(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["eval", *words])
    return done.exit_code, done.output


def gated(folder: Path) -> tuple[int, str]:
    return finecut("gate", str(folder), "--config", GATES)


def drafts(folder: Path, prompts: Path) -> tuple[int, str]:
    """Draft by the obedient model with those prompts, and hold the drafts against the gates."""
    out = str(folder)
    words = ("--model", "openai:obedient", "--prompts", str(prompts), "--out", out, "--limit", FEW_DRAFTS)
    code, said = finecut("run", "drafts", "--jobs", "1", *words)
    assert code == 0, said
    return gated(folder)


def test_a_worsened_prompt_fails_the_gate_that_the_shipped_one_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worse = Tree(tmp_path, "")
    shutil.copytree(ROOT / "prompts", tmp_path / Path(PROMPT).parent)
    worse.worsen_the_prompt()
    with ObedientModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none-needed")
        code, said = drafts(tmp_path / "good", ROOT / "prompts")
        assert code == 0, said
        code, said = drafts(tmp_path / "bad", tmp_path / "prompts")
    assert code == 1, said
    assert "regression  drafts/all: score" in said
    assert "0/0/2 perhaps worse" in finecut("compare", str(tmp_path / "good"), str(tmp_path / "bad"))[1]


@pytest.mark.timeout(300)
def test_a_gate_that_lets_everything_pass_fails_the_gate(tmp_path: Path) -> None:
    tree = copied(tmp_path, "")
    tree.break_the_gate()
    made = tree.finecut("run", "hostile", "--out", "through", "--limit", str(FEW_HOSTILE))
    assert made.code == 0, made.said
    code, said = gated(tmp_path / "through")
    assert code == 1, said
    assert "regression  hostile/proposals: accepted" in said


def test_a_change_that_fits_nowhere_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "prompt.md").write_text("Say each thing once.")
    with pytest.raises(ValueError, match="does not hold once"):
        Tree(tmp_path, "").change("prompt.md", "no such rule", "")


def test_the_obedient_model_keeps_to_the_rules_it_is_given() -> None:
    user = 'The film: "Roma (2018)"\n  n1: "Slow, worth it."\n'
    with_rules = answer("draft_section", f"{NAMED_ONCE}. {ONCE}.", user)["paragraphs"][0]["sentences"]
    without = answer("draft_section", "Write.", user)["paragraphs"][0]["sentences"]
    assert [s["text"] for s in with_rules] == ["Slow, worth it."]
    assert [s["text"] for s in without] == ["In Roma, slow, worth it.", "In other words, slow, worth it."]


def test_help_says_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "must exit 1" in capsys.readouterr().out
