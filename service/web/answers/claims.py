"""Claims and what the record says of them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from service.web.answers.films import FilmName
from service.web.answers.terms import Span


class Evidence(BaseModel):
    """A stored value, where it came from, and when."""

    field: str
    value: Any = None
    source: str | None
    licence: str | None
    retrieved: str | None


class Suggestion(BaseModel):
    """What would be right; it can be applied as an edit."""

    kind: str
    span: Span
    replacement: str


class Claim(BaseModel):
    """What a text asserts, with the verdict of the record. No evidence is never `supported`."""

    id: str
    kind: str
    span: Span
    sentence: Span
    text: str
    asserted: Any = None
    verdict: str = Field(description="supported, contradicted, or not_in_metadata.")
    reason: str
    decided_by: str
    evidence: list[Evidence]
    suggestion: Suggestion | None


class Coverage(BaseModel):
    """How many claims were found, and how many of them the record decided."""

    claims: int
    checked: int


class Claims(BaseModel):
    """The claims of a text."""

    claims: list[Claim]
    coverage: Coverage


class Replacement(BaseModel):
    """Where in the claim, and by what."""

    span: Span
    text: str


class SingleClaim(BaseModel):
    """A claim given alone: one verdict for the whole, and the assertions read in it."""

    claim: str
    verdict: str
    suggestion: str | None = Field(None, description="`spelling` or `value`; absent where there is none.")
    replacement: Replacement | None = None
    evidence: list[Evidence]
    assertions: list[Claim]
    decided_by: str | None = Field(None, description="The judge's name, where the verdict is its own.")
    reason: str | None = Field(None, description="The judge's reason.")
    judge_failed: str | None = Field(None, description="Why the judge gave no verdict on this claim.")


class Usage(BaseModel):
    """What the model was asked; `cost` in US dollars as a decimal string, null where unknown."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    cost: str | None


class JudgeFared(BaseModel):
    """How the judge fared: its verdicts stand with the claims, its failures are never a verdict."""

    model: str
    state: Literal["answered", "partly_failed", "failed", "nothing_to_ask", "unfit"]
    said: str
    asked: int
    decided: int
    failed: list[dict[str, Any]] = Field(description="The sentence's span or the claim, and the reason.")
    usage: Usage


class CheckAnswer(BaseModel):
    """The claims of `content` as `Claim`s, or one `SingleClaim` for each of `claims`."""

    film: FilmName
    claims: list[Claim] | list[SingleClaim]
    coverage: Coverage
    judge: JudgeFared | None = Field(None, description="Only where a judge was asked for.")
