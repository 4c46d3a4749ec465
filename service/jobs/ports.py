"""What the runs need of the rest: models by name, a log of events, a place for results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from service.films import JSON
from service.writing.ports import Event, Model


class RunState(StrEnum):
    """Where a run is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands; `result` once it is done, `error` (see `service.jobs.outcome`) once failed.

    `usage` is what a failed run cost all the same; that of one that is done stands in its stored result.
    `key_id` is the API key that it came with; empty: none was asked for.
    """

    id: str
    kind: str
    state: RunState
    created: datetime
    updated: datetime
    result: Mapping[str, JSON] | None = None
    error: Mapping[str, JSON] | None = None
    usage: Mapping[str, JSON] | None = None
    key_id: str = ""


class ModelFactory(Protocol):
    """Gives the model of a request (by its name, or the default one)."""

    def __call__(self, name: str | None) -> Model:
        """Return the model. Raises ModelMisconfigured."""
        ...


class ResultSink(Protocol):
    """Keeps the result of a finished run under the run's id."""

    async def __call__(self, kind: str, run_id: str, result: Mapping[str, JSON], key_id: str = "") -> None:
        """Store the result as made for that API key; storing it twice is the same as once."""
        ...


class EventLog(Protocol):
    """Keeps the events of runs. The same number written twice keeps the first."""

    def append(self, run_id: str, event: Event) -> None:
        """Store an event."""
        ...

    def extend(self, said: Sequence[tuple[str, Event]]) -> None:
        """Store events, each with its run's id, in one transaction."""
        ...

    def after(self, run_id: str, number: int) -> Sequence[Event]:
        """Return the run's events whose number is greater than `number`, in order."""
        ...
