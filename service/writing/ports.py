"""The ports of the use cases: what they need of the outside, as small Protocols.

Adapters stand in `llm/` and `store/`, fakes in `tests/fakes/`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from service.films import JSON, Film, FilmSummary


class Reach(StrEnum):
    """How far a model may be trusted with prose: `none` writes nothing, `sentence` chooses, joins
    and tidies, `article` writes whole structured drafts and rewrites.
    """

    NONE = "none"
    SENTENCE = "sentence"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt; `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One call of a model: a rendered prompt and how it is to be answered.

    `name` and `version` (a content hash) name the prompt file; `schema` is a JSON Schema that
    the answer must satisfy, or None for plain text.
    """

    name: str
    version: str
    messages: tuple[Message, ...]
    schema: Mapping[str, JSON] | None = None
    max_tokens: int = 1024
    temperature: float = 0.0
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What model calls cost. `cost` is in US dollars, None where no price is known."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    cost: Decimal | None = None

    def __add__(self, other: Usage) -> Usage:
        """Return the sum; an unknown cost adds nothing to a known one."""
        costs = [c for c in (self.cost, other.cost) if c is not None]
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.seconds + other.seconds,
            sum(costs, Decimal(0)) if costs else None,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A model's reply as text (JSON text where a schema was asked for), and what it cost."""

    text: str
    model: str
    usage: Usage = field(default_factory=Usage)
    finish_reason: str = "stop"


class Model(Protocol):
    """A language model. `name` says which one answers, as `FINECUT_MODEL` would name it."""

    @property
    def name(self) -> str:
        """Return the model's name."""
        ...

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        ...

    async def ask(self, ask: Ask) -> Answer:
        """Return the answer. Raises a ModelError; never returns text for a failed call."""
        ...


class PromptLibrary(Protocol):
    """Renders the prompt files of `prompts/`."""

    def render(self, name: str, values: Mapping[str, object]) -> tuple[tuple[Message, ...], str]:
        """Return the messages of prompt `name` filled with `values`, and its content hash."""
        ...


class FilmStore(Protocol):
    """The stored films."""

    async def get(self, film_id: str) -> Film:
        """Return the film. Raises FilmNotFound."""
        ...

    async def find(self, title: str, year: int | None = None) -> Film:
        """Return the one film of that title (and year).

        Raises FilmNotFound, or FilmAmbiguous with the candidates.
        """
        ...

    async def search(self, title: str, year: int | None = None, limit: int = 10) -> Sequence[FilmSummary]:
        """Return films like `title`, the best first."""
        ...


class Progress(Protocol):
    """Hears what a use case is doing: a stage's name and what a reader should know of it."""

    def __call__(self, stage: str, detail: Mapping[str, JSON]) -> None:
        """Hear of one step. Must not raise."""
        ...


@dataclass(frozen=True, slots=True)
class Event:
    """The `number`th thing a run said (from 1): a stage's name and what a reader should know of it."""

    number: int
    stage: str
    detail: Mapping[str, JSON]


class UseCase(Protocol):
    """A use case as its callers outside know it: JSON in, JSON out, its model given to it."""

    async def __call__(
        self, request: Mapping[str, JSON], *, model: Model, progress: Progress
    ) -> Mapping[str, JSON]:
        """Do the work. Raises FinecutError for what the caller should read."""
        ...


def silent(stage: str, detail: Mapping[str, JSON]) -> None:
    """Hear of progress and say nothing."""
