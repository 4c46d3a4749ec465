"""Tab-separated tables that are sorted by their first column, read side by side in constant memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from service.sources.rows import BadRow, numbered_lines

NULL = "\\N"
LINES_SORTED_AT_ONCE = 400_000


class Table:
    """One table, read forward once. Rows come as lists of the columns asked for.

    What does not read (a wrong count of columns, broken UTF-8, damaged gzip) is gathered in `bad`
    until someone takes it. `missing` names the columns that the header lacks.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, sorted_from: Path | None = None) -> None:
        self.path = sorted_from or path
        self.bad: list[BadRow] = []
        self._lines = numbered_lines(path) if sorted_from is None else _as_numbered(path)
        self._line = b""
        self._number = 0
        self._next()
        header = self._line.decode("utf-8", "replace").split("\t")
        self._count = len(header)
        self.missing = tuple(c for c in columns if c not in header)
        self._places = tuple(header.index(c) for c in columns if c in header)
        if self.missing:
            self.bad.append(BadRow(self.path, 1, f"the header lacks {', '.join(self.missing)}: file skipped"))
            self._line = b""
        else:
            self._next()

    def rows_of(self, key: bytes) -> Iterator[list[str]]:
        """Yield the rows whose first column is `key`, passing over those before it."""
        start = key + b"\t"
        line = self._line
        while line and line < start:
            if line.startswith(b"\t"):
                self.bad.append(BadRow(self.path, self._number, "the first column is empty"))
            line = self._next()
        while line.startswith(start):
            row = self._row(line)
            line = self._next()
            if row is not None:
                yield row

    def all_rows(self) -> Iterator[tuple[bytes, int, list[str]]]:
        """Yield (first column, line number, row) of every row that reads."""
        while self._line:
            line, number = self._line, self._number
            row = self._row(line)
            self._next()
            if row is not None:
                yield line[: line.find(b"\t")], number, row

    def take_bad(self) -> list[BadRow]:
        """Return what was bad so far, and forget it."""
        bad, self.bad = self.bad, []
        return bad

    def _next(self) -> bytes:
        for item in self._lines:
            if isinstance(item, BadRow):
                self.bad.append(item)
                continue
            self._number, self._line = item
            if self._line:
                return self._line
        self._line = b""
        return b""

    def _row(self, line: bytes) -> list[str] | None:
        try:
            values = line.decode().split("\t")
        except UnicodeDecodeError as error:
            self.bad.append(
                BadRow(self.path, self._number, f"not UTF-8 at byte {error.start + 1} of the line")
            )
            return None
        if len(values) != self._count:
            self.bad.append(
                BadRow(self.path, self._number, f"{len(values)} columns where the header has {self._count}")
            )
            return None
        return [values[place] for place in self._places]


def is_sorted(path: Path) -> bool:
    """Return whether the rows of `path` are in the order of their first column, as IMDb's files are."""
    last = b""
    lines = numbered_lines(path)
    next(lines, None)
    for item in lines:
        if not isinstance(item, BadRow):
            line = item[1]
            key = line[: line.find(b"\t") + 1]
            if key < last:
                return False
            last = key
    return True


def sorted_copy(path: Path, folder: Path) -> tuple[Path, list[BadRow]]:
    """Return a copy of `path` in `folder`, its rows in the order of their first column; and what was bad.

    Each row has its line number in `path` as a last column more; `Table` takes it off again.
    """
    runs: list[IO[bytes]] = []
    lines: list[bytes] = []
    bad: list[BadRow] = []
    rows = numbered_lines(path)
    first = next(rows, None)
    header = first[1] + b"\t1\n" if isinstance(first, tuple) else b""
    for item in rows:
        if isinstance(item, BadRow):
            bad.append(item)
        elif item[1]:
            lines.append(b"%b\t%d\n" % (item[1], item[0]))
        if len(lines) >= LINES_SORTED_AT_ONCE:
            runs.append(_run(lines, folder))
            lines = []
    runs.append(_run(lines, folder))
    target = folder / path.name.removesuffix(".gz")
    with target.open("wb") as out:
        out.write(header)
        merged: Iterator[bytes] = heapq.merge(*runs, key=_first_column)
        out.writelines(merged)
    for run in runs:
        run.close()
    return target, bad


def _run(lines: list[bytes], folder: Path) -> IO[bytes]:
    run = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed by the caller once it is merged
    lines.sort(key=_first_column)
    run.writelines(lines)
    run.seek(0)
    return run


def _first_column(line: bytes) -> bytes:
    return line[: line.find(b"\t")]


def _as_numbered(path: Path) -> Iterator[tuple[int, bytes] | BadRow]:
    for item in numbered_lines(path):
        if isinstance(item, tuple):
            line, _, number = item[1].rpartition(b"\t")
            yield int(number), line


def value(text: str) -> str:
    r"""Return a cell's text, empty for IMDb's `\N`."""
    return "" if text == NULL else text


def listed(text: str) -> list[str]:
    """Return the items of a cell that holds a comma-separated list."""
    return [] if text in (NULL, "") else text.split(",")
