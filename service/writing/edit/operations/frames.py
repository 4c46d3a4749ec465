"""Cut an empty frame: "reminds us that", "it is this X that", "serves as a"; data in `frames.tsv`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

from service.document import Operation
from service.writing.edit.inflection import plain_form, third_person
from service.writing.edit.joinery import mended
from service.writing.edit.place import Candidate, Place

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
    text = (files("service.writing.edit") / "data" / "frames.tsv").read_text(encoding="utf-8")
    slots: dict[str, str] = {}
    found = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        first, second, *rest = line.split("\t")
        if first.startswith("@"):
            slots[first[1:]] = second
            continue
        pattern = re.sub(
            r"<(\w+)>(?!\w*>)",
            lambda m: f"(?:{slots[m.group(1)]})" if m.group(1) in slots else m.group(),
            first,
        )
        found.append(Frame(re.compile(pattern, re.IGNORECASE), second, rest[0]))
    return tuple(found)


FORMS: dict[str, Callable[[str], str]] = {"3": third_person, "plain": plain_form, "": lambda w: w}
FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


def _filled(found: re.Match[str], field: re.Match[str]) -> str:
    name, form = field.group(1), field.group(2) or ""
    return FORMS[form](found.group(int(name) if name.isdigit() else name) or "")


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence without each frame that it holds."""
    for frame in frames():
        m = frame.pattern.search(place.text)
        if m is None:
            continue
        instead = FIELD.sub(partial(_filled, m), frame.instead)
        new = mended(place.text, place.text[: m.start()] + instead + place.text[m.end() :])
        yield Candidate(new, Operation.REWRITE, NAME, frame.reason, 0.0)
