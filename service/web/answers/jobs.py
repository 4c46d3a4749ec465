"""Runs."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from service.web.answers.terms import When


class JobAnswer(BaseModel):
    """A run: where it is, and where its result is once it is done."""

    id: str
    kind: str
    state: Literal["running", "done", "failed", "cancelled"]
    created: When
    updated: When
    result: str | None
    events: str
    error: dict[str, Any] | None = Field(None, description="The problem of a failed run.")


class JobList(BaseModel):
    """Runs, the newest first."""

    jobs: list[JobAnswer]
