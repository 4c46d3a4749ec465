"""What changed, for people: unified lines, and words as segments."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from service.document import Edit

PIECE = re.compile(r"\s+|[^\W_]+(?:['’\-][^\W_]+)*|.", re.DOTALL)
Op = Literal["equal", "delete", "insert"]


def unified(before: str, after: str, *, name: str = "copy") -> str:
    """Return a unified diff by lines, with three lines around each change."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"{name} before", f"{name} after"
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def segments(source: str, edits: Iterable[Edit]) -> list[tuple[Op, str]]:
    """Return `(op, text)` by words: the `equal` and `delete` texts make up the source, the `equal`
    and `insert` texts the result.
    """
    out: list[tuple[Op, str]] = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.span):
        out.append(("equal", source[at : edit.span.start]))
        out += _words(edit.before, edit.after)
        at = edit.span.end
    out.append(("equal", source[at:]))
    return list(_merged(out))


def _words(before: str, after: str) -> Iterator[tuple[Op, str]]:
    a, b = PIECE.findall(before), PIECE.findall(after)
    for _, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old, new = "".join(a[i:j]), "".join(b[k:m])
        if old == new:
            yield "equal", old
        else:
            yield "delete", old
            yield "insert", new


def _merged(parts: Iterable[tuple[Op, str]]) -> Iterator[tuple[Op, str]]:
    held: list[tuple[Op, str]] = []
    for op, text in parts:
        if not text:
            continue
        if held and held[-1][0] == op:
            held[-1] = (op, held[-1][1] + text)
        else:
            yield from held
            held = [(op, text)]
    yield from held
