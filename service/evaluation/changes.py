"""What became of a text, word by word, so that a page can mark it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

TOKEN = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch that stayed (`equal`), went (`delete`) or came (`insert`)."""

    op: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """Return both texts as one row of changes: without inserts it is `before`, without deletes `after`.

    White space between two changes goes with them, so that a new phrase is one change, not one a word.
    """
    a, b = TOKEN.findall(before), TOKEN.findall(after)
    out: list[Change] = []
    gone, come = "", ""
    for op, one, other in _blocks(a, b):
        if op == "equal" and (one.strip() or not (gone or come)):
            out += _flushed(gone, come)
            gone, come = "", ""
            out.append(Change("equal", one))
        else:
            gone, come = gone + one, come + other
    return [*out, *_flushed(gone, come)]


def _blocks(a: list[str], b: list[str]) -> Iterator[tuple[str, str, str]]:
    for block in Indel.opcodes(a, b):
        one, other = a[block.src_start : block.src_end], b[block.dest_start : block.dest_end]
        yield block.tag, "".join(one), "".join(other)


def _flushed(gone: str, come: str) -> list[Change]:
    """Return a deletion and an insertion, what both end in left equal."""
    if gone == come:
        return [Change("equal", gone)] if gone else []
    space = len(gone) - len(gone.rstrip())
    tail = gone[-space:] if space and come.endswith(gone[-space:]) else ""
    if tail:
        gone, come = gone[: -len(tail)], come[: -len(tail)]
    parts = [Change("delete", gone), Change("insert", come), Change("equal", tail)]
    return [p for p in parts if p.text]
