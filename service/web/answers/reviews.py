"""A drafted review, with what every sentence rests on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from service.web.answers.claims import Claims, Usage
from service.web.answers.edits import HouseLeft, ModelSaid
from service.web.answers.films import FilmBox, FilmName
from service.web.answers.scores import ScoreAnswer
from service.web.answers.terms import When


class Sentence(BaseModel):
    """A sentence and what it rests on: note ids, and fields such as `film.directors`."""

    text: str
    sources: list[str]


class Section(BaseModel):
    """A section; `paragraphs` holds how many sentences each paragraph has."""

    name: Literal["plot", "characters", "themes", "legacy"]
    sentences: list[Sentence]
    paragraphs: list[int]


class GivenNote(BaseModel):
    """A note as it was given."""

    id: str
    text: str
    section: str | None


class LeftNote(BaseModel):
    """A note that the review leaves out, and why."""

    id: str
    reason: str


class Notes(BaseModel):
    """What became of every note."""

    given: list[GivenNote]
    used: list[str]
    left_out: list[LeftNote]


class TrailStep(BaseModel):
    """What was proposed, what the checks said, and what stands."""

    stage: str
    outcome: str
    section: str | None = None
    proposed: str
    text: str
    sources: list[str]
    reasons: list[str]


class ReviewAnswer(BaseModel):
    """A review: sections of sentences with their sources, its claims, its score, and how it came about."""

    id: str
    created: When
    title: str
    language: str
    film: FilmBox
    sections: list[Section]
    content: str = Field(description="The review in Markdown.")
    notes: Notes
    claims: Claims
    facts_per_100_words: float
    score: ScoreAnswer
    house_style: HouseLeft | None = None
    trail: list[TrailStep]
    usage: Usage
    model: ModelSaid
    prompts: dict[str, str]
    words: int
    rating: str | None
    author: str | None


class ReviewEntry(BaseModel):
    """A stored review in a list."""

    id: str
    created: When
    updated: When
    title: str
    language: str
    film: FilmName
    facts_per_100_words: float
    words: int


class ReviewList(BaseModel):
    """Stored reviews, the newest first."""

    reviews: list[ReviewEntry]
