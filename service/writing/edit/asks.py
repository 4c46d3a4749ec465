"""What the editing prompt is given and what it must answer. Its words stand in `prompts/edit_paragraph`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from service.writing.prompts import Inputs, Output, Prompt

MOST_SENTENCES = 12  # flagged sentences of a paragraph in one call
MOST_TEXTS = 3  # candidates for a sentence
MOST_JOINED = 3  # neighbouring sentences that one text may replace

CandidateText = Annotated[str, StringConstraints(max_length=600)]
Number = Annotated[int, Field(ge=1, le=999)]


class SentenceShown(Inputs):
    """A sentence of the paragraph, numbered from 1. A flagged one comes with what is wrong, the
    stretches to be avoided, those that it may not begin with, the names, numbers and operators to keep,
    and the most words it may have.
    """

    number: int
    text: str
    flagged: bool = False
    faults: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    words: int = 0


class ParagraphInputs(Inputs):
    """The flagged sentences of a paragraph with their neighbours; `texts` candidates for each."""

    film: str
    sentences: tuple[SentenceShown, ...]
    texts: int


class Rewrite(Output):
    """Texts that may each stand for sentences `first` to `last`; an empty one drops them."""

    first: Number
    last: Number
    texts: Annotated[list[CandidateText], Field(max_length=MOST_TEXTS)]


class Rewrites(Output):
    """One or more entries for each flagged sentence."""

    rewrites: Annotated[list[Rewrite], Field(max_length=2 * MOST_SENTENCES)]


PARAGRAPH = Prompt("edit_paragraph", ParagraphInputs, Rewrites, max_tokens=1500)

PROMPTS = (PARAGRAPH,)
