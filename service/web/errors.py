"""Errors as RFC 9457 problem documents: the one table that leads from an exception to a status."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from service import errors
from service.errors import FinecutError
from service.films import JSON
from service.store import is_outage

LOG = logging.getLogger("finecut.web")
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its stable name, its status, and a title that does not change."""

    name: str
    status: int
    title: str


TABLE: Mapping[type[FinecutError], Problem] = {
    errors.InputTooLarge: Problem("input-too-large", 413, "The input is over a limit"),
    errors.InvalidFilmRecord: Problem("invalid-film-record", 422, "The film record does not read"),
    errors.InvalidEdit: Problem("invalid-edit", 422, "The edit does not fit its document"),
    errors.UnsupportedFormat: Problem("unsupported-format", 415, "The format is not one that Finecut reads"),
    errors.InputError: Problem("invalid-request", 422, "The request cannot be used as it is"),
    errors.FilmNotFound: Problem("film-not-found", 404, "No such film is stored"),
    errors.ReviewNotFound: Problem("review-not-found", 404, "No such review is stored"),
    errors.EditNotFound: Problem("edit-not-found", 404, "No such edit is stored"),
    errors.EvalNotFound: Problem("eval-not-found", 404, "No such evaluation is stored"),
    errors.JobNotFound: Problem("job-not-found", 404, "No such job is known"),
    errors.NotFound: Problem("not-found", 404, "Nothing is stored there"),
    errors.FilmAmbiguous: Problem("film-ambiguous", 409, "Several films answer to that title"),
    errors.Conflict: Problem("conflict", 409, "The request contradicts what is stored"),
    errors.BudgetExceeded: Problem("budget-exceeded", 402, "The budget of the request is spent"),
    errors.SourceTimeout: Problem(
        "source-timeout", 504, "The source of film metadata did not answer in time"
    ),
    errors.SourceUnavailable: Problem(
        "source-unavailable", 503, "The source of film metadata is not available"
    ),
    errors.SourceMisconfigured: Problem(
        "source-misconfigured", 502, "The source of film metadata is not set up rightly"
    ),
    errors.SourceAnswerInvalid: Problem(
        "source-answer-invalid", 502, "The source of film metadata gave no usable answer"
    ),
    errors.SourceError: Problem("source-error", 502, "The source of film metadata gave no usable answer"),
    errors.ModelTimeout: Problem("model-timeout", 504, "The model did not answer in time"),
    errors.ModelOverloaded: Problem("model-overloaded", 503, "The model's provider is overloaded"),
    errors.ModelUnavailable: Problem("model-unavailable", 503, "The model cannot be reached"),
    errors.ModelMisconfigured: Problem("model-misconfigured", 502, "The model is not set up rightly"),
    errors.ModelRefused: Problem("model-refused", 502, "The model declined to answer"),
    errors.ContextTooLong: Problem("context-too-long", 413, "The input is longer than the model can read"),
    errors.ModelOutputInvalid: Problem("model-output-invalid", 502, "The model gave no usable answer"),
    errors.ModelError: Problem("model-error", 502, "The model gave no usable answer"),
    FinecutError: Problem("failed", 500, "Finecut could not do it"),
}
INVALID = TABLE[errors.InputError]
MALFORMED = Problem("malformed-json", 400, "The body is not JSON")
DATABASE = Problem("database-unavailable", 503, "The database cannot be reached")
INTERNAL = Problem("internal", 500, "A fault in Finecut")
UNAUTHORIZED = Problem("unauthorized", 401, "An API key is needed")
FORBIDDEN = Problem("forbidden", 403, "The request is not allowed")
MISDIRECTED = Problem("misdirected", 421, "The request is addressed to another host")
ENCODED = Problem("unsupported-encoding", 415, "The body is compressed")
RATE_LIMITED = Problem("rate-limited", 429, "Too many requests")
PROBLEMS: Sequence[Problem] = (
    *TABLE.values(),
    MALFORMED,
    UNAUTHORIZED,
    FORBIDDEN,
    MISDIRECTED,
    ENCODED,
    RATE_LIMITED,
    DATABASE,
    INTERNAL,
)


def problem_of(error: FinecutError) -> Problem:
    """Return the problem of the nearest class of `error` in the table."""
    return next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def problem_json(error: FinecutError, instance: str = "") -> dict[str, JSON]:
    """Return the problem document of `error`."""
    problem = problem_of(error)
    body: dict[str, JSON] = {**_head(problem), "detail": error.message}
    if error.remedy:
        body["remedy"] = error.remedy
    if instance:
        body["instance"] = instance
    if isinstance(error, errors.FilmAmbiguous):
        body["candidates"] = [{"id": i, "title": t, "year": y} for i, t, y in error.candidates]
    if isinstance(error, errors.InputError) and error.field:
        body["errors"] = [{"field": error.field, "message": error.message}]
    if isinstance(error, errors.ModelError) and error.model:
        body["model"] = error.model
    if isinstance(error, errors.SourceError) and error.source:
        body["source"] = error.source
    return body


def _head(problem: Problem) -> dict[str, JSON]:
    return {"type": f"/problems/{problem.name}", "title": problem.title, "status": problem.status}


def _respond(body: Mapping[str, JSON], status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(dict(body), status, dict(headers or {}), media_type=MEDIA_TYPE)


def refuse(
    problem: Problem, detail: str, path: str, headers: Mapping[str, str] | None = None, *, remedy: str = ""
) -> JSONResponse:
    """Return the answer of a middleware that lets a request go no further."""
    body: dict[str, JSON] = {**_head(problem), "detail": detail, "instance": path}
    if remedy:
        body["remedy"] = remedy
    return _respond(body, problem.status, headers)


async def on_finecut_error(request: Request, error: Exception) -> JSONResponse:
    """Answer a FinecutError."""
    assert isinstance(error, FinecutError)
    headers = {}
    if isinstance(error, errors.ModelOverloaded | errors.SourceUnavailable) and error.retry_after is not None:
        headers["Retry-After"] = str(max(1, round(error.retry_after)))
    return _respond(problem_json(error, request.url.path), problem_of(error).status, headers)


async def on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    """Answer a body or parameter that does not have the form asked for, naming each fault."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    malformed = [f for f in faults if f["type"] == "json_invalid"]
    problem = MALFORMED if malformed else INVALID
    listed: list[JSON] = [{"field": _field(f["loc"]), "message": _message(f)} for f in faults]
    detail = "; ".join(_sentence(f) for f in faults[:5])
    body: dict[str, JSON] = {
        **_head(problem),
        "detail": detail,
        "instance": request.url.path,
        "errors": [*listed],
    }
    return _respond(body, problem.status)


def _field(location: Sequence[int | str]) -> str:
    inner = [str(part) for part in location if part not in {"body", "query", "path", "header"}]
    return ".".join(inner)


def _sentence(fault: Mapping[str, Any]) -> str:
    field = _field(fault["loc"])
    return f"{field}: {_message(fault)}" if field else _message(fault)


def _message(fault: Mapping[str, object]) -> str:
    if fault["type"] == "json_invalid":
        context = fault.get("ctx")
        why = context.get("error", "") if isinstance(context, dict) else ""
        return f"the body is not JSON ({why}); send a JSON object with Content-Type: application/json"
    return str(fault["msg"]).removeprefix("Value error, ")


async def on_http_error(request: Request, error: Exception) -> JSONResponse:
    """Answer what the framework refuses (an unknown path, a method, a body over the limit)."""
    assert isinstance(error, HTTPException)
    name = HTTPStatus(error.status_code).phrase
    slug = (
        "input-too-large"
        if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        else name.lower().replace(" ", "-")
    )
    body: dict[str, JSON] = {
        "type": f"/problems/{slug}",
        "title": name,
        "status": error.status_code,
        "detail": str(error.detail),
        "instance": request.url.path,
    }
    return _respond(body, error.status_code, error.headers)


def too_large(path: str, limit: int) -> JSONResponse:
    """Return the answer to a body whose announced length is over `limit` bytes."""
    detail = f"The body has more than {limit:,} bytes; send it in parts."
    problem = TABLE[errors.InputTooLarge]
    return _respond({**_head(problem), "detail": detail, "instance": path}, problem.status)


async def on_fault(request: Request, error: Exception) -> JSONResponse:
    """Answer a bug, or a database that is away, without its details, which go to the log."""
    if is_outage(error):
        LOG.warning("the database was away while answering %s", request.method, exc_info=error)
        detail = "The database does not answer at present."
        return refuse(DATABASE, detail, request.url.path, {"Retry-After": "5"}, remedy="Try again then.")
    LOG.error("a fault while answering %s %s", request.method, request.url.path, exc_info=error)
    detail = "Finecut failed in a way that it should not; its log has the details."
    return _respond({**_head(INTERNAL), "detail": detail, "instance": request.url.path}, INTERNAL.status)


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(FinecutError, on_finecut_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(Exception, on_fault)
