"""Batches, how far they are, and the lines of their results."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from service.web.answers.terms import When


class Budget(BaseModel):
    """What a batch may spend; null is no bound. `usd` is a decimal string."""

    tokens: int | None
    usd: str | None


class Spent(BaseModel):
    """What the lines that have ended cost. `usd` is a decimal string."""

    tokens: int
    usd: str


class BatchAnswer(BaseModel):
    """A batch: where it is and why, its limits, what it has cost, and where its results are."""

    id: str
    state: Literal["accepting", "running", "paused", "done", "cancelled"]
    reason: str | None = Field(description="Why it paused or ended: `asked`, `budget…`, `provider: …`.")
    created: When
    via: Literal["calls", "provider_batch"]
    key: str | None = Field(description="Id of the API key that its calls are charged to.")
    concurrency: int
    budget: Budget
    spent: Spent
    results: str


class BatchList(BaseModel):
    """Batches, the newest first."""

    batches: list[BatchAnswer]


class Counts(BaseModel):
    """Lines by state; one that is `invalid` could not be read."""

    all: int
    waiting: int
    running: int
    done: int
    failed: int
    invalid: int
    cancelled: int


class BatchProgress(BatchAnswer):
    """A batch with its lines counted."""

    lines: Counts
    lines_per_second: float
    seconds_left: float | None = Field(description="Null while that cannot be told.")


class BatchRetried(BatchProgress):
    """A batch whose failed lines run again."""

    retried: int = Field(description="How many lines.")


class BatchLine(BaseModel):
    """A line of `/results`: one that has ended, with what it made or its problem."""

    line: int = Field(description="Its number in the input, from 1.")
    custom_id: str | None
    kind: Literal["review", "edit"] | None
    state: Literal["done", "failed", "invalid", "cancelled"]
    id: str | None = Field(description="Of the stored review or edit.")
    result: dict[str, Any] | None = Field(description="As `GET /v1/reviews/{id}` or `/v1/edits/{id}` has it.")
    error: dict[str, Any] | None
