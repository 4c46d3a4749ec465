"""Cut a set adverbial phrase: "in its own right", "time and time again"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from service.document import Operation
from service.writing.edit.joinery import without
from service.writing.edit.place import Candidate, Place

NAME = "rule:adverbial"
KEEPING = frozenset(["keep", "kept", "leav", "left", "put", "have", "held", "hold"])  # stems: they keep us so


@cache
def _pattern() -> re.Pattern[str]:
    text = (files("service.writing.edit") / "data" / "adverbials.txt").read_text(encoding="utf-8")
    listed = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE)


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without each set phrase."""
    for m in _pattern().finditer(place.text):
        before = [i for i, w in enumerate(place.words) if w.end <= m.start()]
        if before and place.tag(before[-1]) in {"VERB", "PRON"}:
            continue
        if {place.words[i].stem for i in before[-4:]} & KEEPING:
            continue
        start = m.start() - 1 if m.start() and place.text[m.start() - 1] == " " else m.start()
        yield Candidate(
            without(place.text, [(start, m.end())]),
            Operation.CUT_PHRASE,
            NAME,
            f"‘{m.group()}’ adds nothing.",
            0.05,
        )
