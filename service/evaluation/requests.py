"""What `POST /v1/evals` takes: articles that were uploaded, and how they are measured."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from service.document import Format
from service.evaluation.judge import SEEDS
from service.writing.requests import MAX_CONTENT, FilmRef

MAX_ARTICLES = 5000
MOST_SEEDS = 20

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleIn(_Request):
    """An article to measure."""

    content: Annotated[str, StringConstraints(max_length=MAX_CONTENT)] = Field(description="Its text.")
    id: Line | None = Field(None, description="What the report calls it; by default its number.")
    format: Format = Field(Format.TEXT, description="How `content` is written.")
    film: FilmRef | None = Field(None, description="The film it is about, for fact checks and names.")
    group: Line = Field("articles", description="The set it belongs to: means are given for each.")

    @field_validator("content")
    @classmethod
    def _is_text(cls, value: str) -> str:
        if "\x00" in value:
            raise ValueError("the content holds NUL characters, so it is binary data; send text")
        return value


class JudgeIn(_Request):
    """A judge of the articles: the request's model, by the rubric of `prompts/judge_article.md.j2`."""

    seeds: int = Field(SEEDS, ge=1, le=MOST_SEEDS, description="How often it is asked of each text.")


class EvalRequest(_Request):
    """A suite to run on uploaded articles."""

    suite: Literal["articles", "edits"] = Field(
        "articles", description="`articles` measures each as it is, `edits` after the second pass."
    )
    name: Line | None = Field(None, description="What to call the evaluation in lists.")
    articles: Annotated[list[ArticleIn], Field(min_length=1, max_length=MAX_ARTICLES)]
    keyphrase: Line | None = Field(None, description="The search phrase that the copy is for.")
    model: Line | None = Field(
        None, description="The model that edits or judges, named as FINECUT_MODEL is; else the service's own."
    )
    judge: JudgeIn | None = Field(
        None,
        description="With the suite `articles`: let the model grade each text. It counts where it agrees "
        "with people's grades, which `results.judge` tells.",
    )

    @model_validator(mode="after")
    def _judges_others(self) -> EvalRequest:
        if self.judge is not None and self.suite != "articles":
            raise ValueError("`judge` goes with the suite `articles`: no model grades what it edited itself")
        return self
