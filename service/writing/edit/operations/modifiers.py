"""Cut a flagged adjective or adverb before the word that it praises."""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.gates.ledger.tokens import Word
from service.gates.ledger.words import filler_stems
from service.gates.ledger.words import words as talk
from service.writing.edit.constituents import alike_before, gap
from service.writing.edit.joinery import without
from service.writing.edit.operations.praise import BARE, bare, figures, term
from service.writing.edit.place import Candidate, Place, listed, praise

NAME = "rule:modifier"
DEGREE = frozenset(
    ["so", "as", "more", "most", "less", "least", "very", "too", "such", "how", "rather", "quite"]
)

NOUNS = frozenset(
    ["narrative", "classic", "subject", "novel", "original"]
)  # taken for adjectives by the tagger


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without each flagged modifier that says nothing checkable."""
    for i in range(len(place.words) - 1):
        word = place.words[i]
        if place.tag(i) not in {"ADJ", "ADV"} or not _praises(place, word):
            continue
        j = _run_end(place, i)
        if j < 0:
            continue
        if place.fold(j + 1) in BARE and (
            place.fold(i - 1) in {"a", "an"} or place.tag(i - 1) in {"ADP", "VERB"}
        ):
            continue
        if "CCONJ" in {place.tag(i - 1), place.tag(j + 1)}:
            continue
        end = place.words[j + 1].start
        if (
            place.tag(j + 1) == "PROPN"
            and place.fold(i - 1) in {"the", "a", "an"}
            and place.tag(j + 2) != "NOUN"
        ):
            word = place.words[i - 1]
        shown = place.text[word.start : place.words[j].end]
        cut = (word.start, end)
        if place.fold(i - 2) in {"a", "an", "the"} and gap(place, i - 1) == ", ":
            # the second of two adjectives: the comma goes with it
            cut = (place.words[i - 1].end, place.words[j].end)
        yield Candidate(
            without(place.text, [cut]),
            Operation.CUT_PHRASE,
            NAME,
            f"‘{shown}’ praises and says nothing.",
            0.3,
        )


def _praises(place: Place, word: Word) -> bool:
    """Tell whether the word praises, and is flagged for that."""
    return place.hackneyed(word.start, word.end) and word.fold in praise() | listed("intensifiers.txt")


def _run_end(place: Place, i: int) -> int:
    """Return the index of the last word of the modifier that begins at `i`; -1 where it must stay."""
    before = place.fold(i - 1)
    if before in DEGREE or (i and place.tag(i - 1) == "AUX" and place.tag(i) == "ADJ"):
        return -1
    if place.words[i].stem not in filler_stems() or place.fold(i) in NOUNS:
        return -1
    if place.tag(i) == "ADV":
        return _adverb_end(place, i)
    if i and place.tag(i - 1) == "ADV":
        return -1
    listed_on = place.text[place.words[i].end] == "," and place.tag(i + 2) != "NOUN"
    listed_on = listed_on or bare(place, i - 1, i + 1)
    if place.tag(i + 1) not in {"NOUN", "ADJ", "PROPN"} or place.text[place.words[i].end] not in " ,":
        return -1
    kept = (
        term(place, i) or listed_on or _carries(place, i) or _bound(place, i) or alike_before(place, i, i + 1)
    )
    return -1 if kept else i


def _adverb_end(place: Place, i: int) -> int:
    if not place.fold(i).endswith("ly"):
        return -1
    if place.fold(i + 1) in praise():
        return i + 1 if place.tag(i + 2) in {"NOUN", "ADJ"} else -1
    if place.tag(i - 1) == "AUX" and place.tag(i + 2) != "ADP":  # `the plot is seamlessly woven`
        return -1
    return i


def _carries(place: Place, i: int) -> bool:
    """Tell whether the adjective is all that `is a … film` says."""
    noun = i + 1
    end = noun + 1 >= len(place.words) or place.text[place.words[noun].end] in ".,;:!?"
    return (
        (place.fold(noun) in talk("talk.txt") and end) or place.fold(noun) in listed("relational.txt")
    ) and (place.fold(i - 1) in {"a", "an"} and place.tag(i - 2) == "AUX")


def _bound(place: Place, i: int) -> bool:
    """Tell whether the noun needs the adjective: a set phrase such as `emotional rollercoaster`, or
    `this … depth`.
    """
    noun = place.words[i + 1]
    if place.fold(i - 1) in {"this", "that", "these", "those"} or noun.fold in figures():
        return True
    together = any(t.start <= place.words[i].start and noun.end <= t.end for t in place.open_targets)
    return together and place.tag(i + 1) == "NOUN" and noun.fold not in talk("talk.txt")
