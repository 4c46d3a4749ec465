"""`/v1/batches`: thousands of reviews and edits from JSON Lines, steered while they run."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Header, Query, Request, status
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from service.errors import InputError, ModelMisconfigured
from service.films import JSON
from service.jobs.batches import AcceptOptions, Progress
from service.jobs.outcome import error_from_json
from service.store.batches import Batch, BatchLimits, Line, LineState, Via
from service.web.answers import BatchAnswer, BatchList, BatchProgress, BatchRetried
from service.web.api.running import keyed_id
from service.web.deps import Answer, Limit, Offset, ServicesDep
from service.web.errors import problem_json
from service.web.ownership import SeenBy
from service.web.services import Services

router = APIRouter(prefix="/v1/batches", tags=["batches"])

MAX_CONCURRENCY = 256
MAX_TOKENS = 10**15
MAX_USD = 1_000_000
NDJSON = "application/x-ndjson"
STEERED: dict[int | str, dict[str, Any]] = {200: {"model": BatchAnswer}}


class Terms(BaseModel):
    """How a batch is taken in and what it may use."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["review", "edit"] | None = Field(None, description="What a line without `kind` asks for.")
    model: str | None = Field(
        None, min_length=1, max_length=300, description="Model of the lines without `model`."
    )
    via: Via = Field(
        Via.CALLS,
        description="How the model is asked: by calls at once, or through OpenAI's own Batch API, "
        "at half the price and within a day for each call that follows from another.",
    )
    strict: bool = Field(False, description="Refuse the whole where a line does not read.")
    concurrency: int = Field(4, ge=1, le=MAX_CONCURRENCY, description="How many lines run at once.")
    budget_tokens: int = Field(0, ge=0, le=MAX_TOKENS, description="Tokens to spend; 0: no limit.")
    budget_usd: Decimal = Field(Decimal(0), ge=0, le=MAX_USD, description="US dollars to spend; 0: no limit.")


class Resumption(BaseModel):
    """Limits that change as the batch goes on; those not named stay."""

    model_config = ConfigDict(extra="forbid")

    concurrency: int | None = Field(None, ge=1, le=MAX_CONCURRENCY)
    budget_tokens: int | None = Field(None, ge=0, le=MAX_TOKENS)
    budget_usd: Decimal | None = Field(None, ge=0, le=MAX_USD)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    response_model=None,
    responses={201: {"model": BatchProgress}},
    openapi_extra={"requestBody": {"required": True, "content": {NDJSON: {"schema": {"type": "string"}}}}},
)
async def create_batch(
    request: Request,
    services: ServicesDep,
    terms: Annotated[Terms, Query()],
    idempotency_key: Annotated[str | None, Header()] = None,
) -> JSONResponse:
    """Take in a batch of at most 100,000 lines, read as it arrives, and start it.

    Each line is `{"custom_id"?, "kind": "review" or "edit", …}` with the fields of `POST /v1/reviews` or
    `POST /v1/edits`. A line that does not read is recorded as `invalid` with its error; with
    `strict=true` the whole is refused and the first 20 such lines are named.
    """
    limits = BatchLimits(terms.concurrency, terms.budget_tokens, terms.budget_usd)
    batch_id = uuid.uuid4().hex
    if idempotency_key is not None:
        batch_id = keyed_id(request, "batch", idempotency_key)
    if terms.via is Via.PROVIDER_BATCH:
        _ask_for_a_batch_api(terms.model, services)
    key_id = getattr(request.state, "key_id", None) or ""
    options = AcceptOptions(terms.kind, terms.model, terms.strict, limits, via=terms.via, key_id=key_id)
    batch = await services.batches.accept(batch_id, request.stream(), options)
    shown = progress_json(await services.batches.progress(batch.id))
    return JSONResponse(shown, status.HTTP_201_CREATED, {"Location": f"/v1/batches/{batch.id}"})


@router.get("", response_model=None, responses={200: {"model": BatchList}})
async def list_batches(services: ServicesDep, seen: SeenBy, limit: Limit = 50, offset: Offset = 0) -> Answer:
    """List the batches, the newest first; those of the key that asks, all for an admin."""
    found = await services.batches.list(limit=limit, offset=offset, key_id=seen)
    return {"batches": [batch_json(b) for b in found]}


@router.get("/{batch_id}", response_model=None, responses={200: {"model": BatchProgress}})
async def get_batch(batch_id: str, services: ServicesDep) -> Answer:
    """Return how far the batch is: lines by state, lines a second, seconds left, tokens and cost."""
    return progress_json(await services.batches.progress(batch_id))


@router.get("/{batch_id}/results", response_class=StreamingResponse)
async def get_results(
    batch_id: str,
    services: ServicesDep,
    after: Annotated[int, Query(ge=0, le=10**9, description="Pass over the lines up to this number.")] = 0,
) -> StreamingResponse:
    """Stream the lines that have ended, in the input's order, as JSON Lines; at any time."""
    await services.batches.get(batch_id)
    return StreamingResponse(_results(batch_id, after, services), media_type=NDJSON)


@router.post("/{batch_id}/pause", response_model=None, responses=STEERED)
async def pause_batch(batch_id: str, services: ServicesDep) -> Answer:
    """Start no more lines. Those under way end."""
    return batch_json(await services.batches.pause(batch_id))


@router.post("/{batch_id}/resume", response_model=None, responses=STEERED)
async def resume_batch(batch_id: str, services: ServicesDep, body: Resumption | None = None) -> Answer:
    """Go on with a paused batch, with other limits where the body names them."""
    new = body or Resumption.model_validate({})
    batch = await services.batches.resume(
        batch_id, concurrency=new.concurrency, tokens=new.budget_tokens, usd=new.budget_usd
    )
    return batch_json(batch)


@router.post("/{batch_id}/retry", response_model=None, responses={200: {"model": BatchRetried}})
async def retry_batch(batch_id: str, services: ServicesDep) -> Answer:
    """Run the failed lines again, and only them."""
    retried = await services.batches.retry(batch_id)
    return {**progress_json(await services.batches.progress(batch_id)), "retried": retried}


@router.delete("/{batch_id}", response_model=None, responses=STEERED)
async def cancel_batch(batch_id: str, services: ServicesDep) -> Answer:
    """Cancel what waits, and what runs at its next step; what has ended stays."""
    return batch_json(await services.batches.cancel(batch_id))


def batch_json(batch: Batch) -> dict[str, JSON]:
    """Return a batch as the API shows it; money in US dollars as a decimal string."""
    return {
        "id": batch.id,
        "state": batch.state.value,
        "reason": batch.reason or None,
        "created": batch.created.isoformat(),
        "via": batch.via.value,
        "key": batch.key_id or None,
        "concurrency": batch.limits.concurrency,
        "budget": {"tokens": batch.limits.tokens or None, "usd": _money(batch.limits.usd) or None},
        "spent": {"tokens": batch.tokens, "usd": _money(batch.usd) or "0"},
        "results": f"/v1/batches/{batch.id}/results",
    }


def progress_json(progress: Progress) -> dict[str, JSON]:
    """Return a batch with its lines counted, as the API shows it."""
    left = progress.seconds_left
    return {
        **batch_json(progress.batch),
        "lines": {"all": progress.lines, **{s.value: progress.count(s) for s in LineState}},
        "lines_per_second": round(progress.rate, 3),
        "seconds_left": None if left is None else round(left, 1),
    }


def line_json(batch_id: str, line: Line, result: Mapping[str, JSON] | None) -> dict[str, Any]:
    """Return a line that has ended as one line of results."""
    error = None if line.error is None else problem_json(error_from_json(line.error))
    ran = line.state is LineState.DONE
    return {
        "line": line.number,
        "custom_id": line.custom_id,
        "kind": line.kind or None,
        "state": line.state.value,
        "id": line.run_id(batch_id) if ran else None,
        "result": result,
        "error": error,
    }


def _ask_for_a_batch_api(model: str | None, services: Services) -> None:
    """Raise InputError where the model has no Batch API."""
    try:
        services.batch_api(model)
    except ModelMisconfigured as error:
        raise InputError(error.message, field="via", remedy=error.remedy) from error


async def _results(batch_id: str, after: int, services: Services) -> AsyncIterator[bytes]:
    async for line, result in services.batches.results(batch_id, after):
        yield orjson.dumps(line_json(batch_id, line, result)) + b"\n"


def _money(amount: Decimal) -> str:
    return f"{amount.normalize():f}" if amount else ""
