"""Cut an empty frame: "reminds us that", "it is this X that", "serves as a"; data in `frames.tsv`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import NamedTuple

from service.document import Operation
from service.writing.edit.inflection import plain_form, third_person
from service.writing.edit.joinery import mended
from service.writing.edit.place import Candidate, Place
from service.writing.edit.slotted import rows

NAME = "rule:frame"


class Frame(NamedTuple):
    """A pattern, what stands instead, and why. `{name:3}` in the replacement makes a third person
    singular of the group, `{name:plain}` its plain form.
    """

    pattern: re.Pattern[str]
    instead: str
    reason: str


@cache
def frames() -> tuple[Frame, ...]:
    """Return the frames of the data file; `<x>` in a pattern stands for the slot of that name."""
    return tuple(Frame(re.compile(p, re.IGNORECASE), i, why) for p, i, why in rows("frames.tsv"))


FORMS: dict[str, Callable[[str], str]] = {"3": third_person, "plain": plain_form, "": lambda w: w}
FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


def _filled(found: re.Match[str], field: re.Match[str]) -> str:
    name, form = field.group(1), field.group(2) or ""
    return FORMS[form](found.group(int(name) if name.isdigit() else name) or "")


NOT_ONLY = re.compile(r"(?:n['’]t|not) (?:merely|just|simply|only)\b", re.IGNORECASE)


def _said_next(place: Place, found: re.Match[str]) -> bool:
    """Tell whether what it does besides is said as one thing more; otherwise `doesn't just` sets the two
    against each other, and the first must not stand alone.
    """
    rest = place.text[found.end() :]
    return " also " in f" {place.following.lower()} " and not re.search(r"[;:–—]", rest)


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without each frame that it holds."""
    for frame in frames():
        m = frame.pattern.search(place.text)
        if m is None or (NOT_ONLY.search(m.group()) and "also" not in m.group() and not _said_next(place, m)):
            continue
        instead = FIELD.sub(partial(_filled, m), frame.instead)
        new = mended(place.text, place.text[: m.start()] + instead + place.text[m.end() :])
        yield Candidate(new, Operation.REWRITE, NAME, frame.reason, 0.0)
