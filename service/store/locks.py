"""Locks between processes that a killed process lets go of by itself."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import text

from service.store.database import Database


@contextmanager
def alone(database: Database, name: str) -> Iterator[bool]:
    """Give whether this process is the only one of the database that is here under `name`.

    On SQLite a locked file beside the database, on Postgres an advisory lock: either ends with the
    process, however that ends; the latter also where the connection breaks.
    """
    if database.sqlite:
        path = database.engine.url.database or ""
        with locked_file(Path(f"{path}.{name}.lock")) as held:
            yield held is not None
        return
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = bool(connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar())
        yield taken
        if taken:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})


@contextmanager
def locked_file(path: Path) -> Iterator[IO[str] | None]:
    """Give the file, open for appending and locked, or None where another process has it locked.

    It is deleted at the end, unless it was renamed.
    """
    while True:
        with path.open("a", encoding="utf-8") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
                return
            if _is_still(held, path):  # its last holder may have renamed or deleted it meanwhile
                try:
                    yield held
                finally:
                    if _is_still(held, path):
                        path.unlink()
                return


def _is_still(held: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(held.fileno()), path.stat())
    except FileNotFoundError:
        return False
