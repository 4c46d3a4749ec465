"""`finecut batch --via provider`, killed while the provider works and run again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.cli.main import app
from tests.fakes.stub_batch_api import StubBatchApi

LINES: list[dict[str, Any]] = [
    {
        "kind": "review",
        "custom_id": title,
        "film": {"title": title},
        "notes": ["slow and worth it", "a quiet end"],
    }
    for title in ("Roma", "Alien")
]


def _command(stub: StubBatchApi, folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "FINECUT_HOME": str(folder / "home"),
        "FINECUT_DATABASE_URL": "",
        "FINECUT_MODEL": "openai:gpt-4o",
        "FINECUT_BATCH_POLL": "1",
        "OPENAI_API_KEY": "k",
        "OPENAI_BASE_URL": stub.url,
    }
    command = [
        sys.executable,
        "-c",
        "from service.cli import main; main()",
        "batch",
        str(folder / "in.jsonl"),
    ]
    command += ["--out", str(folder / "out.jsonl"), "--via", "provider"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


def _asked(stub: StubBatchApi) -> Counter[str]:
    return Counter(json.dumps(line["body"], sort_keys=True) for lines in stub.sent for line in lines)


@pytest.mark.timeout(300)
def test_a_killed_batch_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(x) + "\n" for x in LINES), encoding="utf-8")
    with StubBatchApi() as stub:
        stub.looks = 10**6
        with _command(stub, tmp_path) as first:
            while not stub.sent and first.poll() is None:
                time.sleep(0.05)
            first.kill()
        stub.looks = 0
        with _command(stub, tmp_path) as second:
            assert second.wait() == 0
        assert [len(lines) for lines in stub.sent[:2]] == [2, 2]
        assert set(_asked(stub).values()) == {1}
    results = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(r["custom_id"], r["state"]) for r in results] == [("Roma", "done"), ("Alien", "done")]
    asks = sum(r["result"]["usage"]["calls"] for r in results)
    assert asks == sum(_asked(stub).values())


def test_a_model_without_a_batch_api_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINECUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FINECUT_MODEL", "none")
    (tmp_path / "in.jsonl").write_text(json.dumps(LINES[0]) + "\n", encoding="utf-8")
    ran = CliRunner().invoke(app, ["batch", str(tmp_path / "in.jsonl"), "--via", "provider"])
    assert ran.exit_code != 0
    assert "no Batch API" in ran.stderr
    ran = CliRunner().invoke(app, ["batch", str(tmp_path / "in.jsonl"), "--via", "carrier pigeon"])
    assert (ran.exit_code, "calls, provider" in ran.stderr) == (2, True)
