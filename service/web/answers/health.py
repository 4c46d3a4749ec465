"""Whether requests can be served."""

from __future__ import annotations

from pydantic import BaseModel, Field

from service.web.answers.edits import ModelSaid


class ReadyAnswer(BaseModel):
    """What `/readyz` tells, with 200 or 503."""

    status: str = Field(description="`ready`, or why not.")
    films: int
    model: ModelSaid
    version: str
