"""The OpenAPI document: every refusal declared as the problem document that it is, and how keys are sent."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from service.access import needed_scope
from service.films import JSON
from service.web.errors import MEDIA_TYPE

PROBLEM: dict[str, JSON] = {
    "type": "object",
    "description": "A problem (RFC 9457). Its `type` is stable and leads to an explanation.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "remedy": {"type": "string", "description": "What would be right."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
REFUSALS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "The request was refused; `type` and `remedy` say why.", "content": CONTENT},
    "5XX": {"description": "It could not be done now.", "content": CONTENT},
}
KEYS = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key of `finecut keys create`."},
    "basic": {"type": "http", "scheme": "basic", "description": "The same key as the password."},
}


def complete(app: FastAPI) -> None:
    """Let the application's document have what FastAPI does not know of."""
    of_routes = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(of_routes())
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the way that FastAPI's own manual shows


def _complete(schema: dict[str, Any]) -> None:
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["securitySchemes"] = KEYS
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if needed_scope(method.upper(), path) is not None:
                operation["security"] = [{}, {"bearer": []}, {"basic": []}]
