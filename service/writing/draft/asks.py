"""What the drafting prompts are given and what they must answer. Their words stand in `prompts/draft_*`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from service.reviews import SectionName
from service.writing.prompts import Identifier, Inputs, Line, Output, Prompt

SentenceText = Annotated[str, StringConstraints(max_length=600)]


class NoteShown(Inputs):
    """A note as the model sees it; `section` where the writer named one."""

    id: str
    text: str
    section: str = ""


class FactShown(Inputs):
    """A field of the record as the model sees it."""

    id: str
    value: str


class Brief(Inputs):
    """What every drafting prompt is told of the review that is wanted."""

    film: str
    language: str
    tone: str
    spoilers: bool
    rating: str
    keyphrase: str
    house: tuple[str, ...] = ()
    words: int


class PlanInputs(Brief):
    """All notes and all fields, to be put in order. `tight`: the words will not hold all notes."""

    notes: tuple[NoteShown, ...]
    facts: tuple[FactShown, ...]
    tight: bool


class PlannedParagraph(Output):
    """A paragraph to be: what it argues, and the notes and fields it is made from, in order."""

    argues: Line
    notes: Annotated[list[Identifier], Field(max_length=60)]
    facts: Annotated[list[Identifier], Field(max_length=12)]


class PlannedSection(Output):
    """A section to be."""

    name: SectionName
    paragraphs: Annotated[list[PlannedParagraph], Field(max_length=8)]


class LeftOut(Output):
    """A note that has no place, and why."""

    note: Identifier
    reason: Line


class Plan(Output):
    """Which note and which field goes where, in which order."""

    sections: Annotated[list[PlannedSection], Field(max_length=4)]
    left_out: Annotated[list[LeftOut], Field(max_length=500)]


class ParagraphShown(Inputs):
    """A paragraph of the outline as the model sees it."""

    argues: str
    notes: tuple[NoteShown, ...]
    facts: tuple[FactShown, ...]


class SectionInputs(Brief):
    """One section's outline, what earlier sections say, and the moves that are not wanted.

    `words` is this section's share; `opening` is true for the first section written.
    """

    section: SectionName
    outline: tuple[ParagraphShown, ...]
    names: tuple[FactShown, ...]
    earlier: tuple[str, ...]
    forbidden: tuple[str, ...]
    opening: bool


class WrittenSentence(Output):
    """A sentence and the ids of the notes and fields it rests on."""

    text: SentenceText
    sources: Annotated[list[Identifier], Field(max_length=12)]


class WrittenParagraph(Output):
    """A paragraph's sentences in order."""

    sentences: Annotated[list[WrittenSentence], Field(max_length=60)]


class WrittenSection(Output):
    """A section's paragraphs in order."""

    paragraphs: Annotated[list[WrittenParagraph], Field(max_length=10)]


class Fault(Inputs):
    """A sentence of a section that did not pass (`text` is empty where notes are used nowhere yet), what
    it may rest on, and what is wrong.
    """

    number: int
    section: SectionName
    text: str
    notes: tuple[NoteShown, ...]
    facts: tuple[FactShown, ...]
    reasons: tuple[str, ...]


class Standing(Inputs):
    """What stands of a section."""

    section: SectionName
    sentences: tuple[str, ...]


class MendInputs(Brief):
    """What stands of the sections that have gaps, the gaps numbered, and what is wrong with each."""

    standing: tuple[Standing, ...]
    faults: tuple[Fault, ...]
    forbidden: tuple[str, ...]


class Mended(Output):
    """Another sentence for the gap of that number; an empty text leaves it out."""

    number: Annotated[int, Field(ge=0, le=999)]
    text: SentenceText
    sources: Annotated[list[Identifier], Field(max_length=12)]


class Mends(Output):
    """One answer a gap."""

    sentences: Annotated[list[Mended], Field(max_length=80)]


PLAN = Prompt("draft_plan", PlanInputs, Plan, max_tokens=2500)
SECTION = Prompt("draft_section", SectionInputs, WrittenSection, max_tokens=2500)
MEND = Prompt("draft_mend", MendInputs, Mends, max_tokens=2500)

PROMPTS = (PLAN, SECTION, MEND)
