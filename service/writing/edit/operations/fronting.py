"""Begin with the closing clause: "As it shows a strike, the film …" for "The film …, as it shows a strike".

For a sentence whose opening stands too often: all its words stay, in another order.
"""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.writing.edit.constituents import body_end, first_finite, segments
from service.writing.edit.place import Candidate, Place

NAME = "rule:fronting"
CONJUNCTIONS = frozenset(
    ["as", "because", "although", "though", "while", "when", "since", "after", "before", "until"]
)
COORDINATED = frozenset(["and", "but", "or", "yet", "so"])


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence with its closing clause first, where its opening is flagged."""
    parts = segments(place)
    if len(parts) != 2 or not any(_about_opening(place, t.start, t.finding.kind) for t in place.open_targets):
        return
    clause = parts[1]
    main = first_finite(place)
    finite = first_finite(place, clause.first)
    if (
        clause.mark != ","
        or place.fold(clause.first) not in CONJUNCTIONS
        or not 0 < main < clause.first < finite
    ):
        return
    if place.tag(clause.first + 1) == "PRON":  # a pronoun ahead of what it stands for
        return
    if finite - clause.first < 2 or any(place.fold(i) in COORDINATED for i in range(1, clause.first)):
        return
    end = body_end(place.text)
    said = place.text[clause.start : end]
    opening = place.text[: parts[0].end]
    text = f"{said[0].upper()}{said[1:]}, {_inside(place, opening)}{place.text[end:]}"
    yield Candidate(
        text, Operation.REWRITE, NAME, "Too many sentences begin alike; this one begins with its clause.", 0.5
    )


def _about_opening(place: Place, start: int, kind: str) -> bool:
    return kind == "repeated_opening" and start == place.words[0].start


def _inside(place: Place, opening: str) -> str:
    """Return the main clause as it is written inside a sentence: a name keeps its capital."""
    named = (
        any(start == 0 for start, _ in place.masks)
        or place.tag(0) in {"PROPN", "NOUN"}
        or opening[:2] == "I "
    )
    return opening if named else opening[0].lower() + opening[1:]
