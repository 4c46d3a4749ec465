"""Whose the runs, batches and results are: a key that is no admin's sees its own alone.

It is not told of another's that it is: what is another's and what is nowhere are answered alike.

`guard` stands before every route and knows what a route shows by the names of its parameters. What was made
without a key is for admins.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

from fastapi import Depends, Request

from service.errors import EditNotFound, EvalNotFound, JobNotFound, NotFound, ReviewNotFound
from service.web.deps import ServicesDep, is_admin
from service.web.services import Results, Services


async def seen_by(request: Request, services: ServicesDep) -> str | None:
    """Return the key whose own is all that the caller sees, or None for one who sees everybody's."""
    return None if await is_admin(request, services) else request.state.key_id


SeenBy = Annotated[str | None, Depends(seen_by)]


async def guard(request: Request, services: ServicesDep) -> None:
    """Raise the NotFound of its kind where the request names what is another key's, or nowhere."""
    given = {**request.query_params, **request.path_params}
    named = {name: str(given[name]) for name in given.keys() & OWNED.keys()}
    seen = await seen_by(request, services) if named else None
    if seen is None:
        return
    for name, chosen in named.items():
        owner, not_found = OWNED[name]
        if await owner(services, chosen) != seen:
            raise not_found(f"Nothing that this key may see has the id {chosen!r}.")


async def _of_run(services: Services, run_id: str) -> str:
    try:
        return (await services.runs.get(run_id)).key_id
    except JobNotFound:
        return ""


async def _of_batch(services: Services, batch_id: str) -> str:
    try:
        return (await services.batches.get(batch_id)).key_id
    except NotFound:
        return ""


def _of_result(store: Callable[[Services], Results]) -> Owner:
    """Return who owns a result. It outlasts its run, and what is not stored yet is known by its run."""

    async def owner(services: Services, result_id: str) -> str:
        return await store(services).key_of(result_id) or await _of_run(services, result_id)

    return owner


Owner = Callable[[Services, str], Awaitable[str]]

_OF_EVAL = _of_result(lambda services: services.evals)
OWNED: Mapping[str, tuple[Owner, type[NotFound]]] = {
    "job_id": (_of_run, JobNotFound),
    "batch_id": (_of_batch, NotFound),
    "review_id": (_of_result(lambda services: services.reviews), ReviewNotFound),
    "edit_id": (_of_result(lambda services: services.edits), EditNotFound),
    "eval_id": (_OF_EVAL, EvalNotFound),
    "before": (_OF_EVAL, EvalNotFound),  # the evaluation that another is compared with
}
"""By the parameter of a route: how the owner of what it names is found, and what is said of another's."""
