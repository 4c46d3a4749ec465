"""Cut an opening phrase: "In the realm of cinema, …", "With its stunning visuals, …"."""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.writing.edit.constituents import first_finite, is_participle, mid_phrase, segments
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place

NAME = "rule:opener"
SHARE = 0.5  # of the content words of what goes that must say nothing
PREPOSITIONS = frozenset(
    ["in", "with", "from", "through", "at", "by", "within", "throughout", "across", "beyond", "as", "for"]
)


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without its opening phrase, where that is flagged and no clause of its own."""
    parts = segments(place)
    for j in range(1, min(len(parts), 4)):
        head = parts[j - 1]
        if not place.flagged(0, head.end) or parts[j].mark != "," or mid_phrase(place, head.end):
            continue
        if place.hollow(0, head.end) < SHARE:
            continue
        word = place.fold(0)
        if word not in PREPOSITIONS and not is_participle(place, 0):
            return
        if 0 <= first_finite(place) < parts[j].first and word != "as":
            return
        if place.fold(parts[j].first) in {"and", "or", "but"}:
            continue
        reason = f"‘{place.text[: head.end].strip()}’ opens without saying anything."
        yield Candidate(
            without(place.text, [(0, parts[j].start)]),
            Operation.CUT_PHRASE,
            NAME,
            reason,
            0.02 * parts[j].first,
        )
