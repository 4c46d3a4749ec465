"""Films, as every answer names them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, RootModel


class FilmName(BaseModel):
    """A stored film, enough to find its record."""

    id: str
    title: str
    year: int | None


class FilmRecord(RootModel[dict[str, Any]]):
    """A stored film as docs/film-record.md tells of it."""


class FilmBox(FilmName):
    """A film as the box of a review shows it."""

    original_title: str
    directors: list[str]
    cast: list[str] = Field(description="The first five.")
    countries: list[str]
    runtime_minutes: int | None


class FilmEntry(FilmName):
    """A film that a search found; `match` is 1 for the title as it is stored."""

    directors: list[str]
    match: float


class FilmList(BaseModel):
    """Films found, the best match first, and how many are stored."""

    films: list[FilmEntry]
    total: int
