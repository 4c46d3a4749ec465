"""Drop a sentence whose content stands elsewhere, or that holds nothing but clichés."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.document import Operation
from service.gates.ledger.words import is_function
from service.writing.edit.place import REPEATS, Candidate, Place
from service.writing.edit.reference import depends_on

NAME = "rule:sentence"
ANNOUNCEMENT = "rule:announcement"
ANNOUNCES = re.compile(
    r"^(?:so, )?(?:in this|this) (?:(?!film|movie|story)\w+ )?(?:blog |film |movie )?"
    r"(?:article|post|guide|essay|review|analysis|piece)\b[^.]*?"
    r"\b(?:we|i|you)?(?:['’]ll| will|['’]re| are| explores?| delves?| examines?| looks?| aims?|"
    r" provides?| offers?| covers?| discusses| takes?)\b",
    re.IGNORECASE,
)
CHAT = re.compile(
    r"^(?:(?:sure|certainly|of course|absolutely|great)[,!]|here(?:['’]s| is| are) (?:an?|the|your|my) |"
    r"let me know|as an ai\b|i hope (?:this|you)|feel free to|please (?:note|let)|word count)",
    re.IGNORECASE,
)  # how an assistant talks to who asked
SHARE = 0.3  # of its content words that must be flagged
EMPTY = 0.5  # and that must say nothing
WHOLE = 0.6  # of a sentence's characters: a repeat that covers as many is the sentence's own


def offer(place: Place) -> Iterable[Candidate]:
    """Offer to drop the sentence, where it is flagged enough and nothing after it points back."""
    announced = ANNOUNCES.match(place.text) or (CHAT.match(place.text) and _leaked(place))
    if announced and place.open_targets and not depends_on(place.following, place.text):
        yield Candidate(
            "", Operation.CUT_SENTENCE, ANNOUNCEMENT, "It talks about the article instead of the film.", -4.0
        )
        return
    if place.preceding.rstrip()[-1:] in {"?", ":"}:  # it answers
        return
    content = [w for w in place.words if not is_function(w.fold)]
    flagged = [w for w in content if place.flagged(w.start, w.end)]
    if not content or len(flagged) < SHARE * len(content) or place.emptiness(0, len(place.text)) < EMPTY:
        return
    if _leads(place) and place.hollow(0, len(place.text)) < EMPTY and not _said_whole(place):
        return
    if depends_on(place.following, place.text) or place.text.rstrip("”\"’'")[-1:] in "?:":
        return
    yield Candidate(
        "", Operation.CUT_SENTENCE, NAME, "It says nothing that the rest of the text does not say.", 0.9
    )


def _leaked(place: Place) -> bool:
    """Tell whether a leaked instruction or answer opens the sentence."""
    return any(t.finding.kind == "leaked_instruction" and t.start <= 1 for t in place.open_targets)


def _leads(place: Place) -> bool:
    """Tell whether the sentence says what its paragraph is about."""
    return place.index == 0 and len(place.block.sentences) > 1


def _said_whole(place: Place) -> bool:
    """Tell whether the text says all of the sentence once more."""
    return any(
        t.finding.kind in REPEATS and t.end - t.start >= WHOLE * len(place.text) for t in place.open_targets
    )
