"""Finding the parts of a sentence that can be taken out: shallow, by commas and parts of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from service.gates.ledger.words import words as listed
from service.writing.edit.place import Place, praise

BREAK = re.compile(r",(?!\d)|\s[–—]\s|—|;|:(?=\s)")
TERMINAL = re.compile(r"[.!?…][\"'”’)\]]*$")
SUBJECT_TAGS = frozenset({"NOUN", "PROPN", "PRON"})
TAKING_TWO = frozenset(["blend", "combin", "mix", "balanc", "juxtapos", "contrast", "pair", "compar", "merg"])
"""Stems of verbs that say what goes with what."""


class Segment(NamedTuple):
    """A stretch between commas or dashes: its characters, the mark before it, its first word's index."""

    start: int
    end: int
    mark: str
    first: int


def body_end(text: str) -> int:
    """Return where the sentence's closing marks begin."""
    m = TERMINAL.search(text)
    return m.start() if m else len(text)


def enclosed(text: str) -> list[tuple[int, int]]:
    """Return the stretches inside quotation marks and brackets."""
    return [m.span() for m in re.finditer(r"\([^()]*\)|“[^“”]*”|\"[^\"]*\"|\[[^\[\]]*\]", text)]


def segments(place: Place) -> list[Segment]:
    """Return the segments of a sentence, in order."""
    text = place.text
    inside = enclosed(text)
    marks = [m for m in BREAK.finditer(text) if not any(s < m.start() < e for s, e in inside)]
    bounds = [(0, 0, ""), *((m.start(), m.end(), m.group().strip()) for m in marks)]
    ends = [m.start() for m in marks] + [body_end(text)]
    found = []
    for (_, begin, mark), end in zip(bounds, ends, strict=True):
        first = next((i for i, w in enumerate(place.words) if w.start >= begin and w.end <= end), -1)
        start = place.words[first].start if first >= 0 else begin
        found.append(Segment(start, end, mark, first))
    return [s for s in found if s.first >= 0]


def clause_ends(place: Place) -> list[int]:
    """Return where the sentence and its clauses end; behind another comma more hangs on these words."""
    parts = segments(place)
    ends = {
        part.end
        for part, later in pairwise(parts)
        if place.fold(later.first) in {"but", "while", "as", "because"} or place.tag(later.first) == "PRON"
    }
    return sorted(ends | {body_end(place.text)})


def word_at(place: Place, offset: int) -> int:
    """Return the index of the first word that begins at or after `offset`."""
    return next((i for i, w in enumerate(place.words) if w.start >= offset), len(place.words))


def is_participle(place: Place, i: int) -> bool:
    """Tell whether a participle, or an adverb before one, begins at word `i`."""
    if place.tag(i) == "ADV" and (
        place.fold(i).endswith("ly") or place.fold(i) in {"further", "also", "thus"}
    ):
        i += 1
    word = place.fold(i)
    if place.tag(i) == "VERB" and place.form(i) in {"Ger", "Part"}:
        return True
    return (
        word.endswith("ing")
        and len(word) > 5
        and not gap(place, i).strip()
        and place.tag(i + 1) in {"DET", "PRON", "ADP", "ADJ", "NOUN", "PROPN"}
    )


def is_finite(place: Place, i: int) -> bool:
    """Tell whether a finite verb, perhaps after an adverb, stands at word `i`."""
    if place.tag(i) == "ADV":
        i += 1
    return place.tag(i) in {"VERB", "AUX"} and place.form(i) == "Fin"


def first_finite(place: Place, start: int = 0) -> int:
    """Return the index of the first finite verb from word `start` on; -1 where there is none."""
    return next((i for i in range(start, len(place.words)) if place.form(i) == "Fin"), -1)


def gap(place: Place, i: int) -> str:
    """Return what stands between word `i` and the next."""
    return place.text[place.words[i].end : place.words[i + 1].start] if i + 1 < len(place.words) else ""


def runs_of(place: Place) -> Iterator[tuple[int, int]]:
    """Yield the ranges of words `[i, j)` that no mark divides."""
    begin = 0
    for i in range(len(place.words)):
        if i + 1 == len(place.words) or gap(place, i).strip():
            yield begin, i + 1
            begin = i + 1


def bare_generic(place: Place, i: int) -> bool:
    """Tell whether the noun at word `i` says too little by itself: one of talk about any film, without
    an adjective, or one that `the` points at.
    """
    k = i
    while k > 0 and place.tag(k - 1) in {"ADJ", "NOUN", "ADV", "PROPN"} and not gap(place, k - 1).strip():
        k -= 1
    telling = [n for n in range(k, i) if place.fold(n) not in praise()]
    return not telling and (place.fold(i) in listed("talk.txt") or place.fold(k - 1) == "the")


def mid_phrase(place: Place, end: int) -> bool:
    """Tell whether `text[:end]` stops inside of a noun's phrase: between its adjectives, say."""
    last = max((k for k, w in enumerate(place.words) if w.end <= end), default=-1)
    return place.tag(last) in {"ADJ", "DET"} and place.tag(last + 1) in {"ADJ", "ADV", "NOUN"}


def definite(place: Place, noun: int) -> bool:
    """Tell whether `the` points at the noun at word `noun`, so that what follows may say which one."""
    k = noun
    while k > 0 and place.tag(k - 1) in {"ADJ", "NOUN", "ADV", "PROPN"} and not gap(place, k - 1).strip():
        k -= 1
    return place.fold(k - 1) == "the"


def predicated(place: Place, noun: int) -> bool:
    """Tell whether the noun is what the sentence calls its subject: what follows then says why."""
    article = next((k for k in range(noun - 1, max(-1, noun - 6), -1) if place.fold(k) in {"a", "an"}), -1)
    return article > 0 and place.tag(article - 1) == "AUX"


def alike_before(place: Place, i: int, noun: int) -> bool:
    """Tell whether the words `[i, noun)` describe a noun joined to one that is described as well: without
    them the first one's words would seem to be about both, as in `brisk scenes and stunning scenery`.
    """
    joint = place.fold(i - 1) in {"and", "or"} or (i > 0 and gap(place, i - 1) == ", ")
    before = i - 2 if place.fold(i - 1) in {"and", "or"} else i - 1
    if not joint or place.tag(before) != "NOUN":
        return False
    k = before - 1
    while place.tag(k) == "NOUN" and not gap(place, k).strip():
        k -= 1
    return place.tag(k) == "ADJ" and not gap(place, k).strip() and place.tag(noun) == "NOUN"
