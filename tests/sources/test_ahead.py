"""A large source is read in a process of its own, with the same outcome."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.imdb_files import generate
from service.errors import FinecutError
from service.sources import ahead, read_records, records_ahead


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("imdb")
    generate(made, 3000)
    with (made / "title.basics.tsv").open("a", encoding="utf-8") as out:
        out.write("tt9999999\tmovie\ttoo\tfew\n")
    return made


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, value in {"LARGE": 0, "AHEAD": 1, "BLOCK": 1}.items():
        monkeypatch.setattr(ahead, limit, value)


def readers() -> list[int]:
    """Return the processes started from here that read a source."""
    command = ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "service.sources" in line]


def test_records_and_losses_are_the_same_as_read_here(folder: Path) -> None:
    assert list(records_ahead(folder)) == list(read_records(folder))


def test_whoever_stops_reading_leaves_no_process_behind(folder: Path) -> None:
    records = records_ahead(folder)
    assert len(list(islice(records, 3))) == 3
    records.close()
    assert readers() == []


def test_a_reading_process_that_is_killed_is_an_error_and_no_short_file(folder: Path) -> None:
    records = records_ahead(folder)
    next(records)
    (child,) = readers()
    os.kill(child, signal.SIGKILL)
    with pytest.raises(FinecutError, match="ended with code"):
        list(records)


def test_the_process_ends_in_silence_when_nobody_reads(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "service.sources", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        deadline = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        assert process.returncode == 1
