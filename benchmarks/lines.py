"""Batches to measure with: drafts of one film, each with notes that stand in no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

CALLS = 5  # that a draft makes: the plan and four sections

_KINDS = [
    "amber",
    "brass",
    "cedar",
    "dusty",
    "early",
    "faded",
    "gilded",
    "humble",
    "ivory",
    "jaded",
    "keen",
    "linen",
]
_THINGS = [
    "lamp",
    "door",
    "coat",
    "letter",
    "train",
    "mirror",
    "window",
    "ladder",
    "bottle",
    "bridge",
    "garden",
    "harbour",
    "kettle",
    "market",
    "orchard",
    "piano",
    "quarry",
    "river",
    "stair",
    "tower",
    "wagon",
    "anchor",
    "basket",
    "candle",
    "drum",
    "engine",
    "fountain",
    "glove",
    "hammer",
    "island",
]
_NOTES = {
    "plot": "The {0} {1} opens the story beside the {2}.",
    "characters": "The lead plays the scene with the {0} {1} and the {2} as if nobody watched.",
    "themes": "Loss is told through one {0} {1} and one {2}.",
    "legacy": "Critics still speak of the {0} {1} near the {2}.",
}


def draft_lines(count: int) -> Iterator[str]:
    """Yield `count` (10,800 at most) lines of a batch; no two share a note."""
    things = len(_THINGS)
    if count > len(_KINDS) * things * things:
        raise ValueError(f"there are words for {len(_KINDS) * things * things:,} lines, not for {count:,}")
    for i in range(count):
        words = _KINDS[i % 12], _THINGS[i // 12 % things], _THINGS[i // 12 // things]
        notes = [{"text": text.format(*words), "section": name} for name, text in _NOTES.items()]
        yield json.dumps(
            {
                "kind": "review",
                "film": {"title": "Casablanca", "year": 1942},
                "notes": notes,
                "custom_id": f"l{i}",
            }
        )


def write_lines(path: Path, count: int) -> None:
    """Write `count` lines to `path`."""
    path.write_text("".join(f"{line}\n" for line in draft_lines(count)), encoding="utf-8")
