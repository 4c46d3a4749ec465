"""Reading what tables and APIs write in one cell: numbers, lists, credits with notes, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

NOTHING = frozenset({"", "n/a", "\\n", "none", "null", "nan", "-"})
NOTED = re.compile(r"^(?P<name>[^()]+?)\s*(?:\((?P<note>[^()]*)\))?(?:\s*\([^()]*\))*$")
CHARACTER_NOTES = re.compile(
    r"\s*\((?:voice|uncredited|credit only|archive footage|as [^)]*)\)", re.IGNORECASE
)
SEPARATED = re.compile(r"\s+/\s+")
DAY_WRITTEN = ("%d %b %Y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%m/%d/%y", "%m/%d/%Y")
MINUTES = re.compile(r"(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d[\d,]*)\s*(?:min(?:utes?|s)?\.?)?)?", re.IGNORECASE)


def text(cell: object) -> str:
    """Return a cell's text, empty where it says that it has none (`N/A`)."""
    written = "" if cell is None else str(cell).strip().replace("\xa0", "")
    return "" if written.lower() in NOTHING else written


def items(cell: object, separator: str = ",") -> list[str]:
    """Return the items of a list written in one cell, without repeats."""
    return list(dict.fromkeys(part for p in text(cell).split(separator) if (part := text(p))))


def whole(cell: object) -> int | None:
    """Return the whole number a cell holds (`1,234`, `2009.0`), None for none and for 0.

    Raises ValueError where something else stands there.
    """
    written = text(cell).replace(",", "")
    if not written:
        return None
    number = float(written)
    if not number.is_integer():
        raise ValueError(f"{written!r} is no whole number")
    return int(number) or None


def minutes(cell: object) -> int | None:
    """Return the minutes of `142`, `142 min` or `1 h 30 min`. Raises ValueError for anything else.

    >>> minutes("142 min"), minutes("1 h 30 min"), minutes("N/A")
    (142, 90, None)
    """
    written = text(cell)
    if not written:
        return None
    match = MINUTES.fullmatch(written)
    if match is None:
        raise ValueError(f"{written!r} is no runtime")
    return int(match[1] or 0) * 60 + int((match[2] or "0").replace(",", "")) or None


def iso_day(cell: object) -> str:
    """Return a date as `YYYY-MM-DD`, empty where there is none. Raises ValueError for what is no date.

    >>> iso_day("26 Jul 2019")
    '2019-07-26'
    """
    written = text(cell)
    for form in DAY_WRITTEN if written else ():
        try:
            return datetime.strptime(written, form).date().isoformat()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    if written:
        raise ValueError(f"{written!r} is no date")
    return ""


def noted_names(cell: object) -> Iterator[tuple[str, str]]:
    """Yield (name, note) of `Stephen King (short story), Frank Darabont (screenplay)`.

    >>> list(noted_names("A B (novel), C D"))
    [('A B', 'novel'), ('C D', '')]
    """
    for item in items(cell):
        match = NOTED.match(item)
        yield (match["name"], (match["note"] or "").lower()) if match else (item, "")


def characters(cell: object) -> list[str]:
    """Return the characters of a credit: `Bruce Wayne / Batman (voice)`.

    >>> characters("Bruce Wayne / Batman (voice)"), characters("Himself")
    (['Bruce Wayne', 'Batman'], [])
    """
    parts = SEPARATED.split(CHARACTER_NOTES.sub("", text(cell)))
    return [p for part in parts if (p := part.strip()) and p.lower() not in SELVES]


SELVES = frozenset({"self", "himself", "herself", "themselves", "narrator", "narrator (voice)"})


def named(objects: object, key: str = "name") -> list[str]:
    """Return the names in a list of objects, as TMDB writes genres, companies and words."""
    if not isinstance(objects, Sequence) or isinstance(objects, str):
        return []
    return list(dict.fromkeys(n for o in objects if isinstance(o, Mapping) and (n := text(o.get(key)))))


def without_empty(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that hold something."""
    return {name: held for name, held in fields.items() if held not in (None, "", [], {}, ())}
