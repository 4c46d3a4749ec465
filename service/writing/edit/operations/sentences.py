"""Drop a sentence whose content stands elsewhere, or that holds nothing but clichés."""

from __future__ import annotations

from collections.abc import Iterable

from service.document import Operation
from service.gates.ledger.words import is_function
from service.writing.edit.place import Candidate, Place
from service.writing.edit.reference import depends_on

NAME = "rule:sentence"
SHARE = 0.3  # of its content words that clichés and repeats must make up


def offer(place: Place) -> Iterable[Candidate]:
    """Offer to drop the sentence, where it is flagged enough and nothing after it points back."""
    content = [w for w in place.words if not is_function(w.fold)]
    flagged = [w for w in content if place.flagged(w.start, w.end)]
    if not content or len(flagged) < SHARE * len(content):
        return
    if depends_on(place.following, place.text):
        return
    yield Candidate(
        "", Operation.CUT_SENTENCE, NAME, "It says nothing that the rest of the text does not say.", 0.5
    )
