"""What a gate is given and what it answers. A refusal is a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from service.detectors import Subject
from service.document import Document, Edit
from service.films import Film
from service.reviews import Note


@dataclass(frozen=True, slots=True)
class Change:
    """A document before and after `edits`, with what the new text may draw upon."""

    before: Document
    after: Document
    edits: tuple[Edit, ...]
    subject: Subject
    notes: tuple[Note, ...] = ()
    protect: tuple[str, ...] = ()

    @property
    def film(self) -> Film | None:
        """Return the film the text is about, where it is known."""
        return self.subject.film


@dataclass(frozen=True, slots=True)
class Decision:
    """A gate's answer, with a reason that names what decided it."""

    gate: str
    accepted: bool
    reason: str


class Gate(Protocol):
    """One thing that no edit may do."""

    name: str

    def __call__(self, change: Change) -> Decision:
        """Return the decision on `change`."""
        ...
