"""The `Prefer` header (RFC 7240): how long a caller wants to wait for a result."""

from __future__ import annotations

import re
from dataclasses import dataclass

WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*(\d{1,4})")
ASYNC = re.compile(r"(?:^|[,;\s])respond-async(?:$|[,;\s])")


@dataclass(frozen=True, slots=True)
class Preference:
    """How long to wait in seconds, and what to say in `Preference-Applied` (empty: nothing)."""

    wait_seconds: float
    applied: str


def read(header: str | None, default_seconds: float) -> Preference:
    """Return what `header` asks for; a wait longer than ten minutes is cut to that.

    >>> read("respond-async", 60)
    Preference(wait_seconds=0.0, applied='respond-async')
    >>> read("wait=5", 60)
    Preference(wait_seconds=5.0, applied='wait=5')
    >>> read(None, 60)
    Preference(wait_seconds=60, applied='')
    """
    text = header or ""
    if wait := WAIT.search(text):
        seconds = min(int(wait.group(1)), 600)
        return Preference(float(seconds), f"wait={seconds}")
    if ASYNC.search(text):
        return Preference(0.0, "respond-async")
    return Preference(default_seconds, "")
