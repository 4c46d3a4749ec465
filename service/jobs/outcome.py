"""Errors as JSON and back: what a failed step or run leaves in the database."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from service import errors
from service.errors import FinecutError
from service.films import JSON

KINDS: Mapping[str, type[FinecutError]] = {
    name: kind for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, FinecutError)
}


def error_to_json(error: FinecutError) -> dict[str, JSON]:
    """Return the error's type, message, remedy and whatever else it carries."""
    carried = {k: v for k, v in vars(error).items() if k not in {"message", "remedy"}}
    if "candidates" in carried:
        carried["candidates"] = [list(c) for c in carried["candidates"]]
    return {"type": type(error).__name__, "message": error.message, "remedy": error.remedy, **carried}


def error_from_json(value: Mapping[str, JSON]) -> FinecutError:
    """Return the error that `error_to_json` wrote; an unknown type becomes a FinecutError."""
    kind = KINDS.get(str(value.get("type")), FinecutError)
    known = inspect.signature(kind.__init__).parameters
    carried: dict[str, object] = {k: v for k, v in value.items() if k in known and k != "message"}
    if "candidates" in carried:
        carried["candidates"] = [tuple(c) for c in carried["candidates"]]  # type: ignore[attr-defined]  # as written above
    return kind(str(value.get("message", "")), **carried)  # type: ignore[arg-type]  # filtered by the signature
