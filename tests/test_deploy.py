"""The files of `deploy/`: they read, and what they name exists."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from service.cli.main import COMMANDS
from service.settings import Settings
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
KNOWN = {
    field.validation_alias if isinstance(field.validation_alias, str) else f"FINECUT_{name.upper()}"
    for name, field in Settings.model_fields.items()
}


@pytest.mark.parametrize("unit", UNITS, ids=lambda p: p.name)
def test_a_unit_names_known_settings_and_a_command_that_there_is(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert set(re.findall(r"\b([A-Z][A-Z_]+)=/?\w", text.split("Environment=")[1].split("\n")[0])) <= KNOWN
    assert re.findall(r"^ExecStart=\S+/finecut (\w+)", text, re.MULTILINE)[0] in COMMANDS
    assert re.findall(r"^WorkingDirectory=(.*)$", text, re.MULTILINE) == ["/var/lib/finecut"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda p: p.name)
def test_systemd_takes_the_unit(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    # What it starts need not be installed here.
    there = re.sub(
        r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    copy = tmp_path / unit.name
    copy.write_text(re.sub(r"^Documentation=.*\n", "", there, flags=re.MULTILINE), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if unit.name in line or "finecut" in line.lower()]
    assert (done.returncode, told) == (0, []), done.stderr


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_compose_starts_a_server_a_worker_and_their_database(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"finecut", "worker", "database"}
    assert {services[n]["command"][0] for n in ("finecut", "worker")} <= COMMANDS.keys()
    for name in ("finecut", "worker"):
        assert set(services[name]["environment"]) <= KNOWN
        assert "exec /venv/bin/finecut" in services[name]["entrypoint"][2]
    named = {v.partition(":")[0] for s in services.values() for v in s["volumes"]} - {".."}
    assert named == set(compose["volumes"])
    waits_for = {n for s in services.values() for n in s.get("depends_on", {})}
    assert all("healthcheck" in services[name] for name in waits_for)


def test_compose_publishes_on_loopback_alone_and_holds_no_secret(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        for name, value in service["environment"].items():
            if any(word in name for word in ("PASSWORD", "KEY")):
                assert value.startswith("${"), name


def test_the_entrypoint_is_a_shell_script_that_reads(compose: dict[str, Any]) -> None:
    script = compose["services"]["finecut"]["entrypoint"][2].replace("$$", "$")
    done = subprocess.run(["sh", "-n", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [p.name for p in [*UNITS, DEPLOY / "compose.yaml"]])
def test_every_file_is_documented(name: str) -> None:
    assert f"deploy/{name}" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
