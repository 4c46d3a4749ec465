"""What the drafting prompts are shown of notes, fields and unwanted moves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from service.detectors.cliche import lexicon
from service.writing.draft import asks
from service.writing.draft.grounds import Grounds

EXAMPLES = 50  # stock phrases that the prompt warns of


def notes_shown(ids: Sequence[str], grounds: Grounds) -> tuple[asks.NoteShown, ...]:
    """Return the notes of these ids that there are."""
    return tuple(asks.NoteShown(id=i, text=grounds.notes[i].text) for i in ids if i in grounds.notes)


def facts_shown(ids: Sequence[str], grounds: Grounds) -> tuple[asks.FactShown, ...]:
    """Return the fields of these ids that the record has."""
    return tuple(asks.FactShown(id=i, value=grounds.facts[i]) for i in ids if i in grounds.facts)


@cache
def forbidden() -> tuple[str, ...]:
    """Return the moves that the cliché data know, each with an example of its words."""
    known = lexicon()
    first: dict[str, str] = {}
    for entry in known.entries:
        words = [slot.split("|")[0] for slot in entry.pattern.split() if slot.strip(".")]
        first.setdefault(entry.family, " ".join(words))
    return tuple(
        f"{says} ({first[family]})" for family, says in list(known.says.items())[:EXAMPLES] if family in first
    )
