"""Markdown's emphasis: which delimiter runs pair, by CommonMark's procedure, in linear time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from service.document.model import MarkKind


@dataclass(slots=True)
class Run:
    """A run of `*`, `_` or `~` at `[start, start + length)`, shrinking as its marks pair."""

    char: str
    start: int
    length: int
    opens: bool
    closes: bool
    original: int
    before: int = 0  # marks already taken from the front, by closers


class Pair(tuple[MarkKind, int, int, int]):
    """A pair: kind, where the opening and the closing marks begin, and how many marks each has."""

    __slots__ = ()


def run_at(text: str, start: int, end: int) -> Run:
    """Return the delimiter run `text[start:end]` with what its neighbours let it do."""
    char = text[start]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
    right = not before.isspace() and (not _is_mark(before) or after.isspace() or _is_mark(after))
    opens, closes = left, right
    if char == "_":
        opens = left and (not right or _is_mark(before))
        closes = right and (not left or _is_mark(after))
    if char == "~" and end - start != 2:
        opens = closes = False
    return Run(char, start, end - start, opens, closes, end - start)


def _is_mark(c: str) -> bool:
    return unicodedata.category(c)[0] in "PS"


def pairs(runs: list[Run]) -> list[Pair]:
    """Return the pairs of `runs`, which are in order and are used up."""
    out: list[Pair] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    stack: list[Run] = []
    for run in runs:
        if run.closes:
            _close(run, stack, bottoms, out)
        if run.length and run.opens:
            stack.append(run)
    return out


def _close(run: Run, stack: list[Run], bottoms: dict[tuple[str, bool, int], int], out: list[Pair]) -> None:
    """Pair the closing `run` with the openers on `stack` as far as it goes."""
    while run.length:
        key = (run.char, run.opens, run.original % 3)
        i = len(stack) - 1
        floor = min(bottoms.get(key, 0), len(stack))
        while i >= floor and not _matches(stack[i], run):
            i -= 1
        if i < floor:
            bottoms[key] = len(stack)
            return
        opener = stack[i]
        del stack[i + 1 :]
        count = 2 if opener.length >= 2 and run.length >= 2 else 1
        opener.length -= count
        kind = MarkKind.TAG if run.char == "~" else MarkKind.STRONG if count == 2 else MarkKind.EMPHASIS
        out.append(Pair((kind, opener.start + opener.before + opener.length, run.start + run.before, count)))
        run.before += count
        run.length -= count
        if not opener.length:
            stack.pop()


def _matches(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char:
        return False
    if not (opener.closes or closer.opens):
        return True
    total = opener.original + closer.original
    return total % 3 != 0 or (opener.original % 3 == 0 and closer.original % 3 == 0)
