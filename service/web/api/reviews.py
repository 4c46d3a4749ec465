"""`/v1/reviews`: draft a review, read it again, export it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from service.errors import UnsupportedFormat
from service.web import exports
from service.web.answers import ReviewAnswer, ReviewList
from service.web.api.running import STARTED, run_request
from service.web.deps import Answer, Limit, Offset, ServicesDep
from service.web.ownership import SeenBy
from service.writing.requests import ReviewRequest

router = APIRouter(prefix="/v1/reviews", tags=["reviews"])


@router.post(
    "", status_code=201, response_class=JSONResponse, responses={201: {"model": ReviewAnswer}, **STARTED}
)
async def create_review(request: Request, body: ReviewRequest, services: ServicesDep) -> Response:
    """Draft a review from a film and notes.

    Waits for the result (60 s unless `Prefer: wait=N` says otherwise); a longer run, or
    `Prefer: respond-async`, is answered 202 with the job's `Location`. With `Accept: text/event-stream`
    the plan, the sections as they are written, the edits and the checks come as Server-Sent Events.
    """
    return await run_request(request, body, "review", body.film, services)


@router.get("", response_model=None, responses={200: {"model": ReviewList}})
async def list_reviews(services: ServicesDep, seen: SeenBy, limit: Limit = 50, offset: Offset = 0) -> Answer:
    """List the stored reviews, the newest first; those of the key that asks, all for an admin."""
    found = await services.reviews.list(limit=limit, offset=offset, key_id=seen)
    return {"reviews": [dict(r) for r in found]}


@router.get("/{review_id}.{extension}", response_class=Response, responses=exports.DECLARED)
async def export_review(review_id: str, extension: str, services: ServicesDep) -> Response:
    """Export a review as `md`, `html`, `jsonld` or `docx`."""
    review = await services.reviews.get(review_id)
    if extension not in exports.EXPORTS:
        known = ", ".join(exports.EXPORTS)
        raise UnsupportedFormat(f"Reviews are not exported as {extension!r}.", remedy=f"There are: {known}.")
    export = exports.EXPORTS[extension]
    return Response(export.render(review), media_type=export.media_type)


@router.get("/{review_id}", response_model=None, responses={200: {"model": ReviewAnswer}})
async def get_review(review_id: str, services: ServicesDep) -> Answer:
    """Return a stored review with its trail."""
    return dict(await services.reviews.get(review_id))
