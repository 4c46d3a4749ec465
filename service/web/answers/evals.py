"""Evaluations, and how two of them differ."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from service.web.answers.jobs import JobAnswer
from service.web.answers.terms import When


class EvalProgress(BaseModel):
    """How many articles are measured."""

    done: int
    of: int


class EvalAnswer(BaseModel):
    """A finished evaluation without its articles' texts: `results` is what docs/evaluation.md tells of."""

    id: str
    created: When
    suite: str
    name: str | None
    articles: int
    results: dict[str, Any]
    state: Literal["done"]
    progress: EvalProgress
    report: str
    items: str


class EvalUnderWay(JobAnswer):
    """An evaluation that is not done."""

    progress: EvalProgress | None
    results: None
    report: None


class EvalEntry(BaseModel):
    """A finished evaluation in a list."""

    id: str
    created: When
    updated: When
    suite: str
    name: str | None = None
    articles: int


class EvalList(BaseModel):
    """Finished evaluations, the newest first."""

    evals: list[EvalEntry]


class DifferenceAnswer(BaseModel):
    """A measure before and after, over the articles that both evaluations have."""

    measure: str
    label: str
    n: int
    before: float
    after: float
    change: float
    low: float = Field(description="Lower end of the 95% interval of `change`.")
    high: float
    wins: int
    ties: int
    losses: int
    chance: float | None = Field(description="Of a difference as large, were there none; null: not judged.")
    verdict: str


class MovedItem(BaseModel):
    """An article with its leading measure before and after."""

    id: str
    before: float
    after: float
    change: float


class ChangedMost(BaseModel):
    """The articles that changed most."""

    by: str
    items: list[MovedItem]


class ComparisonAnswer(BaseModel):
    """An evaluation beside an earlier one."""

    items: int = Field(description="How many articles both have.")
    remarks: list[str]
    only_before: list[str]
    only_after: list[str]
    differences: list[DifferenceAnswer]
    changed_most: ChangedMost
