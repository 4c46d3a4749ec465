"""Cut a relative clause that no comma sets off: "a thread that tugs at the audience's heartstrings"."""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.writing.edit.constituents import (
    bare_generic,
    clause_ends,
    definite,
    is_finite,
    is_participle,
    predicated,
)
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place

NAME = "rule:relative"
PRONOUNS = frozenset({"that", "which", "who"})
SHARE = 0.6  # of the content words of what goes that must say nothing
OPEN_HEADS = frozenset(
    [
        "one",
        "something",
        "anything",
        "everything",
        "nothing",
        "those",
        "that",
        "what",
        "it",
        "all",
        "time",
        "way",
        "fact",
        "idea",
    ]
)


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without each flagged relative clause or restrictive participle."""
    ends = clause_ends(place)
    for i in range(1, len(place.words) - 1):
        if not _begins(place, i):
            continue
        start = place.words[i - 1].end
        for end in (e for e in ends if e > place.words[i].end):
            if place.flagged(place.words[i].start, end) and place.emptiness(start, end) >= SHARE:
                words = len(place.text[start:end].split())
                reason = f"‘{place.text[start:end].strip()}’ adds nothing that can be checked."
                yield Candidate(
                    without(place.text, [(start, end)]),
                    Operation.CUT_PHRASE,
                    NAME,
                    reason,
                    0.2 + 0.02 * words,
                )


def _begins(place: Place, i: int) -> bool:
    head = place.fold(i - 1)
    if place.tag(i - 1) not in {"NOUN", "PROPN"} or head in OPEN_HEADS:
        return False
    if place.text[place.words[i - 1].end : place.words[i].start] != " ":
        return False
    if place.fold(i) in PRONOUNS and is_finite(place, i + 1):
        return not _needed(place, i)
    return (
        is_participle(place, i)
        and place.tag(i) == "VERB"
        and place.form(i) == "Part"
        and not _needed(place, i)
    )


def _needed(place: Place, i: int) -> bool:
    """Tell whether the noun means too little without its clause: `is a film that …`, `the quiet love that …`,
    `it is this depth that …`, `so great that …`, `has made a universe that …`.
    """
    before = [place.fold(k) for k in range(i)]
    if {"so", "such", "same"} & set(before) or before[:2] in (["it", "is"], ["it", "was"]):
        return True
    return (
        bare_generic(place, i - 1)
        or definite(place, i - 1)
        or place.fold(i - 2) in {"a", "an", "and", "or"}
        or place.tag(i - 2) in {"ADP", "PART", "VERB"}
        or ":" in place.text[: place.words[i].start]
        or predicated(place, i - 1)
    )
