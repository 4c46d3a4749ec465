"""What became of a copy: edits, what was refused, the ledger, the decisions."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from service.web.answers.claims import Claims, Usage
from service.web.answers.films import FilmBox, FilmName
from service.web.answers.scores import Finding, Score
from service.web.answers.terms import Span, When


class ModelSaid(BaseModel):
    """Which model proposed, how far it is trusted, and what that means for the text."""

    name: str
    reach: Literal["none", "sentence", "article"]
    said: str


class Gate(BaseModel):
    """A check's decision on an edit."""

    gate: str
    accepted: bool
    reason: str


class ProposedEdit(BaseModel):
    """A replacement of one span of the source."""

    id: str
    span: Span
    before: str
    after: str
    operation: str
    origin: str
    reason: str
    answers: list[str] = Field(description="Ids of the findings and claims that it answers.")


class Step(ProposedEdit):
    """An edit as it was proposed in a round, with the gates' decisions."""

    round: int
    gates: list[Gate]


class Answered(BaseModel):
    """A finding that an edit answers."""

    id: str
    kind: str


class MadeEdit(ProposedEdit):
    """An edit of the result, made of one or more steps."""

    steps: list[str]
    findings: list[Answered]
    gates: list[Gate]


class Account(BaseModel):
    """A name, number, quotation or assertion of the source (or, if added, of the result)."""

    kind: str
    text: str
    span: Span
    reason: str


class Ledger(BaseModel):
    """What became of everything that the source asserts."""

    kept: list[Account]
    merged: list[Account]
    corrected: list[Account]
    dropped: list[Account]
    added: list[Account]


class Scores(BaseModel):
    """The score before and after."""

    before: Score
    after: Score


class Words(BaseModel):
    """The length before and after, in words."""

    before: int
    after: int


class HouseLeft(BaseModel):
    """What of a draft is not as the house writes it."""

    left: list[Finding]


class HouseFindings(BaseModel):
    """What was not, and what is still not, as the house writes it."""

    findings: list[Finding]
    left: list[Finding]


class MetaPiece(BaseModel):
    """A line for a result page, in characters, and the fields and sentences it rests on."""

    text: str
    length: int
    sources: list[str]
    keyphrase: bool | None = Field(description="Whether it holds the keyphrase; null without one.")


class Meta(BaseModel):
    """What to tell search engines; a part is null where the facts give none of its length."""

    title: MetaPiece | None
    description: MetaPiece | None


class EditAnswer(BaseModel):
    """A copy, edited: every edit with its reason, what was refused and why, what became of every fact."""

    id: str
    created: When
    title: str
    format: Literal["text", "markdown", "html"]
    film: FilmBox | None
    source: str
    content: str
    edits: list[MadeEdit]
    steps: list[Step]
    refused: list[Step]
    claims: Ledger
    facts: Claims | None = Field(description="The result's claims; null without a film.")
    findings: list[Finding] = Field(description="In the source.")
    left: list[Finding] = Field(description="In the result.")
    house_style: HouseFindings | None
    meta: Meta | None = Field(description="Only where it was asked for.")
    scores: Scores
    words: Words
    usage: Usage
    model: ModelSaid
    prompts: dict[str, str] = Field(description="The prompts used, by name, with the hash of their text.")
    failures: list[str] = Field(description="What the model failed at; the result stands without it.")
    rounds: int
    decisions: dict[str, bool]


class EditEntry(BaseModel):
    """A stored edit in a list."""

    id: str
    created: When
    updated: When
    title: str
    format: str
    film: FilmName | None = None
    scores: Scores
    words: Words
    rounds: int


class EditList(BaseModel):
    """Stored edits, the newest first."""

    edits: list[EditEntry]


class DecisionsAnswer(BaseModel):
    """The text with the accepted edits alone."""

    id: str
    content: str
    decisions: dict[str, bool]
