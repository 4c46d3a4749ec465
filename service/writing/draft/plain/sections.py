"""Which section a note belongs to, where the writer did not say."""

from __future__ import annotations

from functools import lru_cache

from service.films import Film
from service.reviews import Note, SectionName
from service.writing.draft.plain.content import content
from service.writing.draft.plain.lists import rows
from service.writing.draft.plain.people import mentioned

ORDER = tuple(SectionName)


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[SectionName, float]]:
    found: dict[str, dict[SectionName, float]] = {}
    for word, section, weight in rows("sections.tsv"):
        for key in content(word):
            found.setdefault(key, {})[SectionName(section)] = float(weight)
    return found


def scores(note: Note, film: Film) -> dict[SectionName, float]:
    """Return how much speaks for each section."""
    total = dict.fromkeys(ORDER, 0.0)
    for word in content(note.text):
        for section, weight in _weights().get(word, {}).items():
            total[section] += weight
    if any(mentioned(m.name, note.text) for m in film.cast):
        total[SectionName.CHARACTERS] += 2
    return total


def section_of(note: Note, film: Film) -> SectionName:
    """Return the note's own section, else the one that most speaks for (plot where nothing does)."""
    if note.section is not None:
        return note.section
    found = scores(note, film)
    return max(ORDER, key=lambda s: found[s])
