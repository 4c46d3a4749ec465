"""`/v1/checks` and `/v1/scores`: what the record and the detectors say of a text.

No model is asked, unless a check asks for a judge of what the rules leave undecided.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from service.document import Format
from service.web.answers import CheckAnswer, ScoreAnswer
from service.web.deps import Answer, ServicesDep, may_write
from service.writing.measuring import check_claims, check_text
from service.writing.requests import MAX_CONTENT, FilmRef, Line
from service.writing.routes import film_of
from service.writing.scoring import score_text

router = APIRouter(prefix="/v1", tags=["measures"])

Content = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CONTENT)]
OneClaim = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class CheckRequest(BaseModel):
    """A text, or single claims, to hold against a film's record."""

    model_config = ConfigDict(extra="forbid")

    film: FilmRef
    content: Content | None = Field(None, description="A text whose claims are found and checked.")
    format: Format = Format.TEXT
    claims: Annotated[list[OneClaim], Field(max_length=1000)] | None = Field(
        None, description="Single claims, each answered with one verdict."
    )
    judge: bool = Field(
        False, description="Ask a model about what no rule decides; its verdicts are marked as its own."
    )
    model: Line | None = Field(
        None, description="With `judge`: a model other than the service's, named as FINECUT_MODEL is."
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> CheckRequest:
        if (self.content is None) == (self.claims is None):
            raise ValueError("give either `content` (a text) or `claims` (a list of single claims)")
        return self


class ScoreRequest(BaseModel):
    """A text to measure."""

    model_config = ConfigDict(extra="forbid")

    content: Content
    format: Format = Format.TEXT
    film: FilmRef | None = None
    keyphrase: Line | None = None
    ideas: bool = Field(True, description="Look for repeated ideas too. They don't change the score.")


@router.post("/checks", response_model=None, responses={200: {"model": CheckAnswer}})
async def check(body: CheckRequest, request: Request, services: ServicesDep) -> Answer:
    """Return the claims with their verdicts and the coverage; with `judge`, how the judge fared too."""
    if body.judge and not await may_write(request, services):
        raise HTTPException(403, "A judge spends money on a model: that needs a key of the scope 'write'.")
    film = await film_of(body.film, services.films)
    judge = services.judge.paid_by(getattr(request.state, "key_id", None))
    if body.judge and body.claims is not None:
        return await judge.claims(body.claims, film, model=body.model)
    if body.judge:
        return await judge.text(body.content or "", body.format, film, model=body.model)
    if body.claims is not None:
        return await asyncio.to_thread(check_claims, body.claims, film)
    return await asyncio.to_thread(check_text, body.content or "", body.format, film)


@router.post("/scores", response_model=None, responses={200: {"model": ScoreAnswer}})
async def score(body: ScoreRequest, services: ServicesDep) -> Answer:
    """Return score, percentile, parts, findings and measures. The same text has the same score, always."""
    film = None if body.film is None else await film_of(body.film, services.films)
    keyphrase = body.keyphrase or ""
    return await asyncio.to_thread(score_text, body.content, body.format, film, keyphrase, ideas=body.ideas)
