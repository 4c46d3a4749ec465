"""A note's sentence in the making: its words, the subject that was supplied, and its shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.writing.draft.plain.clause import Shape
from service.writing.draft.plain.names import capitals
from service.writing.draft.plain.tagging import Word

FILM = "The film"
_ENDS = (".", "!", "?", "…", '."', ".”", "!”", "?”", '!"', '?"')


class Frame(StrEnum):
    """Which subject the rules supplied; joins and variation read it."""

    OWN = "own"
    FILM = "film"
    WRITER = "writer"
    THERE = "there"


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence without its full stop; `predicate` is what follows a supplied subject."""

    text: str
    frame: Frame = Frame.OWN
    predicate: str = ""
    end: str = "."
    shape: Shape = Shape.CLAUSE

    @classmethod
    def film(cls, predicate: str, shape: Shape = Shape.VERB_PHRASE) -> Draft:
        """Return the sentence that says `predicate` of the film."""
        subject = "It" if re.search(r"\b(?:film|movie)\b", predicate) else FILM
        return cls(f"{subject} {predicate}", Frame.FILM, predicate, shape=shape)

    @property
    def sentence(self) -> str:
        """Return the sentence with its capital and its end mark."""
        text = capitalised(self.text)
        return text if text.endswith(_ENDS) else text + self.end


def capitalised(text: str) -> str:
    """Return the text with its first letter as a capital."""
    at = next((i for i, c in enumerate(text) if c.isalnum()), None)
    if at is None or not text[at].isalpha() or re.match(r"[a-z]+[A-Z]", text[at:]):
        return text
    return text[:at] + text[at].upper() + text[at + 1 :]


def lowered(text: str, words: Sequence[Word]) -> str:
    """Return the text with a small first letter, unless its first word is a name or `I`."""
    first = words[0]
    if (
        capitals().get(first.low) == first.text
        or first.among("NP")
        or first.text == "I"
        or (first.text.isupper() and len(first.text) > 1)
    ):
        return text
    return text[0].lower() + text[1:]
