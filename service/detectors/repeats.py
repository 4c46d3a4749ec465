"""Runs of units that stand more than once, found level by level: linear for bounded runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

LONGEST = 48  # units; also bounds the cost on degenerate text


class Repeat(NamedTuple):
    """A run of `length` units that begins at each of `starts`, in order."""

    length: int
    starts: tuple[int, ...]


def maximal_repeats(units: Sequence[str | None], shortest: int) -> Iterator[Repeat]:
    """Yield the runs of at least `shortest` units, two or more, that stand at least twice and that no unit
    to the left or right extends in all places. None is a border: it equals nothing.
    """
    groups = _pairs(units)
    length = 2
    while groups and length <= LONGEST:
        longer: list[list[int]] = []
        for starts in groups:
            if _extends_left(units, starts):  # and so does every longer run that begins there
                continue
            children = _grouped(units, starts, length)
            longer += children
            extends = any(len(c) == len(starts) for c in children) and length < LONGEST
            if length >= shortest and not extends:
                yield Repeat(length, tuple(starts))
        groups, length = longer, length + 1


def _pairs(units: Sequence[str | None]) -> list[list[int]]:
    """Return the starts of every two units that stand together more than once."""
    first: dict[tuple[str | None, str | None], int] = {}
    groups: dict[tuple[str | None, str | None], list[int]] = {}
    for start, pair in enumerate(pairwise(units)):
        if (earliest := first.setdefault(pair, start)) != start:
            groups.setdefault(pair, [earliest]).append(start)
    return [starts for pair, starts in groups.items() if None not in pair]


def _grouped(units: Sequence[str | None], starts: Sequence[int], offset: int = 0) -> list[list[int]]:
    """Return the starts that share the unit at `offset` from them, where at least two do."""
    groups: dict[str, list[int]] = {}
    n = len(units)
    for start in starts:
        at = start + offset
        if at < n and (unit := units[at]) is not None:
            if unit in groups:
                groups[unit].append(start)
            else:
                groups[unit] = [start]
    return [g for g in groups.values() if len(g) > 1]


def _extends_left(units: Sequence[str | None], starts: Sequence[int]) -> bool:
    first = starts[0]
    if first == 0 or units[first - 1] is None:
        return False
    before = units[first - 1]
    return all(units[s - 1] == before for s in starts)
