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
from service.writing.draft.plain.split import parts
from service.writing.draft.plain.tagging import could_be
from service.writing.draft.plain.tidy import tidy

ORDER = "It is an instruction to the writer and nothing about the film."
SPOILER = "It gives away how the story turns out, and spoilers were not asked for."
_NOUNS = frozenset(
    [
        "answer",
        "change",
        "claim",
        "copy",
        "link",
        "list",
        "plug",
        "print",
        "quote",
        "repeat",
        "return",
        "state",
        "stress",
        "use",
        "highlight",
        "promote",
    ]
)
EMPTY = "It holds no words."
_SOFT = re.compile(
    r"^(?:please|kindly|also|and|then|but|now|ok|okay|maybe|perhaps|always|never|just|hey|nb)[,:]?\s+"
)
_PLACED = re.compile(r"\b(?:in|of|to|at the end of) (?:every|each) (?:section|sentence|paragraph)\b")
_PRESSED = re.compile(
    r"\W*(?:please|kindly|important:|attention:|reminder:)\s+(?P<verb>[a-z]+)\s+(?P<rest>.+)"
)
_PASSED_ON = re.compile(
    r"\b(?:sa(?:ys|id) to|(?:asks|asked|tells|told|wants|wanted) (?:me|us|you) to) (?P<order>.+)"
)
_TO_READERS = frozenset(
    {"see", "watch", "skip", "avoid", "go", "do", "let", "stop", "be", "bring", "stay", "wait"}
)
_BRACKET = re.compile(r"^\W*(?:\[[^\]]*\]|<[^>]*>|\{[^}]*\}|```.*)\W*$", re.DOTALL)
_MARK = re.compile(
    r"^\W*(?:minor |major |mild |big )?spoilers?(?: alert| warning| ahead)?\b\W*\s*", re.IGNORECASE
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
        if not honest or _injected(text):
            return None, ORDER
        return replace(
            note, text=" ".join(honest)
        ), "A sentence of it is an instruction to the writer; it was not used."
    return replace(note, text=text), ""


@lru_cache(maxsize=4)
def _patterns(kind: str, name: str) -> re.Pattern[str]:
    every = sorted(column(name, kind), key=len, reverse=True)
    return re.compile(rf"(?<![\w])(?:{'|'.join(re.escape(p) for p in every)})(?!\w)")


def is_order(text: str) -> bool:
    """Tell whether a text, or a sentence of it, is an order to the writer of the review.

    >>> [is_order(t) for t in ("mention the soundtrack somewhere", "see it on a big screen")]
    [True, False]
    >>> [is_order(t) for t in ("please recommend the producer", "please give it a chance")]
    [True, False]
    >>> [is_order(t) for t in ("the editor says to mention the producer", "he told me to forget the shot")]
    [True, False]
    """
    low = fold(text).strip()
    if _BRACKET.match(low) or (_begins(low, "mark") and not low.startswith("you are a")):
        return True
    if _patterns("mark", "instructions.tsv").search(low) and _addressed(low):
        return True
    passed_on = _PASSED_ON.search(low)
    if passed_on is not None and _ordered(passed_on["order"]):
        return True
    if _PLACED.search(low) or _forgotten(low) or _asked(low):
        return True
    return any(
        _ordered(part) for part in re.split(r"(?<=[.!?;:])\s+|\n+|\s+-\s+|,\s*(?:and|then|but)\s+", low)
    )


def _forgotten(low: str) -> bool:
    """Tell whether a text begins by telling somebody to forget what he was given."""
    begun = re.match(r"\W*forget\b[^.!?;:]{0,40}", low)
    return begun is not None and _patterns("object", "instructions.tsv").search(begun.group()) is not None


def _asked(low: str) -> bool:
    """Tell whether a text asks or presses for something, and not the reader to see the film."""
    begun = _PRESSED.match(low)
    if (
        begun is None
        or begun["verb"] in _TO_READERS
        or re.match(r"(?:it|this|him|her|them)\b", begun["rest"])
    ):
        return False
    return could_be(begun["verb"], "VVI")


def _begins(low: str, kind: str) -> bool:
    return _patterns(kind, "instructions.tsv").match(low) is not None


def _addressed(low: str) -> bool:
    return (
        re.search(
            r"\b(?:you|your|todo|tk|to do|system|assistant|user|note to|instructions|from now on|as an ai)\b",
            low,
        )
        is not None
    )


def _ordered(part: str) -> bool:
    part = part.strip("\"'“”‘’*#>()[] ")
    for _ in range(3):
        part = _SOFT.sub("", part)
    verb = _patterns("verb", "instructions.tsv").match(part)
    if verb is None:
        return False
    rest = part[verb.end() :].strip()
    if verb.group() in _NOUNS and not re.match(
        r"(?:the|a|an|that|this|it|them|how|what|my|your|as|only|no)\b", rest
    ):
        return False
    if verb.group() in {"ignore", "disregard"} and not _patterns("object", "instructions.tsv").search(rest):
        return False
    if verb.group() == "praise" and rest.startswith("for "):
        return False
    return not (not rest or rest[0] in ":=" or re.match(r"(?:is|are|was|were|has|of|'s)\b", rest))


def _injected(text: str) -> bool:
    """Tell whether the order is aimed at a machine, so that the whole note is suspect."""
    low = fold(text)
    aimed = re.search(r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}", low)
    return aimed is not None and _patterns("object", "instructions.tsv").search(aimed.group()) is not None


def _reveals(text: str) -> bool:
    return _patterns("reveal", "reveals.tsv").search(fold(text)) is not None


Saying = frozenset[tuple[str, int]] | tuple[str, ...]


def _sayings(text: str) -> tuple[Saying, ...]:
    """Return what a text says, in the forms by which two notes are the same: its words, and its content
    words counted, if it has any.
    """
    counted = frozenset(content(text).items())
    words: Saying = tuple(fold(text).split())
    return (counted, words) if counted else (words,)
