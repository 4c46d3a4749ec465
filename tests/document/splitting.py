"""Reads the gold units and scores a splitter on them by its inner boundaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "data"
MARK = " ¦ "


class Unit(NamedTuple):
    """A text, where its inner sentences end (count of characters that are no white space), titles told."""

    text: str
    ends: frozenset[int]
    titles: tuple[str, ...]


class Score(NamedTuple):
    """Boundaries found rightly, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def units(name: str) -> list[Unit]:
    out = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            gold, _, titles = line.partition(" @@ ")
            pieces = gold.split(MARK)
            told = tuple(t.strip() for t in titles.split(";") if t.strip())
            out.append(Unit(" ".join(pieces), inner_ends(pieces), told))
    return out


def inner_ends(sentences: Iterable[str]) -> frozenset[int]:
    ends, at = [], 0
    for sentence in sentences:
        at += sum(1 for c in sentence if not c.isspace())
        ends.append(at)
    return frozenset(ends[:-1])


def score(split: Callable[[Unit], Iterable[str]], gold: Iterable[Unit]) -> Score:
    right = wrong = missed = 0
    for unit in gold:
        found = inner_ends(split(unit))
        right += len(found & unit.ends)
        wrong += len(found - unit.ends)
        missed += len(unit.ends - found)
    return Score(right, wrong, missed)
