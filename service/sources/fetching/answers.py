"""Answers of services, and the port to the store that keeps them for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON object that a service gave, and when it did."""

    value: Mapping[str, Any]
    fetched: datetime


class AnswerStore(Protocol):
    """Keeps answers. `request` is the request without its key, so that no key is stored."""

    async def get(
        self, service: str, request: str, *, since: datetime
    ) -> tuple[Mapping[str, Any], datetime] | None:
        """Return the answer to `request` that was fetched after `since`, and when; or None."""
        ...

    async def put(
        self, service: str, request: str, answer: Mapping[str, Any], fetched: datetime, *, since: datetime
    ) -> None:
        """Keep an answer in place of an earlier one, and forget the service's answers from before `since`."""
        ...


class Refusal(Enum):
    """What a service that did not give what was asked for means by it."""

    KEY = auto()  # the key is missing, wrong or not allowed to
    MISSING = auto()  # there is no such thing
    BUSY = auto()  # later, perhaps
    SPENT = auto()  # the key's share is used up; no retry will help for now
    UNUSABLE = auto()  # nothing that Finecut understands


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal and the service's own words for it."""

    kind: Refusal
    said: str = ""
