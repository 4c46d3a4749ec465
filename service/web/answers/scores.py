"""Findings and the score."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from service.web.answers.terms import Span


class Finding(BaseModel):
    """A repetition or a stock phrase: where it stands, why it was found, how much it matters."""

    id: str
    kind: str
    level: Literal["must", "should", "may"]
    message: str
    spans: list[Span]
    texts: list[str] = Field(description="The text at each span.")
    evidence: dict[str, Any]


class Part(BaseModel):
    """What a kind of finding costs."""

    name: str
    points: float
    count: int
    explanation: str


class Score(BaseModel):
    """100 is clean. docs/score.md says how it is made."""

    score: float
    percentile: float | None = Field(
        description="Percentage of published human reviews of that length with a lower score."
    )
    parts: list[Part]
    measures: dict[str, Any]


class ScoreAnswer(Score):
    """A score with its findings."""

    findings: list[Finding]
    repeated_ideas: Literal["looked_for", "left_out", "not_installed"]
