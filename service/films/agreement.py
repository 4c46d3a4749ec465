"""Whether two sources' values of a field disagree, or only say more or less of the same.

A list of a cast that another source continues, a mark that has been given again since, a runtime rounded
to the minute: none is a conflict that a reader should be told of.
"""

from __future__ import annotations

from collections.abc import Mapping

from service.document import fold
from service.films.film import JSON
from service.films.names import Likeness, compare

OPEN = frozenset({"cast", "keywords", "narrators", "releases", "awards", "related", "certificates"})
"""Lists of which sources give the part they know: other items are no disagreement."""

PEOPLE = frozenset(
    {
        "directors",
        "producers",
        "executive_producers",
        "writers",
        "screenplay",
        "story",
        "music",
        "cinematography",
        "editors",
        "creators",
    }
)
MINUTES_APART = 1  # one source counts a minute that has begun
SHARE_APART = 0.01  # amounts are given rounded


def covers(held: JSON, other: JSON) -> bool:
    """Return whether `held` says all that `other` says: its items in any order, accents and case aside.

    >>> covers(["Drama", "War"], ["war"]), covers(["Drama"], ["Drama", "War"])
    (True, False)
    >>> covers([{"name": "A B", "characters": ["Anna"]}], [{"name": "A B"}])
    True
    """
    if isinstance(held, str) and isinstance(other, str):
        return fold(held) == fold(other)
    if isinstance(held, list) and isinstance(other, list):
        return all(any(covers(h, o) for h in held) for o in other)
    if isinstance(held, Mapping) and isinstance(other, Mapping):
        if "amount" in other and _currency(held) != _currency(other):
            return False
        return all(name in held and covers(held[name], value) for name, value in other.items())
    return held == other


def disagree(field: str, held: JSON, other: JSON) -> bool:
    """Return whether two values of a field cannot both be so.

    >>> disagree("genres", ["Drama", "War"], ["Drama", "History"]), disagree("genres", ["Drama"], ["Comedy"])
    (False, True)
    >>> disagree("runtime_minutes", 117, 118), disagree("year", 1995, 1996)
    (False, True)
    """
    if field in OPEN or covers(held, other) or covers(other, held):
        return False
    if isinstance(held, list) and isinstance(other, list):
        return not _share(field, held, other)
    if field in ("runtime_minutes", "runtime_max"):
        return _apart(held, other) > MINUTES_APART
    if isinstance(held, Mapping) and isinstance(other, Mapping) and "amount" in held and "amount" in other:
        amounts = held["amount"], other["amount"]
        return _currency(held) != _currency(other) or _apart(*amounts) > SHARE_APART * _apart(amounts[0], 0)
    return True


def _currency(amount: Mapping[str, JSON]) -> JSON:
    return amount.get("currency", "USD")


def _share(field: str, held: list[JSON], other: list[JSON]) -> bool:
    """Return whether two lists of words overlap; of people, whether the shorter is in the longer."""
    if field not in PEOPLE:
        return any(covers([h], [o]) for h in held for o in other)
    few, many = sorted((held, other), key=len)
    return all(any(_one_person(str(a), str(b)) for b in many) for a in few)


def _one_person(one: str, other: str) -> bool:
    return compare(one, other) in (Likeness.SAME, Likeness.VARIANT, Likeness.MISSPELT)


def _apart(one: JSON, other: JSON) -> float:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other)
    return float("inf")
