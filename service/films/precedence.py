"""Which source's value stands first where several give one: the table of docs/film-record.md."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LAST = "Finecut editors, general knowledge"  # the starter catalogue gives way to every source

CREDITS = ("imdb", "tmdb", "wikidata", "wikipedia", "omdb")
TRADE = ("wikipedia", "wikidata", "tmdb", "omdb", "imdb")
RELEASES = ("tmdb", "wikidata", "wikipedia", "imdb", "omdb")

PRECEDENCE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "*": CREDITS,
        **dict.fromkeys(
            ("budget", "box_office", "based_on", "awards", "related", "distributors", "setting"), TRADE
        ),
        **dict.fromkeys(
            ("releases", "countries", "languages", "production_companies", "certificates", "keywords"),
            RELEASES,
        ),
    }
)
"""Sources by field, the first before the others; `*` holds for fields not named. A source that stands
nowhere in the table is the user's own, and stands before all of them.
"""

TABLES = {"tmdb5000": "tmdb", "imdb5000": "imdb", "imdb1000": "imdb", "infotabs": "wikipedia"}
"""Tables made from a source rank as that source."""

CAST_SAMPLES = frozenset({"imdb5000"})
"""Sources that give a few actors, not those of the leading parts: whom they leave out means nothing."""


def rank(field: str, source: str) -> int:
    """Return the place of `source` for `field`, the least first.

    >>> rank("year", "my notes") < rank("year", "imdb") < rank("year", "wikidata") < rank("year", LAST)
    True
    >>> rank("budget", "wikipedia") < rank("budget", "imdb")
    True
    """
    order = PRECEDENCE.get(field, PRECEDENCE["*"])
    first = source.split("+", maxsplit=1)[0].lower()
    first = TABLES.get(first, first).split("_")[0]
    if source == LAST:
        return len(order) + 1
    return order.index(first) + 1 if first in order else 0
