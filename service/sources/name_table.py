"""People's names by IMDb's number, on disk: two memory-mapped files instead of a dictionary.

Fourteen million names take over two gigabytes as a dictionary; here the kernel keeps in memory
what is being read and takes it back when it needs the room.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from service.sources.rows import BadRow
from service.sources.tsv import Table

SLOT = 8
HIGHEST = 1 << 27  # numbers beyond this go to a dictionary; IMDb's are below 2 ** 25
LENGTH_BITS = 16


class NameTable:
    """Names by `nm…` id. Use as a context manager; its files are in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._offsets_file = (folder / "offsets").open("w+b")
        self._offsets_file.truncate(HIGHEST * SLOT)  # sparse: only the pages touched take room
        self._map = mmap.mmap(self._offsets_file.fileno(), HIGHEST * SLOT)
        self._offsets = memoryview(self._map).cast("Q")
        self._names_path = folder / "names"
        self._names: mmap.mmap | None = None
        self._beyond: dict[str, str] = {}
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._offsets.release()
        self._map.close()
        self._offsets_file.close()
        if self._names is not None:
            self._names.close()

    def fill(self, path: Path) -> Iterator[BadRow]:
        """Read `name.basics`; yield what of it does not read."""
        table = Table(path, ("nconst", "primaryName"))
        offsets = self._offsets
        at = 1  # so that 0 means "no name"
        with self._names_path.open("wb") as out:
            out.write(b"\0")
            for _, number, (nconst, name) in table.all_rows():
                slot = _number(nconst)
                raw = name.encode()
                if not raw or name == "\\N" or len(raw) >> LENGTH_BITS:
                    yield BadRow(path, number, f"{nconst} has no usable name")
                elif slot is None:
                    yield BadRow(path, number, f"{nconst!r} is no person's id: nm and digits")
                elif slot >= HIGHEST:
                    self._beyond.setdefault(nconst, name)
                elif offsets[slot]:
                    yield BadRow(path, number, f"the id {nconst} stands in the file twice")
                else:
                    out.write(raw)
                    offsets[slot] = at << LENGTH_BITS | len(raw)
                    at += len(raw)
                    self.count += 1
        yield from table.take_bad()
        with self._names_path.open("rb") as held:
            self._names = mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ)

    def get(self, nconst: str) -> str:
        """Return the name of a person, empty where it is not known."""
        slot = _number(nconst)
        if slot is None or self._names is None:
            return ""
        if slot >= HIGHEST:
            return self._beyond.get(nconst, "")
        found = self._offsets[slot]
        if not found:
            return ""
        at = found >> LENGTH_BITS
        return self._names[at : at + (found & 0xFFFF)].decode()


def _number(nconst: str) -> int | None:
    digits = nconst[2:]
    return int(digits) if nconst[:2] == "nm" and digits.isascii() and digits.isdigit() else None
