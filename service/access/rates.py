"""How often a caller may ask: the generic cell rate algorithm (ITU-T I.371), as pure arithmetic.

One number a caller is kept, the theoretical arrival time: when the caller's requests so far would have
arrived, had they come evenly spaced. It lies at most one window ahead.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Rate:
    """`quota` requests in `window` seconds, all of which may come at once."""

    quota: int
    window: float = 60.0


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether a request may pass, and what is left.

    `remaining` counts requests; `full_in` and `retry_after` are whole seconds (0 where not needed);
    `arrival` is the number to keep for the caller.
    """

    allowed: bool
    remaining: int
    full_in: int
    retry_after: int
    arrival: float


def take(rate: Rate, arrival: float, now: float) -> Taken:
    """Count one request at `now` (seconds of any steady clock) against `rate`.

    A new caller's `arrival` is 0. A refused request counts for nothing.

    >>> take(Rate(2), 0.0, 100.0)
    Taken(allowed=True, remaining=1, full_in=30, retry_after=0, arrival=130.0)
    >>> take(Rate(2), 160.0, 100.0)
    Taken(allowed=False, remaining=0, full_in=60, retry_after=30, arrival=160.0)
    """
    spacing = rate.window / rate.quota
    earliest = max(arrival, now)
    over = earliest + spacing - now - rate.window
    if over > 1e-9:
        return Taken(
            allowed=False,
            remaining=0,
            full_in=ceil(earliest - now),
            retry_after=max(1, ceil(over)),
            arrival=earliest,
        )
    kept = earliest + spacing
    remaining = floor((rate.window - (kept - now)) / spacing + 1e-9)
    return Taken(allowed=True, remaining=remaining, full_in=ceil(kept - now), retry_after=0, arrival=kept)
