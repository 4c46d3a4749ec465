"""Cut one of two joined predicates or clauses: "… and reminds us that …", ", and it touches hearts"."""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.writing.edit.constituents import body_end, clause_ends, first_finite, gap, is_finite
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place

NAME = "rule:clause"
SHARE = 0.5  # of the content words of what goes that must say nothing
RELATIVE = frozenset({"that", "which", "who", "whom", "where"})
SUBJECTS = frozenset({"DET", "PRON", "PROPN", "NOUN"})


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without its second predicate or clause, and without its first."""
    main = first_finite(place)
    if main < 0:
        return
    ends = clause_ends(place)
    for i in range(main + 1, len(place.words) - 1):
        if place.fold(i) != "and":  # what follows `but` is the point
            continue
        start = place.words[i - 1].end
        comma = "," in place.text[start : place.words[i].start]
        if is_finite(place, i + 1):
            yield from _without_second(place, start, [e for e in ends if e > place.words[i].end])
            yield from _without_first_predicate(place, main, i)
        elif comma and _clause_follows(place, i + 1):
            yield from _without_second(place, start, [body_end(place.text)])
            phrase = place.tag(0) in {"ADP", "SCONJ"}  # `With its plot, characters, and effects, …`
            phrase = phrase or place.words[main].end >= start  # `time, free will, and the law`: no verb
            phrase = phrase or _in_list(place, i)
            if not phrase and place.flagged(0, start) and place.emptiness(0, start) >= SHARE:
                reason = f"‘{place.text[:start]}’ says nothing that can be checked."
                cut = without(place.text, [(0, place.words[i + 1].start)])
                yield Candidate(cut, Operation.CUT_PHRASE, NAME, reason, 0.3 + 0.02 * i)


def _in_list(place: Place, joint: int) -> bool:
    """Tell whether the conjunction closes a list: a member without a verb stands between it and a comma."""
    before = [k for k in range(joint - 1) if "," in gap(place, k)]
    return bool(before) and not any(place.form(k) == "Fin" for k in range(before[-1] + 1, joint))


def _clause_follows(place: Place, first: int) -> bool:
    """Tell whether a subject and its verb follow, no comma between them."""
    verb = first_finite(place, first)
    return (
        place.tag(first) in SUBJECTS
        and verb > 0
        and not {place.fold(k) for k in range(first + 1, verb)} & RELATIVE
        and "," not in place.text[place.words[first].start : place.words[verb].start]
    )


def _without_second(place: Place, start: int, ends: list[int]) -> Iterable[Candidate]:
    for end in ends:
        if place.flagged(start, end) and place.emptiness(start, end) >= SHARE:
            words = len(place.text[start:end].split())
            reason = f"‘{place.text[start:end].strip(' ,')}’ says nothing that can be checked."
            yield Candidate(
                without(place.text, [(start, end)]), Operation.CUT_PHRASE, NAME, reason, 0.1 + 0.02 * words
            )


def _without_first_predicate(place: Place, main: int, i: int) -> Iterable[Candidate]:
    begin, end = place.words[main].start, place.words[i + 1].start
    if not place.flagged(begin, end) or place.emptiness(begin, end) < SHARE:
        return
    if place.tag(main) == "AUX" and not _by_itself(place, i + 1):
        return
    if RELATIVE & {place.fold(k) for k in range(main + 1, i)}:  # `is a road that winds and climbs`
        return
    if not place.text[begin:end].count(","):
        reason = f"‘{place.text[begin:end].strip()}’ says nothing that can be checked."
        yield Candidate(
            without(place.text, [(begin, end)]), Operation.CUT_PHRASE, NAME, reason, 0.4 + 0.02 * (i - main)
        )


def _by_itself(place: Place, verb: int) -> bool:
    """Tell whether the verb needs no auxiliary: of `were written and filmed` the second needs the first's."""
    return place.tag(verb) == "AUX" or place.fold(verb).endswith("s")
