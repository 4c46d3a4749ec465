"""Tables of patterns: tab-separated rows, in whose first column `<x>` stands for the slot of that name.

A row `@x` names a slot: its second column is what `<x>` stands for from there on. Blank lines and lines that
begin with `#` are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

SLOT = re.compile(r"(?<!\(\?P)<(\w+)>")


def rows(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield (pattern with its slots filled, second column, third column or "") of `data/NAME`."""
    text = (files("service.writing.edit") / "data" / name).read_text(encoding="utf-8")
    slots: dict[str, str] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        first, second, *rest = line.split("\t")
        if first.startswith("@"):
            slots[first[1:]] = second
        else:
            yield SLOT.sub(lambda m: f"(?:{slots[m.group(1)]})", first), second, "".join(rest)
