"""Values that several answers hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Span = Annotated[
    list[int],
    Field(min_length=2, max_length=2, description="Half-open offsets in characters: [start, end]."),
]
When = Annotated[str, Field(description="A time in UTC, ISO 8601.")]
