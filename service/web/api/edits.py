"""`/v1/edits`: the second pass over a copy, and the writer's decisions on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from service.web import exports, tracked
from service.web.answers import DecisionsAnswer, EditAnswer, EditList
from service.web.api.running import STARTED, run_request
from service.web.deps import Answer, Limit, Offset, ServicesDep
from service.web.ownership import SeenBy
from service.writing.requests import EditsRequest
from service.writing.routes import decide, unified_diff

router = APIRouter(prefix="/v1/edits", tags=["edits"])

Ids = Annotated[list[str], Field(max_length=10_000)]


class Decisions(BaseModel):
    """Which edits the writer accepts or rejects; those not named stay as they were decided before."""

    model_config = ConfigDict(extra="forbid")

    accept: Ids = Field(default_factory=list)
    reject: Ids = Field(default_factory=list)
    all: bool | None = Field(None, description="true accepts every edit first, false rejects every one.")


@router.post(
    "", status_code=201, response_class=JSONResponse, responses={201: {"model": EditAnswer}, **STARTED}
)
async def create_edit(request: Request, body: EditsRequest, services: ServicesDep) -> Response:
    """Edit a copy: cut its repetition, check its facts, and account for every claim."""
    return await run_request(request, body, "edit", body.film, services)


@router.get("", response_model=None, responses={200: {"model": EditList}})
async def list_edits(services: ServicesDep, seen: SeenBy, limit: Limit = 50, offset: Offset = 0) -> Answer:
    """List the stored edits, the newest first; those of the key that asks, all for an admin."""
    found = await services.edits.list(limit=limit, offset=offset, key_id=seen)
    return {"edits": [dict(r) for r in found]}


@router.get("/{edit_id}.diff", response_class=PlainTextResponse)
async def get_diff(edit_id: str, services: ServicesDep) -> PlainTextResponse:
    """Return the edit as a unified diff."""
    return PlainTextResponse(unified_diff(await services.edits.get(edit_id)))


@router.get("/{edit_id}.html", response_class=HTMLResponse)
async def get_marked_copy(edit_id: str, services: ServicesDep) -> Response:
    """Return the copy with its edits marked word by word and explained, as an HTML page."""
    return Response(exports.marked_copy(await services.edits.get(edit_id)), media_type="text/html")


@router.get("/{edit_id}.docx", response_class=Response, responses=tracked.DECLARED)
async def get_word_document(edit_id: str, services: ServicesDep) -> Response:
    """Return the copy as a Word document, every accepted edit a tracked change."""
    body = tracked.docx(await services.edits.get(edit_id))
    named = {"content-disposition": f'attachment; filename="{edit_id}.docx"'}
    return Response(body, media_type=tracked.MEDIA_TYPE, headers=named)


@router.get("/{edit_id}", response_model=None, responses={200: {"model": EditAnswer}})
async def get_edit(edit_id: str, services: ServicesDep) -> Answer:
    """Return a stored edit with its trail."""
    return dict(await services.edits.get(edit_id))


@router.post("/{edit_id}/decisions", response_model=None, responses={200: {"model": DecisionsAnswer}})
async def decide_edit(edit_id: str, body: Decisions, services: ServicesDep) -> Answer:
    """Accept and reject edits; the answer holds the text. Rejecting all returns the input's bytes."""
    stored = await services.edits.get(edit_id)
    decided = decide(stored, accept=body.accept, reject=body.reject, every=body.all)
    await services.edits.put(edit_id, decided)
    return {"id": edit_id, "content": decided["content"], "decisions": decided["decisions"]}
