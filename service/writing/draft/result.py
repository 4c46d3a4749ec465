"""What a draft comes back with: the review, and an account of how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.detectors import Score
from service.facts import ClaimReport
from service.reviews import Review, SectionName
from service.writing.ports import Reach, Usage


class Outcome(StrEnum):
    """What became of a sentence that was proposed, or of a note that was given."""

    KEPT = "kept"  # as the model wrote it
    MENDED = "mended"  # as the model wrote it when asked again
    OWN_WORDS = "own_words"  # the note's own words stand instead
    DROPPED = "dropped"  # nothing stands instead
    LEFT_OUT = "left_out"  # a note that the review does not use
    FAILED = "failed"  # the model gave no usable answer to a whole question


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail: what was proposed, what stands now, on what it rests, and why.

    `proposed` is empty where nobody proposed anything, `text` where nothing stands.
    """

    outcome: Outcome
    section: SectionName | None
    proposed: str = ""
    text: str = ""
    sources: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftResult:
    """A checked draft.

    `model` answered with reach `reach`; `statement` says in plain words where no capable model wrote
    it, or which checks its language left out, and is empty otherwise. `prompts` leads from each
    prompt's name to its content hash. `words` counts the review's words.
    """

    review: Review
    claims: ClaimReport
    score: Score
    trail: tuple[Step, ...]
    usage: Usage
    model: str
    reach: Reach
    statement: str
    words: int
    prompts: Mapping[str, str]
