"""Cut a run of stock adjectives before a noun, joined as they may be: "a compelling and resonant"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from service.document import Operation
from service.gates.ledger.words import words as talk
from service.writing.edit.constituents import alike_before, gap
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place, listed, praise

NAME = "rule:praise"
BEFORE = frozenset(["DET", "PRON", "ADP", "VERB", "PROPN", "NUM"])
BARE = frozenset(
    [
        *("movie", "film", "performance", "performances", "portrayal", "experience", "work", "piece", "role"),
        *(
            "look",
            "way",
            "manner",
            "style",
            "visuals",
            "effect",
            "effects",
            "atmosphere",
            "impression",
            "use",
        ),
    ]
)  # after `a`, `with` or a verb they say something only with their adjective

MANNER = frozenset(["for", "with", "in", "through", "by"])  # `with stunning precision`: how, or not at all
ADDING = frozenset(["add", "lend", "bring", "strike", "give"])  # stems: `adds an emotional layer`
OFFERING = frozenset(
    ["offer", "provid", "boast", "featur", "present", "deliv", "deliver", "creat", "give", "has"]
)
COMPLEMENTS = frozenset(["of", "about", "that", "which", "who", "for", "between", "as", "where"])
VERDICTS = frozenset(
    ["classic", "masterpiece", "gem", "triumph", "success", "achievement", "favorite", "favourite"]
)


@cache
def _run() -> re.Pattern[str]:
    one = rf"(?:(?:\w+ly|more|so|truly|very) )?(?:{'|'.join(sorted(praise()))})"
    return re.compile(rf"(?<![\w-]){one}(?:(?:,? (?:and|yet|but|or) |, ?| ){one})* (?=[\w-])", re.IGNORECASE)


@cache
def figures() -> frozenset[str]:
    """Return the nouns that are a figure of speech only with their adjective."""
    return listed("figures.txt")


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without each flagged run of praise that a noun follows."""
    yield from _second(place)
    for m in _run().finditer(place.text):
        first = next((i for i, w in enumerate(place.words) if w.start >= m.start()), -1)
        after = next((i for i, w in enumerate(place.words) if w.start >= m.end()), -1)
        if min(first, after) < 0 or not place.hackneyed(m.start(), place.words[after].end):
            continue
        if not _may_go(place, first, after):
            continue
        shown = m.group().strip()
        yield Candidate(
            without(place.text, [m.span()]),
            Operation.CUT_PHRASE,
            NAME,
            f"‘{shown}’ praises and says nothing.",
            0.3,
        )


def _second(place: Place) -> Iterable[Candidate]:
    """Offer `a bleak place` for `a bleak and unforgiving place`."""
    for i in range(1, len(place.words) - 2):
        if place.fold(i) not in {"and", "yet", "but"} or place.fold(i + 1) not in praise():
            continue
        if "both" in {place.fold(i - 2), place.fold(i - 3)}:
            continue
        first = place.tag(i - 1) == "ADJ" or place.fold(i - 2) in {
            "a",
            "an",
            "the",
            "more",
            "most",
            "very",
            "so",
        }
        start, end = place.words[i - 1].end, place.words[i + 1].end
        if first and place.tag(i + 2) == "NOUN" and place.flagged(start, end) and place.text[start] == " ":
            shown = place.text[start:end].strip()
            reason = f"‘{shown}’ praises and says nothing."
            yield Candidate(without(place.text, [(start, end)]), Operation.CUT_PHRASE, NAME, reason, 0.3)


def _may_go(place: Place, first: int, after: int) -> bool:
    """Tell whether a noun of its own follows, nothing hangs on the adjective, and it compares nothing."""
    if (
        place.fold(first) == "more"
        or place.tag(after) not in {"NOUN", "ADJ"}
        or place.fold(after) in figures()
    ):
        return False
    joined = (
        place.tag(first - 1) == "CCONJ"
        and place.tag(first - 2) == "NOUN"
        and place.fold(first - 3) not in {"a", "an"}
    )
    if bare(place, first - 1, after) or _told_apart(place, after) or alike_before(place, first, after):
        return False
    if place.fold(first - 1) == "the" and gap(place, after) == ", " and place.tag(after + 1) == "PROPN":
        return False  # `by the visionary painter, Ilse Hald,`
    if place.fold(after) in listed("relational.txt") or term(place, after - 1):
        return False
    if first and not joined and place.tag(first - 1) not in BEFORE:
        return False
    return place.fold(first - 1) not in {"this", "that", "more", "most", "such", "so", "as", "less", "too"}


def bare(place: Place, before: int, noun: int) -> bool:
    """Tell whether the noun would stand alone and say nothing: `a plot`, `evokes emotions`, `has a look`."""
    article = place.fold(before) in {"a", "an"}
    governed = place.tag(before) in {"ADP", "VERB", "AUX", "CCONJ", ""} or _offers(place, before)
    if not article and not governed:
        return False
    if place.fold(noun) in BARE:
        return True
    while place.tag(noun) == "NOUN" and place.tag(noun + 1) == "NOUN" and not gap(place, noun).strip():
        noun += 1
    if place.fold(noun) in BARE:
        return True
    alone = place.fold(noun + 1) not in COMPLEMENTS or bool(gap(place, noun).strip())
    called = article and place.tag(before - 1) == "AUX"  # `is an unforgettable vista`
    if alone and (called or _offers(place, before)):
        return True
    if alone and (place.fold(before) in MANNER or (article and place.words[before - 1].stem in ADDING)):
        return True
    return alone and place.fold(noun) in talk("talk.txt") - VERDICTS


def _offers(place: Place, i: int) -> bool:
    """Tell whether the word at `i` says no more than that there is what follows, whatever its tag."""
    return place.words[max(0, i)].stem in OFFERING


def term(place: Place, i: int) -> bool:
    """Tell whether the adjective at word `i` and the noun after it are a term, such as `magical realism`."""
    return f"{place.fold(i)}-{place.fold(i + 1)}" in listed("terms.txt")


def _told_apart(place: Place, after: int) -> bool:
    """Tell whether the noun stands again in the sentence, so that the adjective tells the two apart."""
    own = place.words[after].stem
    return sum(w.stem == own for w in place.words if not any(a <= w.start < b for a, b in place.masks)) > 1
