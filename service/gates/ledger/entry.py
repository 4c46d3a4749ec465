"""What a text asserts, as typed entries: the lines of the claim ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from service.document import Span


class EntryKind(StrEnum):
    """The kinds of entry. A relation says who did what to whom."""

    NAME = "name"
    TITLE = "title"
    NUMBER = "number"
    DATE = "date"
    QUANTITY = "quantity"
    QUOTATION = "quotation"
    NEGATION = "negation"
    QUANTIFIER = "quantifier"
    COMPARISON = "comparison"
    RELATION = "relation"


HARD = frozenset(
    {
        EntryKind.NAME,
        EntryKind.TITLE,
        EntryKind.NUMBER,
        EntryKind.DATE,
        EntryKind.QUANTITY,
        EntryKind.QUOTATION,
    }
)


class Entry(NamedTuple):
    """One assertion: `key` is what entries are compared by, `text` what stands at `start:end` of
    the sentence's visible text. `target` is the stem of the word that a negation, quantifier or
    comparison bears upon.
    """

    kind: EntryKind
    key: str
    text: str
    start: int
    end: int
    target: str = ""


class Relation(NamedTuple):
    """A predicate's class with the entities that do it and those it is done to."""

    predicate: str
    agents: frozenset[str]
    patients: frozenset[str]


class Fate(StrEnum):
    """What became of an entry of the text before, or where one of the text after came from."""

    KEPT = "kept"
    MERGED = "merged"
    CORRECTED = "corrected"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the ledger: the entry, where it stood (in the text before, or for `added` in the
    text after), and what became of it, with the reason.
    """

    fate: Fate
    kind: EntryKind
    text: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every entry of a change, by what became of it."""

    kept: tuple[Account, ...] = ()
    merged: tuple[Account, ...] = ()
    corrected: tuple[Account, ...] = ()
    dropped: tuple[Account, ...] = ()
    added: tuple[Account, ...] = ()
    unbalanced: tuple[Account, ...] = ()

    @property
    def balanced(self) -> bool:
        """Tell whether nothing was lost or invented."""
        return not self.unbalanced
