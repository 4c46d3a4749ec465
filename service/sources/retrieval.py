"""When a file was retrieved (the day on which it was written here), and which very file it is."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path


def retrieved_on(path: Path) -> date:
    """Return the day of the file's last change, in UTC."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


def fingerprint(path: Path) -> str:
    """Return what tells this very file, or folder of files, from a changed one: names, sizes, times."""
    files = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    told = "\n".join(f"{p.resolve()} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in files)
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()
