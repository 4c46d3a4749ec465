"""A Postgres server of one's own, in a temporary folder: for measurements and for the tests of the store."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("/usr/lib/postgresql",)


class NoPostgres(Exception):
    """Postgres cannot be started here; the message says why."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server that `running_postgres` started."""

    port: int
    _control: tuple[str, ...]

    @property
    def url(self) -> str:
        """Return the URL of its database."""
        return f"postgresql://finecut@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """Stop it at once; `restart` brings it back."""
        _run([*self._control, "-m", "immediate", "stop"])

    def restart(self) -> None:
        """Stop it at once, which breaks every connection, and start it again."""
        _run([*self._control, "-m", "immediate", "restart"])


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server and stop it at the end. Raises NoPostgres."""
    programs = _programs()
    if programs is None:
        raise NoPostgres("no Postgres on this machine (initdb and pg_ctl were not found)")
    home = Path(tempfile.mkdtemp(prefix="finecut-postgres-"))
    port = _free_port()
    as_user = _as_unprivileged(home)
    _run([*as_user, str(programs / "initdb"), "-D", str(home / "db"), "-U", "finecut", "-A", "trust", "-N"])
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = (*as_user, str(programs / "pg_ctl"), "-D", str(home / "db"), "-w", "-l", str(home / "log"))
    _run([*control, "-o", options, "start"])
    try:
        yield Postgres(port, control)
    finally:
        _run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path | None:
    for folder in FOLDERS:
        for found in sorted(Path(folder).glob("*/bin/pg_ctl"), reverse=True):
            return found.parent
    found_in_path = shutil.which("pg_ctl")
    return Path(found_in_path).resolve().parent if found_in_path else None


def _as_unprivileged(folder: Path) -> list[str]:
    """Return the words that run a command as a user whom Postgres accepts: it refuses root."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("runuser"):
        raise NoPostgres("Postgres does not run as root, and runuser was not found")
    subprocess.run(["chown", "-R", "postgres", str(folder)], check=True)
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(command: list[str]) -> None:
    # Not into pipes: the server keeps them, and the reader would wait for its end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, check=False, timeout=60, cwd="/")
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{command} failed:\n{said.read().decode(errors='replace')}")
