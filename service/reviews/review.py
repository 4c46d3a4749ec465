"""The Review: four sections of sentences, each naming the notes and film fields it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SectionName(StrEnum):
    """The sections of a review, in the order in which they stand."""

    PLOT = "plot"
    CHARACTERS = "characters"
    THEMES = "themes"
    LEGACY = "legacy"


@dataclass(frozen=True, slots=True)
class Note:
    """One bullet from the writer. `id` is `n1`, `n2`, … unless the writer gave one."""

    id: str
    text: str
    section: SectionName | None = None


@dataclass(frozen=True, slots=True)
class ReviewSentence:
    """A sentence and what it rests on: note ids (`n1`) and film fields (`film.directors`)."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its paragraphs, each a run of sentences."""

    name: SectionName
    paragraphs: tuple[tuple[ReviewSentence, ...], ...]

    @property
    def sentences(self) -> tuple[ReviewSentence, ...]:
        """Return the section's sentences in order."""
        return tuple(s for p in self.paragraphs for s in p)


@dataclass(frozen=True, slots=True)
class Review:
    """The structured article."""

    title: str
    film_id: str
    sections: tuple[Section, ...]
    notes_used: tuple[str, ...]
    notes_left_out: tuple[tuple[str, str], ...]  # (note id, reason)
