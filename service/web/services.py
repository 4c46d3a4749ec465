"""What the routes are given: the use cases and stores of one running service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.films import JSON, Film, FilmSummary
from service.jobs import Runs


class Films(Protocol):
    """The stored films, as the routes need them."""

    async def get(self, film_id: str) -> Film: ...
    async def find(self, title: str, year: int | None = None) -> Film: ...
    async def search(self, title: str, year: int | None = None, limit: int = 10) -> Sequence[FilmSummary]: ...
    async def list(self, *, limit: int, offset: int) -> Sequence[FilmSummary]: ...
    async def create(self, film: Film) -> None: ...
    async def replace(self, film: Film) -> None: ...
    async def delete(self, film_id: str) -> None: ...
    async def count(self) -> int: ...


class Results(Protocol):
    """Stored reviews or edits."""

    async def get(self, result_id: str) -> Mapping[str, JSON]: ...
    async def put(self, result_id: str, value: Mapping[str, JSON]) -> None: ...
    async def list(self, *, limit: int, offset: int) -> Sequence[Mapping[str, JSON]]: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may ask: seconds to wait for a result, bytes of a body."""

    wait_seconds: float
    body_bytes: int


@dataclass(frozen=True, slots=True)
class Services:
    """All that the routes need, built by `service.app`."""

    films: Films
    reviews: Results
    edits: Results
    runs: Runs
    limits: Limits
    model: Mapping[str, JSON]
    version: str
