"""What a reader must be told about how a draft came about, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from service.writing.draft.asking import Asking
from service.writing.draft.plain.compose import TOLERANCE
from service.writing.draft.request import DraftRequest
from service.writing.draft.result import Outcome, Step
from service.writing.ports import Reach

NO_NOTES = "There were no notes, so this states facts of the record only: no experience and no verdict."
SMALL = (
    "No capable model was used: {model} only chooses and joins. "
    "These are the notes in their own words, with facts of the record."
)
NONE = "No model was used. These are the notes in their own words, with facts of the record."
FAILED = "{model} gave no answer that could be used. These are the notes in their own words."
PARTLY = "{model} gave no answer that could be used for: {what}. There the notes stand in their own words."
SHORT = "It has {words} words of the {asked} asked for: notes and record hold no more."
ENGLISH_ONLY = (
    "Written in {language}: names, numbers, quotations and sources were checked; "
    "its wording and its claims only where they read as in English."
)
NOT_TRANSLATED = (
    "Without a capable model nothing is put into {language}: the facts of the record are in English."
)


def statement_on(
    request: DraftRequest, asking: Asking, trail: Sequence[Step], *, words: int, writes: bool
) -> str:
    """Return what is to be said of a draft of so many words, or "" where a capable model wrote it, in
    English and as long as it was asked for.
    """
    parts = []
    if not request.notes:
        parts.append(NO_NOTES)
    if not writes and request.notes:
        small = asking.model.reach is Reach.SENTENCE
        parts.append(SMALL.format(model=asking.model.name) if small else NONE)
    if writes and not any(s.outcome in (Outcome.KEPT, Outcome.MENDED) for s in trail):
        parts.append(FAILED.format(model=asking.model.name))
    elif writes and asking.failures:
        parts.append(PARTLY.format(model=asking.model.name, what=", ".join(asking.failures)))
    if request.words is not None and words < request.words * (1 - TOLERANCE) and request.notes:
        parts.append(SHORT.format(words=words, asked=request.words))
    if request.language != "en":
        told = ENGLISH_ONLY if writes else NOT_TRANSLATED
        parts.append(told.format(language=request.language_name))
    return " ".join(parts)
