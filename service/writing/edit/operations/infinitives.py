"""Cut a closing infinitive of purpose or prepositional phrase: "… to touch the hearts of audiences"."""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.writing.edit.constituents import (
    TAKING_TWO,
    bare_generic,
    clause_ends,
    definite,
    first_finite,
    predicated,
)
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place, listed

NAME = "rule:closing"
SHARE = 0.6  # of the content words of what goes that must say nothing
SELECTING = frozenset(
    [
        "ability",
        "desire",
        "attempt",
        "struggle",
        "power",
        "way",
        "need",
        "chance",
        "opportunity",
        "fight",
        "journey",
        "quest",
        "effort",
        "decision",
        "plan",
        "right",
        "courage",
        "strength",
        "will",
        "willingness",
        "refusal",
        "mission",
        "battle",
        "tendency",
        "capacity",
        "potential",
        "freedom",
        "reason",
        "time",
        "place",
        "one",
        "first",
        "last",
        "only",
        "lot",
        "invitation",
        "promise",
    ]
)
CLOSING = frozenset(
    ["in", "with", "through", "throughout", "across", "amid", "amidst", "despite", "beyond", "within"]
)
WHICH = frozenset(["to", "in", "within", "beyond"])  # after `the` and a noun: they say which one
PURPOSEFUL = frozenset(
    [
        "use",
        "employ",
        "util",
        "help",
        "allow",
        "enabl",
        "forc",
        "serv",
        "caus",
        "invit",
        "challeng",
        "encourag",
        "inspir",
        "compel",
        "ask",
        "requir",
        "work",
        "push",
        "lead",
        "drive",
    ]
)  # stems of verbs whose infinitive is the point: `uses light to …`
WITH = TAKING_TWO | {"infus", "fill", "replac"}  # stems of verbs that say what with what
BOUND = frozenset(
    [
        "filled",
        "packed",
        "rich",
        "replete",
        "imbued",
        "associated",
        "faced",
        "fraught",
        "riddled",
        "familiar",
        "coupled",
        "charged",
        "grapples",
    ]
)


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without a closing `to …` or prepositional phrase that is flagged."""
    main = first_finite(place)
    ends = clause_ends(place)
    for i in range(max(main, 0) + 2, len(place.words) - 1):
        if place.text[place.words[i - 1].end : place.words[i].start] != " " or not _begins(place, i):
            continue
        start = place.words[i - 1].end
        if place.fold(i) in CLOSING and place.tag(i - 1) in {"VERB", "AUX"}:
            continue
        for end in (e for e in ends if e > place.words[i].end):
            words = len(place.text[start:end].split())
            if place.flagged(start, end) and place.hollow(start, end) >= SHARE and _whole(place, i, end):
                reason = f"‘{place.text[start:end].strip()}’ adds nothing that can be checked."
                yield Candidate(
                    without(place.text, [(start, end)]),
                    Operation.CUT_PHRASE,
                    NAME,
                    reason,
                    0.3 + 0.02 * words,
                )


def _begins(place: Place, i: int) -> bool:
    word, before = place.fold(i), place.fold(i - 1)
    if _needs_more(place, i - 1) or (word in WHICH and definite(place, i - 1)):
        return False
    if word in {"in", "with"} and (_object(place, i - 1) or predicated(place, i - 1)):
        return False
    if word == "with" and {place.words[k].stem for k in range(max(0, i - 5), i)} & WITH:
        return False
    noun = place.tag(i - 1) in {"NOUN", "PROPN"}
    if word == "to":
        return noun and place.tag(i + 1) == "VERB" and not _selected(place, i)
    return noun and word in CLOSING and before not in BOUND


def _needs_more(place: Place, noun: int) -> bool:
    """Tell whether the noun says too little by itself."""
    return bare_generic(place, noun) or place.fold(noun) in listed("relational.txt")


def _object(place: Place, noun: int) -> bool:
    """Tell whether the noun is a verb's object, so that what follows may belong to the verb, as in `bathes
    every frame in light`.
    """
    k = noun
    while k > 0 and place.tag(k) in {"NOUN", "PROPN", "ADJ", "DET", "PRON", "NUM"}:
        k -= 1
    return place.tag(k) == "VERB"


def _selected(place: Place, i: int) -> bool:
    """Tell whether a word before asks for the infinitive."""
    near = {place.fold(k) for k in range(max(0, i - 4), i)}
    before = {place.words[k].stem for k in range(max(0, i - 8), i) if place.tag(k) == "VERB"}
    return bool(near & SELECTING) or bool(before & PURPOSEFUL)


def _whole(place: Place, i: int, end: int) -> bool:
    """Tell whether the phrase is all that goes: no finite verb of the clause around it, and no adjective
    at its end that says what the clause makes of something ("make the journey to town tiring").
    """
    last = max(k for k, w in enumerate(place.words) if w.end <= end)
    if place.tag(last) in {"ADJ", "ADV"}:
        return False
    finite = first_finite(place, i)
    return (
        finite < 0
        or place.words[finite].start >= end
        or any(place.fold(k) in {"that", "which", "who", "where", "when", "as"} for k in range(i, finite))
    )
