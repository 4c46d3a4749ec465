"""Cut what a comma or dash sets off: a participle tail, a which-clause, a prepositional afterthought."""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.writing.edit.constituents import Segment, is_finite, is_participle, mid_phrase, segments
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place, praise

NAME = "rule:tail"
SHARE = 0.5  # of the content words of what goes that must say nothing
OPENING = frozenset({"that", "how", "why", "because", "if"})
RELATIVE = frozenset({"which", "who", "whose", "where"})
PREPOSITIONS = frozenset(
    [
        "with",
        "in",
        "for",
        "through",
        "throughout",
        "across",
        "amid",
        "amidst",
        "from",
        "by",
        "at",
        "on",
        "within",
        "beyond",
    ]
)


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without each flagged afterthought, alone and with what follows it."""
    parts = segments(place)
    for i in range(1, len(parts)):
        if not _cuttable(place, parts, i):
            continue
        for j in range(i, len(parts)):
            end = parts[j].end
            if (
                not place.flagged(parts[i].start, end)
                or _open_list(place, parts, j)
                or _open_clause(place, parts, i, j)
                or mid_phrase(place, end)
            ):
                continue
            if place.emptiness(parts[i].start, end) >= SHARE:
                yield from _cuts(place, parts, i, j)


def _cuttable(place: Place, parts: list[Segment], i: int) -> bool:
    first = parts[i].first
    word = place.fold(first)
    if parts[i].mark in {";", ":"} or any(place.tag(part.first - 1) == "AUX" for part in parts[1 : i + 1]):
        return False
    if word in praise() or _coordinate(place, first):  # `breathtaking landscapes`, after another adjective
        return False
    if word in RELATIVE or is_participle(place, first):
        return not _is_member(place, parts, i)
    return word in PREPOSITIONS and not _is_member(place, parts, i)


def _coordinate(place: Place, first: int) -> bool:
    """Tell whether the word is the second of two adjectives: `an epic, sweeping orchestral score`."""
    return place.fold(first - 2) in {"a", "an", "the"} and place.tag(first + 1) in {"ADJ", "NOUN"}


def _is_member(place: Place, parts: list[Segment], i: int) -> bool:
    """Tell whether the segment is one of a list that `and` or `or` closes."""
    for later in parts[i + 1 :]:
        if place.fold(later.first) in {"and", "or"}:
            return not is_finite(place, later.first + 1) and not is_finite(place, later.first + 2)
        if not (is_participle(place, parts[i].first) and is_participle(place, later.first)):
            return False
    return False


def _open_list(place: Place, parts: list[Segment], j: int) -> bool:
    """Tell whether segment `j` ends inside a list that a later segment closes: `of love, loss, and hope`."""
    if place.fold(parts[j].first) in {"and", "or"} and j + 1 < len(parts):
        return not is_finite(place, parts[j + 1].first)
    for k, later in enumerate(parts[j + 1 :]):
        if place.fold(later.first) in {"and", "or"}:  # after another member, surely the last one
            return k > 0 or not _clause_begins(place, later.first)
        if later.mark != "," or is_finite(place, later.first) or is_participle(place, later.first):
            return False
    return False


def _open_clause(place: Place, parts: list[Segment], i: int, j: int) -> bool:
    """Tell whether a `that` in the segments `i` to `j` still waits for its clause, which comes behind what
    is put in between: `showing that, in time, …`.
    """
    for k in range(i, min(j, len(parts) - 3) + 1):
        last = max(n for n, w in enumerate(place.words) if w.end <= parts[k].end)
        if place.fold(last) in OPENING and j < k + 2:
            return True
    return False


def _clause_begins(place: Place, joint: int) -> bool:
    """Tell whether a clause with its own verb follows the conjunction, not a noun that `that …` describes."""
    for i in range(joint + 1, joint + 4):
        if place.fold(i + 1) in RELATIVE | {"that"}:
            return False
        if is_finite(place, i):
            return True
    return False


def _cuts(place: Place, parts: list[Segment], i: int, j: int) -> Iterable[Candidate]:
    text, start, end = place.text, parts[i - 1].end, parts[j].end
    last = j + 1 == len(parts)
    follows = None if last else parts[j + 1]
    words = len(text[start:end].split())
    reason = f"‘{text[parts[i].start : end].strip()}’ adds nothing that can be checked."
    if follows is None or not is_finite(place, follows.first):
        yield Candidate(without(text, [(start, end)]), Operation.CUT_PHRASE, NAME, reason, 0.02 * words)
    if follows is not None and follows.mark in {",", "–", "—"} and is_finite(place, follows.first):
        yield Candidate(
            without(text, [(start, follows.start - 1)]), Operation.CUT_PHRASE, NAME, reason, 0.02 * words
        )
