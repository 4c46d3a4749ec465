"""Front matter: the YAML or TOML that site generators put before a page."""

from __future__ import annotations

import re

_FENCE = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_FIELD = re.compile(r"^[ \t]*[\w\"'.\-]+[ \t]*[:=]", re.MULTILINE)


def front_matter_end(source: str) -> int:
    """Return where the front matter of `source` ends, after its closing fence; 0 if it has none.

    It must be closed and hold a field, or it is a rule and what follows is prose.
    """
    opening = _FENCE.match(source)
    if opening is None:
        return 0
    lines = source.replace("\r", "\n")  # one character for another, so offsets stay
    close = _CLOSE[opening[1]].search(lines, opening.end())
    if close is None:
        return 0
    inside = lines[opening.end() : close.start()]
    return close.end() if not inside.strip() or _FIELD.search(inside) else 0
