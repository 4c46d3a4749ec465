"""When a file was retrieved: the day on which it was written here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path


def retrieved_on(path: Path) -> date:
    """Return the day of the file's last change, in UTC."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
