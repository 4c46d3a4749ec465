"""What a draft tells while it grows: a section as soon as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from service.films import JSON
from service.reviews import ReviewSentence, Section, SectionName


def section_told(
    name: SectionName, sentences: Sequence[ReviewSentence], *, mended: bool = False
) -> dict[str, JSON]:
    """Return what the event `section` says: its name, its text, its sentences with their sources.

    A section that is mended when all are written is told once more, whole.
    """
    return {
        "name": name.value,
        "mended": mended,
        "text": " ".join(s.text for s in sentences),
        "sentences": [{"text": s.text, "sources": list(s.sources)} for s in sentences],
    }


def notes_of(section: Section) -> tuple[str, ...]:
    """Return the ids of the notes that a section tells, each once."""
    every = (s for sentence in section.sentences for s in sentence.sources if not s.startswith("film."))
    return tuple(dict.fromkeys(every))
