"""Whether the film is what a verb speaks of: "the film grossed", not "a bank made"."""

from __future__ import annotations

import re

from service.facts.reading import FILM, Reading

ADVERB = (
    r"(?:also|only|just|first|then|got|been|being|has|had|have|would|will|did|does"
    r"|went on to|managed to|was able to|is|was|were"
    r"|already|even|still|never|not|[a-z]+ly)"
)
SUBJECT = re.compile(rf"{FILM}(?: \([^)]*\)|,[^,]{{1,60}},)?,?(?: (?:which|that))?(?: {ADVERB})* $")
COORDINATED = re.compile(rf"(?:,|,? (?:and|but|yet))(?: {ADVERB})* $")
FIRST = re.compile(rf"(?:[^⟦,]{{0,40}}, )?{FILM}(?!') ")
PARTICIPLE = re.compile(rf"(?:^|, |\b(?:and|with|after|by) )(?:{ADVERB} )*$")


def film_is_subject(reading: Reading, at: int) -> bool:
    """Tell whether the film is the subject of the verb at `at` in the skeleton.

    It is where it stands right before the verb, or opens the sentence and the verb is joined on.
    """
    before = reading.skeleton[:at]
    if SUBJECT.search(before):
        return True
    return bool(COORDINATED.search(before)) and FIRST.match(before) is not None


def film_is_logical_subject(reading: Reading, at: int) -> bool:
    """Tell the same of a participle: also where it opens the sentence or hangs on a comma."""
    return film_is_subject(reading, at) or (
        PARTICIPLE.search(reading.skeleton, 0, at) is not None and "⟦f" in reading.skeleton
    )
