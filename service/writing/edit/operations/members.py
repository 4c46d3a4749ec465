"""Cut one of the members of a list, or of a pair joined by `and`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from service.document import Operation
from service.writing.edit.constituents import TAKING_TWO, first_finite, word_at
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place

NAME = "rule:member"
LIST = re.compile(
    r"(?P<head>[^,;:.()“”\"]+?)"
    r"(?P<items>(?:, (?!and |or |but )[^,;:.()“”\"]{2,60})+)"
    r",? (?P<last_joint>and|or) (?P<last>[^,;:.()“”\"]{2,70})"
)
LONGEST = 6  # words of a member: a longer one is a clause or an apposition
JOINING = TAKING_TWO | {"join", "weav", "connect"}  # stems of verbs that take two
LINK = frozenset({"ADJ", "NOUN", "PROPN", "DET", "NUM", "PRON", "VERB"})


class Member(NamedTuple):
    """A member of a list at `text[start:end]`."""

    start: int
    end: int


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without one flagged member."""
    yield from _of_pairs(place)
    yield from _of_lists(place)


def _of_lists(place: Place) -> Iterable[Candidate]:
    """Offer A, B, and C without B or C, the one flagged; the first shares its words with the clause."""
    for m in LIST.finditer(place.text):
        items = [
            Member(m.start("items") + part.start(1), m.start("items") + part.end(1))
            for part in re.finditer(r", ([^,]+)", m.group("items"))
        ]
        last = Member(*m.span("last"))
        if any(_no_member(place, i) for i in (*items, last)) or _related(place, last):
            continue
        if place.text[last.end : last.end + 1] == ",":  # perhaps a list inside of this list
            continue
        for item in items:
            if _may_go(place, *item):
                cuts = [(item.start - 2, item.end)]
                if len(items) == 1:
                    comma = place.text.find(",", item.end, item.end + 1)
                    cuts += [(comma, comma + 1)] if comma >= 0 else []
                yield _candidate(place, cuts, item)
        yield from _without_last(place, items, last, m.group("last_joint"))


def _without_last(place: Place, items: list[Member], last: Member, joint: str) -> Iterable[Candidate]:
    end = _member_end(place, last)
    if not _may_go(place, last.start, end) or _heads_all(place, items[-1], last):
        return
    text = place.text
    if len(items) == 1:
        new = text[: items[0].start - 2] + f" {joint} " + text[items[0].start : items[0].end] + text[end:]
    else:
        new = text[: items[-1].start - 2] + f", {joint} " + text[items[-1].start : items[-1].end] + text[end:]
    yield Candidate(
        without(new, []),
        Operation.CUT_PHRASE,
        NAME,
        f"‘{text[last.start : end]}’ is one member too many.",
        0.9,
    )


def _heads_all(place: Place, item: Member, last: Member) -> bool:
    """Tell whether the last member ends in the noun that all describe: `a fresh, healthy, and fine meal`."""
    ends = [max(i for i, w in enumerate(place.words) if w.end <= m.end) for m in (item, last)]
    return [place.tag(i) for i in ends] == ["ADJ", "NOUN"]


def _may_go(place: Place, start: int, end: int) -> bool:
    """Tell whether a member is flagged and says nothing: what is said elsewhere, or is one of too many
    threes, belongs to the list all the same.
    """
    return place.flagged(start, end) and place.hollow(start, end) == 1


def _member_end(place: Place, last: Member) -> int:
    """Return where the last member ends: before the next verb of the clause, or at the next mark."""
    first = word_at(place, last.start)
    finite = first_finite(place, first)
    if finite > first and place.words[finite].start < last.end:
        return place.words[finite - 1].end
    return last.end


def _clause(place: Place, member: Member) -> bool:
    first = word_at(place, member.start)
    inside = [i for i in range(first, len(place.words)) if place.words[i].end <= member.end]
    return any(place.form(i) == "Fin" for i in inside)


def _length(place: Place, member: Member) -> int:
    return sum(member.start <= w.start and w.end <= member.end for w in place.words)


def _no_member(place: Place, member: Member) -> bool:
    """Tell whether a clause, adverb, preposition or participle begins it, or it is too long: it is no
    noun of the list.
    """
    first = word_at(place, member.start)
    if _clause(place, member) or place.tag(first) not in LINK or _length(place, member) > LONGEST:
        return True
    return place.fold(first).endswith("ing")


def _related(place: Place, last: Member) -> bool:
    """Tell whether a relative clause hangs on the whole list, inside or after its last member."""
    first = word_at(place, last.start)
    near = [place.fold(i) for i in range(first, len(place.words)) if place.words[i].start <= last.end + 2]
    return bool({"that", "which", "who", "whose", "where"} & set(near))


def _of_pairs(place: Place) -> Iterable[Candidate]:
    """`X and Y` of one kind, a word or a short phrase each."""
    for i in range(1, len(place.words) - 1):
        if place.fold(i) not in {"and", "or"} or _after_comma(place, i):
            continue
        left, right = _left(place, i), _right(place, i)
        if left is None or right is None or _shares_head(place, left, right):
            continue
        near = {place.fold(k) for k in range(max(0, i - 8), i)}
        listed_on = place.text[: left.start].rstrip().endswith(",")
        stems = {place.words[k].stem for k in range(max(0, i - 8), i)}
        if _governs(place, i) or listed_on or near & {"between", "both", "together"} or stems & JOINING:
            continue
        more = place.tag(word_at(place, right.end)) in {
            "ADP",
            "PART",
            "SCONJ",
            "VERB",
        }  # `moves and uses of light`
        if not more and _alone(place, right, left):
            yield _candidate(place, [(place.words[i - 1].end, right.end)], right)
        if _alone(place, left, right):
            yield _candidate(place, [(left.start, right.start)], left)


def _alone(place: Place, member: Member, other: Member) -> bool:
    """Tell whether a target is about this member and not about both, and the member says nothing."""
    return _may_go(place, *member) and any(
        t.start < member.end and member.start < t.end and not (t.start < other.end and other.start < t.end)
        for t in place.open_targets
    )


def _governs(place: Place, i: int) -> bool:
    """Tell whether the pair joined at word `i` may be the subject that a plural verb agrees with."""
    verb = first_finite(place)
    return i < verb and not place.fold(verb).endswith("s") and place.form(verb) == "Fin"


def _after_comma(place: Place, i: int) -> bool:
    return "," in place.text[max(0, place.words[i].start - 2) : place.words[i].start]


def _left(place: Place, i: int) -> Member | None:
    """Return the phrase before `and`: an adjective, or a noun with its adjectives."""
    if place.tag(i - 1) not in {"ADJ", "NOUN"}:
        return None
    k = i - 1
    while k > 0 and place.tag(k - 1) in {"ADJ", "ADV", "NOUN"} and place.text[place.words[k - 1].end] == " ":
        k -= 1
    return Member(place.words[k].start, place.words[i - 1].end)


def _right(place: Place, i: int) -> Member | None:
    """Return the phrase of the same kind after `and`."""
    kind, k = place.tag(i - 1), i + 1
    while k < len(place.words) and place.tag(k) in {"ADJ", "ADV"} and k < i + 4 and kind == "NOUN":
        k += 1
    if kind == "ADJ" and place.tag(k) == "ADV" and place.tag(k + 1) == "ADJ":
        k += 1
    if k >= len(place.words) or place.tag(k) != kind:
        return None
    while kind == "NOUN" and place.tag(k + 1) == "NOUN" and place.text[place.words[k].end] == " ":
        k += 1
    return Member(place.words[i + 1].start, place.words[k].end)


def _shares_head(place: Place, left: Member, right: Member) -> bool:
    """Tell whether both describe the noun at the end, as in `a bleak and unforgiving place`: a
    determiner stands before the first and none before the second, which is longer than a word.
    """
    first, joint = word_at(place, left.start), word_at(place, right.start)
    if place.tag(joint) == place.tag(joint + 1) == "NOUN" and place.tag(joint - 2) == "NOUN":
        return True  # `film and television studios`
    inside = sum(right.start <= w.start and w.end <= right.end for w in place.words)
    return (
        place.tag(first - 1) in {"DET", "PRON"}
        and inside > 1
        and place.tag(word_at(place, right.end)) != "NOUN"
    )


def _candidate(place: Place, cuts: list[tuple[int, int]], member: Member) -> Candidate:
    shown = place.text[member.start : member.end]
    return Candidate(
        without(place.text, cuts), Operation.CUT_PHRASE, NAME, f"‘{shown}’ is one member too many.", 0.9
    )
