"""`finecut films import`, killed and given again; `benchmarks/kill_import.py` does it for longer."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.imdb_files import generate
from benchmarks.kill_import import killed, state, whole

TITLES = 5000  # three batches


def test_an_import_killed_twice_ends_as_one_that_was_not(tmp_path: Path) -> None:
    generate(tmp_path / "files", TITLES)
    seconds = whole(tmp_path / "files", tmp_path / "whole")
    chance = random.Random()
    for _ in range(2):
        killed(tmp_path / "files", tmp_path / "killed", seconds * chance.uniform(0.3, 1.0))
    whole(tmp_path / "files", tmp_path / "killed")
    assert state(tmp_path / "killed") == state(tmp_path / "whole")
