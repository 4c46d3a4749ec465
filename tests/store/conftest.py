"""A database for the tests of the store: SQLite in a temporary folder, or a Postgres of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.store import Database, SqlFilmStore, open_database
from service.store.tables import METADATA

POSTGRES_FOLDERS = ("/usr/lib/postgresql",)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Postgres server in a temporary folder; skip where its programs are absent."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("no Postgres on this machine (initdb and pg_ctl were not found)")
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install finecut[postgres])")
    folder = tmp_path_factory.mktemp("postgres")
    port = _free_port()
    as_user = _as_unprivileged(folder)
    _run([*as_user, str(programs / "initdb"), "-D", str(folder / "db"), "-U", "finecut", "-A", "trust", "-N"])
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(folder / "db"), "-w"]
    _run([*control, "-o", options, "-l", str(folder / "log"), "start"])
    try:
        yield f"postgresql://finecut@127.0.0.1:{port}/postgres"
    finally:
        _run([*control, "-m", "immediate", "stop"])


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Return an empty database of each kind in turn."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path}/films.db")
    else:
        opened = open_database(request.getfixturevalue("postgres_url"))
        _empty(opened)
    yield opened
    opened.close()


@pytest.fixture
def films(database: Database) -> SqlFilmStore:
    """Return an empty store of films in each kind of database in turn."""
    return SqlFilmStore(database)


def _empty(database: Database) -> None:
    with database.write() as connection:
        names = ", ".join(METADATA.tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def _postgres_programs() -> Path | None:
    for folder in POSTGRES_FOLDERS:
        for found in sorted(Path(folder).glob("*/bin/pg_ctl"), reverse=True):
            return found.parent
    found_in_path = shutil.which("pg_ctl")
    return Path(found_in_path).resolve().parent if found_in_path else None


def _as_unprivileged(folder: Path) -> list[str]:
    """Return the words that run a command as a user whom Postgres accepts: it refuses root."""
    import os

    if os.geteuid() != 0:
        return []
    if not shutil.which("runuser"):
        pytest.skip("Postgres does not run as root, and runuser was not found")
    subprocess.run(["chown", "-R", "postgres", str(folder)], check=True)
    for parent in [folder, *folder.parents][:4]:
        parent.chmod(parent.stat().st_mode | 0o011)
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout}\n{done.stderr}")
