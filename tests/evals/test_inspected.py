"""Suites under Inspect: what cannot be measured stays in the count; Inspect would drop it from its means."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

INSPECT = "from inspect_ai._cli.main import main; main()"  # as the command `inspect` does


def test_an_article_without_words_is_counted_as_not_measured(tmp_path: Path) -> None:
    texts, logs = tmp_path / "texts", tmp_path / "logs"
    texts.mkdir()
    for name, text in (("a", "A lake at night. Nobody speaks."), ("b", "A ferry."), ("empty", "")):
        (texts / f"{name}.md").write_text(text)
    task = f"{ROOT / 'evals' / 'suites' / 'tasks.py'}@articles"
    options = [
        "--model",
        "mockllm/model",
        "--log-format",
        "json",
        "--log-dir",
        str(logs),
        "--display",
        "none",
    ]
    done = subprocess.run(
        [sys.executable, "-c", INSPECT, "eval", task, "-T", f"folder={texts}", *options],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (log,) = (json.loads(p.read_text("utf-8")) for p in logs.glob("*.json"))
    means = {s["name"]: s["metrics"]["mean"]["value"] for s in log["results"]["scores"]}
    assert log["status"] == "success"
    assert means["measured"] == pytest.approx(2 / 3)
    assert means["score"] == 100
