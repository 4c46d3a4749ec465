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
from service.sources.tsv import NULL, Table

SLOT = 8
HIGHEST = 1 << 27  # numbers beyond this go to a dictionary; IMDb's are below 2 ** 25
LENGTH_BITS = 16
LENGTH = (1 << LENGTH_BITS) - 1


class NameTable:
    """Names by `nm…` id. Use as a context manager; its files are in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._offsets_file = (folder / "offsets").open("w+b")
        self._offsets_file.truncate(HIGHEST * SLOT)  # sparse: only the pages touched take room
        self._map = mmap.mmap(self._offsets_file.fileno(), HIGHEST * SLOT)
        self._offsets = memoryview(self._map).cast("Q")
        self._names_path = folder / "names"
        self._names: mmap.mmap | bytes = b""
        self._beyond: dict[str, str] = {}
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._offsets.release()
        self._map.close()
        self._offsets_file.close()
        if isinstance(self._names, mmap.mmap):
            self._names.close()

    def fill(self, path: Path) -> Iterator[BadRow]:
        """Read `name.basics`; yield what of it does not read."""
        table = Table(path, ("nconst", "primaryName"))
        offsets = self._offsets
        at = 1  # so that 0 means "no name"
        with self._names_path.open("wb") as out:
            out.write(b"\0")
            for nconst, number, (_, name) in table.all_rows():
                slot = _number(nconst)
                raw = name.encode()
                if 0 <= slot < HIGHEST and not offsets[slot] and 0 < len(raw) < LENGTH and name != NULL:
                    out.write(raw)
                    offsets[slot] = at << LENGTH_BITS | len(raw)
                    at += len(raw)
                    self.count += 1
                elif slot >= HIGHEST and nconst not in self._beyond:
                    self._beyond[nconst] = name
                else:
                    yield BadRow(path, number, self._reason(nconst, slot, name))
        yield from table.take_bad()
        with self._names_path.open("rb") as held:
            self._names = mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ)

    def get(self, nconst: str) -> str:
        """Return the name of a person, empty where it is not known."""
        try:
            found = self._offsets[int(nconst[2:])]
        except (ValueError, IndexError):
            return self._beyond.get(nconst, "")
        at = found >> LENGTH_BITS
        return self._names[at : at + (found & LENGTH)].decode()

    def _reason(self, nconst: str, slot: int, name: str) -> str:
        if slot < 0:
            return f"{nconst!r} is no person's id: nm and digits"
        if not name or name == NULL or len(name.encode()) >= LENGTH:
            return f"{nconst} has no usable name"
        return f"the id {nconst} stands in the file twice"


def _number(nconst: str) -> int:
    digits = nconst[2:]
    return int(digits) if nconst[:2] == "nm" and digits.isdecimal() else -1
