"""Edits and how they are applied: nothing outside their spans changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from service.document.model import Span
from service.errors import InvalidEdit


class Operation(StrEnum):
    """What an edit does."""

    CUT_SENTENCE = "cut_sentence"
    CUT_PHRASE = "cut_phrase"
    REWRITE = "rewrite"
    MERGE = "merge"
    PUT_VALUE = "put_value"
    RESPELL = "respell"


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposed replacement of `before`, which stands at `span`, by `after`.

    `answers` holds the ids of the findings and claims that it answers, `origin` who proposed it
    (`rule:NAME` or `model:NAME`), `reason` a sentence for the writer.
    """

    id: str
    span: Span
    before: str
    after: str
    operation: Operation
    origin: str
    reason: str
    answers: tuple[str, ...] = ()


def apply(source: str, edits: Iterable[Edit]) -> str:
    """Return `source` with every edit in place; all spans refer to `source` as given.

    Raises InvalidEdit where an edit lies outside the source, its `before` does not stand at its
    span, or two edits overlap. No edits give back the very string.
    """
    ordered = sorted(edits, key=lambda e: e.span)
    if not ordered:
        return source
    out: list[str] = []
    at = 0
    for edit in ordered:
        start, end = edit.span
        if not 0 <= start <= end <= len(source):
            raise InvalidEdit(
                f"Edit {edit.id} spans {start}-{end}, outside the {len(source)} characters of the text."
            )
        if start < at:
            raise InvalidEdit(f"Edit {edit.id} overlaps the edit before it.")
        if source[start:end] != edit.before:
            raise InvalidEdit(
                f"Edit {edit.id} expects {edit.before!r} at {start}, but {source[start:end]!r} stands there."
            )
        out += (source[at:start], edit.after)
        at = end
    out.append(source[at:])
    return "".join(out)
