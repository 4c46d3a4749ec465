"""Which scope a request needs: one rule for all routes, so that a new one is never open by oversight."""

from __future__ import annotations

from service.access.keys import Scope

OPEN = (
    "/healthz",
    "/readyz",
    "/problems/",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/static-offline-docs/",
    "/static/",
)
MEASURES = frozenset({"/v1/checks", "/v1/scores", "/score"})  # they answer and keep nothing
ADMIN = ("/v1/films", "/v1/webhooks")  # the record decides every check; webhooks send results elsewhere
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def needed_scope(method: str, path: str) -> Scope | None:
    """Return the scope that a request needs, or None where anybody may send it.

    >>> needed_scope("GET", "/v1/films"), needed_scope("POST", "/v1/reviews")
    (<Scope.READ: 'read'>, <Scope.WRITE: 'write'>)
    >>> needed_scope("GET", "/healthz") is None
    True
    """
    if any(path == p.rstrip("/") or path.startswith(p.rstrip("/") + "/") for p in OPEN):
        return None
    if path.startswith("/v1/webhooks"):
        return Scope.ADMIN
    if method in READING or path in MEASURES:
        return Scope.READ
    return Scope.ADMIN if path.startswith(ADMIN) else Scope.WRITE
