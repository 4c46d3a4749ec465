"""Reading a large source in a process of its own, so that reading and storing each have a core.

The process is `python -m service.sources PATH`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO

import orjson

from service.errors import FinecutError
from service.films.codec import Record
from service.sources.read import read_records, recognise
from service.sources.rows import BadRow

LARGE = 8 * 1024 * 1024  # bytes from which a second process is worth its start
BLOCK = 1 << 20
AHEAD = 8  # blocks

Records = Generator[Record | BadRow, None, None]


def records_ahead(path: Path) -> Records:
    """Yield what `read_records` does, a large source's records read in another process.

    Raises as `read_records` does, and FinecutError where that process ends before its work does.
    """
    if recognise(path).records is None or _size(path) < LARGE:
        return read_records(path)
    return _from_process(path)


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _from_process(path: Path) -> Records:
    command = [sys.executable, "-m", "service.sources", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603  # our own program
        assert process.stdout is not None
        lines = _lines(process.stdout)
        try:
            for line in lines:
                read = orjson.loads(line)
                yield read if isinstance(read, dict) else BadRow(Path(read[0]), *read[1:])
        except BaseException:  # nobody reads on
            process.terminate()
            lines.close()
            raise
        if process.wait():
            raise FinecutError(
                f"The process that reads {path} ended with code {process.returncode}.",
                remedy="What was read before is stored; the same command goes on from there.",
            )


def _lines(stream: IO[bytes]) -> Generator[bytes, None, None]:
    """Yield the lines of `stream`, read ahead of whoever takes them: a pipe alone holds too few."""
    ahead: Queue[list[bytes]] = Queue(AHEAD)

    def read() -> None:
        while lines := stream.readlines(BLOCK):
            ahead.put(lines)
        ahead.put([])

    Thread(target=read, daemon=True).start()
    lines = [b""]
    try:
        while lines := ahead.get():
            yield from lines
    finally:
        while lines:
            lines = ahead.get()
