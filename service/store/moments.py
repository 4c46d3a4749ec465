"""Moments as the databases give them back."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(stored: datetime) -> datetime:
    """Return a stored moment with its zone; SQLite forgets that it is in UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
