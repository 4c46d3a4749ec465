"""Locks between processes: one is let in, and a lock ends with whoever held it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from service.store import Database, alone
from service.store.locks import locked_file


def test_of_two_the_second_is_not_alone_until_the_first_is_gone(database: Database) -> None:
    with (
        alone(database, "batch-1") as first,
        alone(database, "batch-1") as second,
        alone(database, "batch-2") as other,
    ):
        assert (first, second, other) == (True, False, True)
    with alone(database, "batch-1") as again:
        assert again


def test_a_file_that_was_renamed_meanwhile_is_no_lock_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "out.part"
    with locked_file(path) as first:
        assert first is not None
        path.rename(tmp_path / "out")
        with locked_file(path) as second:
            assert second is not None
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "out.part"
    holding = (
        "import sys, time; from pathlib import Path; from service.store.locks import locked_file\n"
        "with locked_file(Path(sys.argv[1])): print('held', flush=True); time.sleep(100)"
    )
    child = subprocess.Popen([sys.executable, "-c", holding, str(path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    with locked_file(path) as held:
        assert held is None
    child.kill()
    child.communicate()
    with locked_file(path) as held:
        assert held is not None
