"""Tab-separated tables that are sorted by their first column, read side by side in constant memory."""

from __future__ import annotations

import gzip
import heapq
import tempfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from service.sources.rows import BLOCK, BOM, THE_REST, BadRow, numbered_lines, open_binary

NULL = "\\N"
LAST_OF_ALL = "\U0010ffff"
AFTER_TAB = "\x0b"  # a key and this sort after all lines of the key, and before those of the next
LINES_SORTED_AT_ONCE = 400_000


class Table:
    r"""One table, read forward once, a block of lines at a time.

    Rows are lists of cells as they stand; `places` says at which index each of the columns asked for is.
    `rows_until` puts the line number behind the cells.
    What does not read (a wrong count of columns, broken UTF-8, NUL, damaged gzip) is gathered in `bad`
    until someone takes it. A header without one of the columns makes the table empty.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, sorted_from: Path | None = None) -> None:
        self.path = sorted_from or path
        self.bad: list[BadRow] = []
        self.orphans = 0  # rows of keys that `rows_until` was not told
        self._blocks = _blocks(path)
        self._lines: list[str] = []
        self._unreadable: set[int] = set()  # places in `_lines`
        self._at = 0
        self._before = 0
        self._renumbered = sorted_from is not None
        self._refill()
        header = self._lines[0].split("\t") if self._lines else []
        self._count = len(header)
        self._at = 1
        missing = [c for c in columns if c not in header]
        if missing:
            reason = f"the first line has to name the columns {', '.join(missing)}"
            self.bad.append(BadRow(self.path, 1, reason if header else "the file is empty", THE_REST))
            self._lines, self._blocks = [], iter(())
        self.places = tuple(header.index(c) for c in columns if c in header)

    def blocks(self) -> Iterator[list[tuple[int, list[str]]]]:
        """Yield (line number, row) of every row that reads, block by block."""
        count = self._count
        while self._lines:
            rows = []
            for at in range(self._at, len(self._lines)):
                row = self._lines[at].split("\t")
                if len(row) == count and at not in self._unreadable:
                    rows.append((self._number(at), row))
                else:
                    self._miscounted(at)
            yield rows
            self._refill()

    def rows_until(self, last: str, wanted: Mapping[str, bool]) -> dict[str, list[list[str]]]:
        """Return the rows up to those of the key `last`, by their keys, of the keys that are `wanted`.

        A row's key is its first column; the table is sorted by it. Rows of keys that are False in `wanted`
        are passed over, those of keys that do not stand in it are counted as `orphans`.
        """
        beyond = last + AFTER_TAB
        found: dict[str, list[list[str]]] = {}
        while self._lines:
            end = bisect_left(self._lines, beyond, self._at)
            self._take(end, wanted, found)
            self._at = end
            if end < len(self._lines):
                return found
            self._refill()
        return found

    def _take(self, end: int, wanted: Mapping[str, bool], found: dict[str, list[list[str]]]) -> None:
        count, unreadable, last = self._count, self._unreadable, None
        rows: list[list[str]] | None = None  # those of the key `last`, None where it is not wanted
        for at, line in enumerate(self._lines[self._at : end], self._at):
            row = line.split("\t")
            if len(row) != count or (unreadable and at in unreadable):
                self._miscounted(at)
                continue
            if row[0] != last:
                last = row[0]
                rows = found.setdefault(last, []) if wanted.get(last) else None
            if rows is not None:
                row.append(str(self._number(at)))
                rows.append(row)
            elif last not in wanted:
                self.orphans += 1

    def take_bad(self) -> list[BadRow]:
        """Return what was bad so far, and forget it."""
        bad, self.bad = self.bad, []
        return bad

    def _refill(self) -> None:
        self._before += len(self._lines)
        self._lines, self._at = [], 0
        self._unreadable.clear()
        for block in self._blocks:
            if isinstance(block, BadRow):
                self.bad.append(replace(block, path=self.path, line=self._before + 1))
                continue
            self._lines = self._decoded(block)
            return

    def _decoded(self, block: bytes) -> list[str]:
        try:
            text = block.decode()
        except UnicodeDecodeError:
            lines = [self._decoded_line(at, raw) for at, raw in enumerate(block.split(b"\n"))]
        else:
            lines = (text.replace("\r\n", "\n").removesuffix("\r") if "\r" in text else text).split("\n")
        if b"\0" in block:
            for at, line in enumerate(lines):
                if "\0" in line:
                    self._unusable(at, "a NUL character stands in the line")
        return lines

    def _decoded_line(self, at: int, raw: bytes) -> str:
        try:
            return raw.decode().removesuffix("\r")
        except UnicodeDecodeError as error:
            self._unusable(at, f"not UTF-8 at byte {error.start + 1} of the line")
            return raw.decode(errors="replace")

    def _unusable(self, at: int, reason: str) -> None:
        self._unreadable.add(at)
        self.bad.append(BadRow(self.path, self._before + at + 1, reason))

    def _miscounted(self, at: int) -> None:
        line = self._lines[at]
        if line and at not in self._unreadable:
            reason = f"{line.count(chr(9)) + 1 - self._renumbered} columns where the header has "
            self.bad.append(BadRow(self.path, self._number(at), f"{reason}{self._count - self._renumbered}"))

    def _number(self, at: int) -> int:
        if self._renumbered:
            return int(self._lines[at].rpartition("\t")[2])
        return self._before + at + 1


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
            yield BadRow(path, 0, f"the gzip data is damaged or cut off here ({error})", THE_REST)
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
