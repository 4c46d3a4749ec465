"""What the routes are given: the use cases and stores of one running service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.access import ApiKey, Rate, Taken
from service.films import JSON, Film, FilmSummary
from service.jobs import Runs
from service.jobs.batches import Batches
from service.sources.fetching import Fetched, Wanted
from service.store.webhooks import Webhook
from service.writing.judged_checks import Judge


class Films(Protocol):
    """The stored films, as the routes need them."""

    async def get(self, film_id: str) -> Film:
        """Return the film. Raises FilmNotFound."""
        ...

    async def find(self, title: str, year: int | None = None) -> Film:
        """Return the one film of that title (and year). Raises FilmNotFound or FilmAmbiguous."""
        ...

    async def search(self, title: str, year: int | None = None, limit: int = 10) -> Sequence[FilmSummary]:
        """Return films like `title`, the best first."""
        ...

    async def list(self, *, limit: int, offset: int) -> Sequence[FilmSummary]:
        """Return films in the order of their titles."""
        ...

    async def create(self, film: Film) -> None:
        """Store a new film."""
        ...

    async def replace(self, film: Film) -> None:
        """Store a film in place of the one with its id."""
        ...

    async def delete(self, film_id: str) -> None:
        """Delete a film. Raises FilmNotFound."""
        ...

    async def import_lines(self, lines: Iterable[str]) -> dict[str, JSON]:
        """Store the film records of JSON Lines; return what was stored and what was passed over."""
        ...

    async def count(self) -> int:
        """Return how many films are stored."""
        ...


class FetchFilm(Protocol):
    """Fetches a film from the services of film metadata and stores it."""

    async def __call__(
        self, wanted: Wanted, source: str = "", *, fresh: bool = False
    ) -> tuple[Film, Fetched]:
        """Return the film as stored, and what was fetched. Raises a SourceError, or as `find` does."""
        ...


class Results(Protocol):
    """Stored reviews, edits or evaluations."""

    async def get(self, result_id: str) -> Mapping[str, JSON]:
        """Return a stored result. Raises a NotFound."""
        ...

    async def put(self, result_id: str, value: Mapping[str, JSON]) -> None:
        """Store a result, in place of one with that id."""
        ...

    async def key_of(self, result_id: str) -> str:
        """Return the API key that a result was made for; empty where it has none or is not stored."""
        ...

    async def list(
        self, *, limit: int, offset: int, key_id: str | None = None
    ) -> Sequence[Mapping[str, JSON]]:
        """Return short entries of the stored results, the newest first; of one key where it is given."""
        ...


class Keys(Protocol):
    """The stored API keys, as a request needs them."""

    async def get(self, key_id: str) -> ApiKey | None:
        """Return the key of that id, revoked or not, or None."""
        ...


class Webhooks(Protocol):
    """The stored webhooks."""

    async def add(self, webhook: Webhook) -> None:
        """Store a webhook."""
        ...

    async def list(self) -> Sequence[Webhook]:
        """Return the webhooks, the oldest first."""
        ...

    async def delete(self, webhook_id: str) -> None:
        """Delete a webhook. Raises NotFound."""
        ...


class Rates(Protocol):
    """The rates of API keys, counted for all processes together."""

    async def take(self, key_id: str, rate: Rate) -> Taken:
        """Count one request of that key."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may ask: seconds to wait, bytes of a body, webhooks to private networks."""

    wait_seconds: float
    body_bytes: int
    private_webhooks: bool = False


@dataclass(frozen=True, slots=True)
class Services:
    """All that the routes need, built by `service.app`."""

    films: Films
    fetch_film: FetchFilm
    reviews: Results
    edits: Results
    evals: Results
    runs: Runs
    keys: Keys
    webhooks: Webhooks
    faults: Callable[[], Awaitable[Sequence[str]]]  # why requests cannot be served at present
    batches: Batches
    batch_api: Callable[[str | None], object]  # raises ModelMisconfigured for a model that has none
    limits: Limits
    webhook_key: str  # that the secrets of webhooks are derived from; empty: they are stored
    rates: Rates | None  # of keys, shared with other processes; None: each process counts its own
    model: Mapping[str, JSON]
    judge: Judge
    version: str
