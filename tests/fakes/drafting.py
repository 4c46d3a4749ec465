"""A capable model played by rules: it plans, writes each note as a sentence, mends with the note's words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from service.writing.ports import Answer, Ask

SECTIONS = ("plot", "characters", "themes", "legacy")
Values = dict[str, Any]
Play = Callable[[Values], Any]


def values_of(ask: Ask) -> Values:
    """Return what the prompt was filled with (`FakePrompts` renders it as JSON)."""
    values: Values = json.loads(ask.messages[1].content)
    return values


def spoken(note: Values) -> Values:
    """Return the note as a sentence that names it."""
    text = note["text"].rstrip(".")
    return {"text": f"{text[:1].upper()}{text[1:]}.", "sources": [note["id"]]}


def plan(values: Values) -> Values:
    """Put the notes into the sections that they name, else into each in turn."""
    placed: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for i, note in enumerate(values["notes"]):
        placed[note["section"] or SECTIONS[i % 4]].append(note["id"])
    sections = [
        {"name": name, "paragraphs": [{"argues": "", "notes": ids, "facts": []}]}
        for name, ids in placed.items()
        if ids
    ]
    return {"sections": sections, "left_out": []}


def section(values: Values) -> Values:
    """Write each note of the outline as it is."""
    return {"paragraphs": [{"sentences": [spoken(n) for n in p["notes"]]} for p in values["outline"]]}


def mend(values: Values) -> Values:
    """Fill each gap with its first note."""
    return {
        "sentences": [
            {"number": f["number"], **spoken(f["notes"][0])} for f in values["faults"] if f["notes"]
        ]
    }


def player(*, plan: Play = plan, section: Play = section, mend: Play = mend) -> Callable[[Ask], Any]:
    """Return a handler for `FakeModel` that plays these three; each may give JSON, text or an Answer."""
    plays = {"draft_plan": plan, "draft_section": section, "draft_mend": mend}

    def handle(ask: Ask) -> Any:  # noqa: ANN401 - whatever the play gives
        return plays[ask.name.removesuffix("+repair")](values_of(ask))

    return handle


def always(given: str | Answer | Exception) -> Callable[[Ask], Any]:
    """Return a handler that gives the same to every ask."""
    return lambda _: given
