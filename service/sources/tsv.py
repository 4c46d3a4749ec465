"""Tab-separated tables that are sorted by their first column, read side by side in constant memory."""

from __future__ import annotations

import gzip
import heapq
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import IO

from service.sources.rows import BOM, BadRow, numbered_lines, open_binary

NULL = "\\N"
BLOCK = 1 << 18
LINES_SORTED_AT_ONCE = 400_000


class Table:
    """One table, read forward once, a block of lines at a time. Rows are tuples of the columns asked for.

    What does not read (a wrong count of columns, broken UTF-8, damaged gzip) is gathered in `bad`
    until someone takes it. A header without one of the columns makes the table empty.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, sorted_from: Path | None = None) -> None:
        self.path = sorted_from or path
        self.bad: list[BadRow] = []
        self._blocks = _blocks(path)
        self._lines: list[str] = []
        self._at = 0
        self._before = 0
        self._renumbered = sorted_from is not None
        self._refill()
        header = self._lines[0].split("\t") if self._lines else []
        if self._renumbered:
            header = header[:-1]
        self._count = len(header)
        self._at = 1
        missing = [c for c in columns if c not in header]
        if missing:
            self.bad.append(BadRow(self.path, 1, f"the header lacks {', '.join(missing)}: file skipped"))
            self._lines, self._blocks = [], iter(())
        self._cells = _cells([header.index(c) for c in columns if c in header])

    def rows_of(self, key: str) -> list[tuple[str, ...]]:
        """Return the rows whose first column is `key`, passing over those before it."""
        start = key + "\t"
        count, cells = self._count + self._renumbered, self._cells
        rows = []
        while True:
            lines, at = self._lines, self._at
            try:
                while lines[at] < start:
                    at += 1
                while lines[at].startswith(start):
                    values = lines[at].split("\t")
                    if len(values) == count:
                        rows.append(cells(values))
                    else:
                        self._miscounted(at)
                    at += 1
            except IndexError:
                self._at = at
                if not self._refill():
                    return rows
            else:
                self._at = at
                return rows

    def all_rows(self) -> Iterator[tuple[str, int, tuple[str, ...]]]:
        """Yield (first column, line number, row) of every row that reads."""
        count, cells = self._count + self._renumbered, self._cells
        while True:
            for at in range(self._at, len(self._lines)):
                line = self._lines[at]
                values = line.split("\t")
                if len(values) == count:
                    yield values[0], self._number(at), cells(values)
                elif line:
                    self._miscounted(at)
            self._at = len(self._lines)
            if not self._refill():
                return

    def take_bad(self) -> list[BadRow]:
        """Return what was bad so far, and forget it."""
        bad, self.bad = self.bad, []
        return bad

    def _refill(self) -> bool:
        self._before += len(self._lines)
        self._lines, self._at = [], 0
        for block in self._blocks:
            if isinstance(block, BadRow):
                self.bad.append(replace(block, path=self.path, line=self._before + 1))
                continue
            self._lines = self._decoded(block)
            return True
        return False

    def _decoded(self, block: bytes) -> list[str]:
        try:
            text = block.decode()
        except UnicodeDecodeError:
            return [self._decoded_line(at, raw) for at, raw in enumerate(block.split(b"\n"))]
        return (text.replace("\r\n", "\n").removesuffix("\r") if "\r" in text else text).split("\n")

    def _decoded_line(self, at: int, raw: bytes) -> str:
        try:
            return raw.decode().removesuffix("\r")
        except UnicodeDecodeError as error:
            number = self._before + at + 1
            self.bad.append(BadRow(self.path, number, f"not UTF-8 at byte {error.start + 1} of the line"))
            return ""

    def _miscounted(self, at: int) -> None:
        columns = self._lines[at].count("\t") + 1 - self._renumbered
        reason = f"{columns} columns where the header has {self._count}"
        self.bad.append(BadRow(self.path, self._number(at), reason))

    def _number(self, at: int) -> int:
        if self._renumbered:
            return int(self._lines[at].rpartition("\t")[2])
        return self._before + at + 1


def _cells(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[place] for place in places)


def _blocks(path: Path) -> Iterator[bytes | BadRow]:
    """Yield the whole lines of a file in blocks without their last line end.

    `read1` gives what was unpacked before damage; `read` would lose it.
    """
    rest = b""
    with open_binary(path) as file:
        first = True
        try:
            while raw := file.read1(BLOCK):  # type: ignore[attr-defined]  # both kinds of file have it
                if first:
                    raw, first = raw.removeprefix(BOM), False
                whole, end, after = raw.rpartition(b"\n")
                if end:
                    yield rest + whole
                    rest = after
                else:
                    rest += raw
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield BadRow(path, 0, f"the gzip data is damaged or cut off here ({error})")
            return
    if rest:
        yield rest


def is_sorted(path: Path) -> bool:
    """Return whether the rows of `path` are in the order of their first column, as IMDb's files are."""
    last = b""
    header = True
    for block in _blocks(path):
        if not isinstance(block, BadRow):
            keys = [line[: line.find(b"\t") + 1] for line in block.split(b"\n")]
            if header:
                keys, header = keys[1:], False
            if keys and (keys[0] < last or keys != sorted(keys)):
                return False
            last = keys[-1] if keys else last
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


def value(text: str) -> str:
    r"""Return a cell's text, empty for IMDb's `\N`."""
    return "" if text == NULL else text


def listed(text: str) -> list[str]:
    """Return the items of a cell that holds a comma-separated list."""
    return [] if text in (NULL, "") else text.split(",")
