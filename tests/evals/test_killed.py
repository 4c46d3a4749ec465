"""A run that is killed in the middle and started again ends as one that was not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from service.evaluation.results import load_results
from service.evaluation.run import FEW, ITEMS
from tests.conftest import ROOT

COMMAND = "from service.cli import main; main()"
TEXTS, ENOUGH = FEW + 4, 3  # enough for processes of their own; what is left after the kill needs none


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    sources = [p.read_text("utf-8") for p in sorted((ROOT / "evals" / "data" / "seo").glob("*.md"))]
    file = tmp_path / "copies.jsonl"
    rows = ({"id": str(i), "text": f"{sources[i % len(sources)]}\n\nCopy {i}."} for i in range(TEXTS))
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def started(lines: Path, out: Path, jobs: int = 2) -> subprocess.Popen[bytes]:
    words = ["eval", "run", "articles", "--data", str(lines), "--out", str(out), "--jobs", str(jobs)]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def done(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def lasting(results: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in results.items() if name not in {"seconds", "finished"}}


@pytest.mark.timeout(300)
def test_a_run_killed_in_the_middle_goes_on_and_ends_the_same(lines: Path, tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    with started(lines, killed) as process:
        while done(killed / ITEMS) < ENOUGH:
            assert process.poll() is None, "the run ended before it could be killed"
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        # Its workers hold the pipe: that it closes is that they are gone.
        process.communicate()
    kept = done(killed / ITEMS)
    assert kept < TEXTS
    assert not (killed / "results.json").exists()
    for out in (killed, whole):
        with started(lines, out, jobs=1) as process:
            process.communicate()
            assert process.returncode == 0
    assert lasting(load_results(killed)) == lasting(load_results(whole))
    assert done(killed / ITEMS) == TEXTS
