"""Killing `finecut films import` at random moments: whether anything is lost or doubled.

    python -m benchmarks.kill_import [KILLS [TITLES]]

Imports a generated file set once without a kill, and with KILLS (20) times SIGKILL, the same command
given again after each; the two databases must hold the same films in the same order and the same index.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.command_line import command_line
from benchmarks.imdb_files import generate

State = tuple[list[tuple[str, str, str]], list[tuple[int, bytes]]]


def start(folder: Path, home: Path) -> subprocess.Popen[bytes]:
    """Start the import as a user does."""
    environment = {**os.environ, "FINECUT_HOME": str(home), "FINECUT_MODEL": "none"}
    environment.pop("FINECUT_DATABASE_URL", None)
    command = [sys.executable, "-c", "from service.cli import main; main()", "films", "import", str(folder)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def whole(folder: Path, home: Path) -> float:
    """Import to the end; return the seconds that it took."""
    began = time.monotonic()
    with start(folder, home) as process:
        code = process.wait()
    assert code == 0, f"the import ended with {code}"
    return time.monotonic() - began


def killed(folder: Path, home: Path, after: float) -> bool:
    """Import and kill it after so many seconds; return whether it had not ended by then."""
    with start(folder, home) as process:
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
    return False


def state(home: Path) -> State:
    """Return what a database holds: the films in the order of their numbers, and the index of titles."""
    with sqlite3.connect(home / "finecut.db") as database:
        films = database.execute("SELECT id, titles, record FROM films ORDER BY number").fetchall()
        buckets = database.execute("SELECT bucket, entries FROM title_buckets ORDER BY bucket").fetchall()
        (left,) = database.execute(
            "SELECT (SELECT count(*) FROM new_title_entries) + (SELECT count(*) FROM imports)"
        ).fetchone()
    assert left == 0, "the import left something to do"
    return films, buckets


def main() -> None:
    """Kill and print."""
    parser = command_line("kill_import", __doc__)
    parser.add_argument("kills", type=int, nargs="?", default=20)
    parser.add_argument("titles", type=int, nargs="?", default=30_000)
    given = parser.parse_args()
    kills, titles = given.kills, given.titles
    folder = Path(tempfile.mkdtemp(prefix="finecut-kill-"))
    generate(folder / "files", titles)
    seconds = whole(folder / "files", folder / "whole")
    expected = state(folder / "whole")
    chance = random.Random()
    hit = rounds = 0
    while hit < kills:
        rounds += 1
        home = folder / f"killed-{rounds}"
        for _ in range(4):
            hit += killed(folder / "files", home, seconds * chance.uniform(0.1, 1.0))
        whole(folder / "files", home)
        assert state(home) == expected, f"round {rounds} differs: {home}"
        print(f"round {rounds}: {hit} kills so far, {len(expected[0])} films as without a kill", flush=True)


if __name__ == "__main__":
    main()
