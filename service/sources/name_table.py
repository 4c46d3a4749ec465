"""People's names by IMDb's number, on disk: two memory-mapped files instead of a dictionary.

Fourteen million names take over two gigabytes as a dictionary; here the kernel keeps in memory
what is being read and takes it back when it needs the room.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

from service.sources.rows import BadRow
from service.sources.tsv import NULL, Table

SLOT = 8
HIGHEST = 1 << 27  # numbers beyond this go to a dictionary; IMDb's are below 2 ** 25
LENGTH_BITS = 16
LENGTH = (1 << LENGTH_BITS) - 1


class NameTable:
    """Names by `nm…` id. Use as a context manager; its files are in `folder`."""

    def __init__(self, folder: Path) -> None:
        # Files without a name, which go even with a killed process.
        self._offsets_file = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by `__exit__`
        self._offsets_file.truncate(HIGHEST * SLOT)  # sparse: only the pages touched take room
        self._map = mmap.mmap(self._offsets_file.fileno(), HIGHEST * SLOT)
        self._offsets = memoryview(self._map).cast("Q")
        self._folder = folder
        self._names: mmap.mmap | bytes = b""
        self._beyond: dict[str, str] = {}
        self._end = 0

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
        with TemporaryFile(dir=self._folder) as out:
            self._end = out.write(b"\0")  # so that an offset of 0 means "no name"
            for block in table.blocks():
                yield from table.take_bad()
                for number, row in block:
                    nconst, name = row[table.places[0]], row[table.places[1]].strip()
                    if reason := self._put(nconst, name, out):
                        yield BadRow(path, number, reason)
            yield from table.take_bad()
            out.flush()
            self._names = mmap.mmap(out.fileno(), 0, access=mmap.ACCESS_READ)

    def _put(self, nconst: str, name: str, out: IO[bytes]) -> str:
        """Keep a name; return why it cannot be, or nothing."""
        digits, raw = nconst[2:], name.encode()
        if nconst[:2] != "nm" or not digits.isdecimal():
            return f"{nconst!r} is no person's id: nm and digits"
        if not name or name == NULL or len(raw) > LENGTH:
            return f"{nconst} has no usable name"
        slot = int(digits)
        if slot < HIGHEST:
            if self._offsets[slot]:
                return f"the id {nconst} stands in the file twice"
            self._offsets[slot] = self._end << LENGTH_BITS | len(raw)
            self._end += out.write(raw)
        elif self._beyond.setdefault(nconst, name) is not name:
            return f"the id {nconst} stands in the file twice"
        return ""

    def get(self, nconst: str) -> str:
        """Return the name of a person, empty where it is not known."""
        try:
            found = self._offsets[int(nconst[2:])]
        except (ValueError, IndexError):
            return self._beyond.get(nconst, "")
        at = found >> LENGTH_BITS
        return self._names[at : at + (found & LENGTH)].decode()
