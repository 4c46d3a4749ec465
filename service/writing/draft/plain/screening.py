"""Which notes can be used: orders to the writer, spoilers, repeats and empty notes are set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from service.document import fold
from service.films import Film
from service.reviews import Note
from service.writing.draft.plain.content import content
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.orders import is_injection, is_order
from service.writing.draft.plain.split import parts
from service.writing.draft.plain.tidy import tidy

ORDER = "It is an instruction to the writer and nothing about the film."
SPOILER = "It gives away how the story turns out, and spoilers were not asked for."
EMPTY = "It holds no words."
_MARK = re.compile(
    r"^\W*(?:minor |major |mild |big )?spoilers?(?: alert| warning| ahead)?\b\W*\s*", re.IGNORECASE
)


_WAS_SO = re.compile(
    r"\b(?:is|are|was|were|had been|has been) (?:a|an|the|his|her|their|dead|alive|in on|behind)\b[^.;]*"
    r"\b(?:all along|the (?:whole|entire) time)\b|\bdid it all along\b"
)


@dataclass(frozen=True, slots=True)
class Screened:
    """The notes to use, those left out with reasons, and remarks on parts of notes left out."""

    used: tuple[Note, ...]
    left_out: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]
    merged: tuple[tuple[str, str], ...] = ()


def screen(notes: Sequence[Note], film: Film, *, spoilers: bool) -> Screened:
    """Sort out what cannot be used. A note that is partly an order keeps its other sentences."""
    used: list[Note] = []
    out: list[tuple[str, str]] = []
    remarks: list[tuple[str, str]] = []
    said: dict[Saying, str] = {}
    for note in notes:
        kept, reason = _kept(note, film, spoilers=spoilers)
        if kept is None:
            out.append((note.id, reason))
            continue
        sayings = _sayings(kept.text)
        same = next((said[s] for s in sayings if s in said), None)
        if same is not None:
            out.append((note.id, f"It says the same as {same}."))
            continue
        used.append(kept)
        said |= dict.fromkeys(sayings, kept.id)
        if reason:
            remarks.append((note.id, reason))
    return Screened(tuple(used), tuple(out), tuple(remarks))


def _kept(note: Note, film: Film, *, spoilers: bool) -> tuple[Note | None, str]:
    if not any(c.isalnum() or c in "★☆" for c in note.text):
        return None, EMPTY
    text = note.text
    warned = (
        _MARK.match(text) is not None
        or re.search(r"[(\[]\s*spoilers?\s*[)\]]", text, re.IGNORECASE) is not None
    )
    if warned:
        if not spoilers:
            return None, SPOILER
        text = re.sub(r"\s*[(\[]\s*spoilers?\s*[)\]]", "", _MARK.sub("", text), flags=re.IGNORECASE)
    if not spoilers and _reveals(text):
        return None, SPOILER
    if is_order(text):
        sentences = parts(tidy(text, film), film)
        honest = [s for s in sentences if not is_order(s)]
        if not honest or is_injection(text):
            return None, ORDER
        return replace(
            note, text=" ".join(honest)
        ), "A sentence of it is an instruction to the writer; it was not used."
    return replace(note, text=text), ""


@lru_cache(maxsize=1)
def _revealing() -> re.Pattern[str]:
    every = sorted(column("reveals.tsv", "reveal"), key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(re.escape(p) for p in every)})(?!\w)")


def _reveals(text: str) -> bool:
    low = fold(text)
    return _revealing().search(low) is not None or _WAS_SO.search(low) is not None


Saying = frozenset[tuple[str, int]] | tuple[str, ...]


def _sayings(text: str) -> tuple[Saying, ...]:
    """Return what a text says, in the forms by which two notes are the same: its words, and its content
    words counted, if it has any.
    """
    counted = frozenset(content(text).items())
    words: Saying = tuple(fold(text).split())
    return (counted, words) if counted else (words,)
