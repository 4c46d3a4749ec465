"""From a place to its proposals: every candidate of every operation that is sound and worth its cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from service.document import Operation
from service.gates.ledger.tokens import split_words
from service.gates.ledger.words import is_function, words
from service.writing.edit.operations import (
    OPERATIONS,
    adverbials,
    frames,
    fronting,
    modifiers,
    plain,
    praise,
    sentences,
    title,
)
from service.writing.edit.place import Candidate, Place, Proposal, answered, shown_masked
from service.writing.edit.rewrite import as_edit
from service.writing.edit.soundness import objection
from service.writing.edit.worth import cost, gain

WRITTEN = frozenset([frames.NAME, fronting.NAME, plain.NAME, title.NAME])
SMALL = frozenset([adverbials.NAME, modifiers.NAME, praise.NAME])


def proposed(place: Place, *, whole: bool = True) -> list[Proposal]:
    """Return what can be done about a sentence, the worthiest first; without `whole` it is neither dropped
    nor turned round.
    """
    return ranked(place, (c for c in candidates(place) if whole or _small(c)))


def _small(candidate: Candidate) -> bool:
    """Tell whether a candidate may go first: a smaller cut would find a sentence turned round no more."""
    if candidate.origin == sentences.ANNOUNCEMENT:
        return True
    return bool(candidate.text) and candidate.origin != fronting.NAME


def candidates(place: Place) -> Iterable[Candidate]:
    """Yield the candidates of all operations, each text once."""
    seen = {place.text}
    for operate in OPERATIONS if place.open_targets else (frames.offer,):
        for candidate in operate(place):
            if candidate.text not in seen:
                seen.add(candidate.text)
                yield candidate


def ranked(place: Place, offered: Iterable[Candidate]) -> list[Proposal]:
    """Return the sound candidates as proposals, the worthiest first."""
    found = []
    for candidate in offered:
        gained, mended = gain(place, candidate)
        lost = cost(place, candidate)
        if gained <= lost or not _sound(place, candidate):
            continue
        edit = as_edit(place, replace(candidate, answers=answered(mended)))
        if edit is not None:
            found.append(Proposal(edit, gained, lost))
    found.sort(
        key=lambda p: (
            -round(p.worth, 6),
            p.edit.operation == Operation.CUT_SENTENCE,
            p.edit.after,
            p.edit.span,
        )
    )
    return found


def _sound(place: Place, candidate: Candidate) -> bool:
    """Tell whether a candidate's text reads, and holds each title and name whole or not at all."""
    text = candidate.text
    if not text:
        return True
    names = place.masked_texts
    if any(n not in text and " " in n and _pieces(n) & _pieces(text) for n in names):
        return False
    small = candidate.origin in SMALL or candidate.operation is not Operation.CUT_PHRASE
    if not small and not _says_more(place, text):
        return False
    return not objection(
        shown_masked(place.text, names), shown_masked(text, names), written=candidate.origin in WRITTEN
    )


def _says_more(place: Place, text: str) -> bool:
    """Tell whether a cut leaves something that is not said elsewhere, so that its point has not gone."""
    again = [t for t in place.open_targets if t.finding.kind == "repeated_phrase"]
    said = {w.stem for w in place.words if any(t.start <= w.start and w.end <= t.end for t in again)}
    named = {w.stem for w in place.words if any(a <= w.start < b for a, b in place.masks)}
    left = {w.stem for w in split_words(text) if not is_function(w.fold) and w.fold not in words("works.txt")}
    return not said or bool(left - said - named)


def _pieces(text: str) -> frozenset[str]:
    return frozenset(w.text for w in split_words(text) if w.text[0].isupper() or w.text[0].isdigit())
