"""The two requests as they come from outside, with their limits. One form for HTTP, runs and command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from service.detectors.house_style import read_style
from service.document import Format
from service.errors import InputError
from service.reviews import SectionName
from service.writing.edit.request import MAX_CUT

MAX_NOTES = 500
MAX_NOTE = 4_000
MAX_CONTENT = 1_000_000


@dataclass(frozen=True, slots=True)
class Formed:
    """Annotates a string that has a form: one that has not is told what it would be, not the pattern."""

    pattern: str
    told: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that checks it."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON schema, which holds the pattern."""
        return {**handler(schema), "pattern": f"^(?:{self.pattern})$"}

    def _checked(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise ValueError(f"{value[:40]!r} is not {self.told}")
        return value


NoteId = Annotated[
    str,
    Formed(
        r"[A-Za-z0-9_-]{1,40}",
        "an id of 1 to 40 letters (A-Z, a-z), digits, hyphens and underscores, such as `n1`",
    ),
]
Language = Annotated[str, Formed(r"[a-z]{2}(-[A-Z]{2})?", "a language's code, such as `en` or `en-GB`")]
Rating = Annotated[
    str,
    Formed(
        r"[0-9]{1,3}(\.[0-9]+)?\s*/\s*[0-9]{1,3}",
        "a number, a slash and the best that there is, such as `4/5` or `7.5/10`",
    ),
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


def _reads_as_a_style(value: dict[str, Any]) -> dict[str, Any]:
    try:
        read_style(value)
    except InputError as error:
        raise ValueError(str(error)) from error
    return value


Style = Annotated[dict[str, Any], AfterValidator(_reads_as_a_style)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Form = TypeVar("Form", bound=BaseModel)


def valid(form: type[Form], given: Mapping[str, object]) -> Form:
    """Return the request that fields or options make. Raises InputError, which names the one at fault."""
    try:
        return form.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        where = field.replace("_", " ").capitalize() or "Request"
        message = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{where}: {message}.", field=field) from None


class FilmRef(_Request):
    """A stored film, by `id`, or by `title` and, where several bear it, `year`."""

    id: Line | None = Field(None, description="The film's id, such as `miracle-in-cell-no-7-2013`.")
    title: Line | None = Field(None, description="Any title of the film.")
    year: int | None = Field(None, ge=1870, le=2100, description="Year of first release.")

    @model_validator(mode="after")
    def _one_of_both(self) -> FilmRef:
        if (self.id is None) == (self.title is None):
            raise ValueError("give either `id` or `title` (with `year` where several films bear the title)")
        return self


class NoteIn(_Request):
    """One note; `section` says where it belongs, else Finecut decides."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NOTE)]
    id: NoteId | None = None
    section: SectionName | None = None


class ReviewRequest(_Request):
    """What a draft is made from."""

    film: FilmRef
    notes: Annotated[list[NoteIn], Field(max_length=MAX_NOTES)] = Field(
        default_factory=list,
        description="The writer's notes: strings, or objects with `text`, `id`, `section`.",
    )
    words: int | None = Field(None, ge=50, le=5000, description="Length to aim at.")
    tone: Line | None = Field(
        None, description="Such as `dry`, `warm`, `for teenagers`; a capable model obeys it."
    )
    language: Language = Field("en", description="Language of the review (ISO 639-1).")
    spoilers: bool = Field(False, description="Whether the plot section may tell the ending.")
    keyphrase: Line | None = Field(None, description="The search phrase that the copy is written for.")
    rating: Rating | None = Field(None, description="The writer's rating, such as `4/5`. Never invented.")
    author: Line | None = Field(None, description="The writer's name, for exports.")
    model: Line | None = Field(
        None, description="A model other than the service's, named as FINECUT_MODEL is."
    )
    seed: int | None = Field(None, ge=0, le=2**31 - 1)
    house_style: Style | None = Field(
        None, description="The house style: the object that docs/house-style.md describes."
    )
    edit: bool = Field(True, description="Whether the draft goes through the second pass.")

    @field_validator("notes", mode="before")
    @classmethod
    def _plain_strings(cls, value: object) -> object:
        if isinstance(value, list):
            return [{"text": item} if isinstance(item, str) else item for item in value]
        return value

    @model_validator(mode="after")
    def _ids_differ(self) -> ReviewRequest:
        given = [n.id for n in self.notes if n.id is not None]
        twice = sorted({i for i in given if given.count(i) > 1})
        if twice:
            raise ValueError(f"note ids must differ; given twice: {', '.join(twice)}")
        return self


class EditsRequest(_Request):
    """What an edit is made from."""

    content: Annotated[str, StringConstraints(min_length=1, max_length=MAX_CONTENT)] = Field(
        description="The copy to edit."
    )
    format: Format = Field(Format.TEXT, description="How `content` is written.")
    film: FilmRef | None = Field(
        None, description="The film that the copy is about, for fact checks and names."
    )
    protect: Annotated[list[Line], Field(max_length=200)] = Field(
        default_factory=list, description="Terms that must stay as they are."
    )
    keyphrase: Line | None = Field(None, description="The search phrase whose places and density are kept.")
    intensity: Literal["light", "normal", "strong"] = Field("normal", description="How much to mend.")
    max_cut: float = Field(MAX_CUT, ge=0, le=0.9, description="Largest part of the words that may be cut.")
    headings: bool = Field(False, description="Whether headings may be edited.")
    meta: bool = Field(False, description="Whether to propose a title and a description for search pages.")
    house_style: Style | None = Field(
        None, description="The house style: the object that docs/house-style.md describes."
    )
    model: Line | None = Field(
        None, description="A model other than the service's, named as FINECUT_MODEL is."
    )
    seed: int | None = Field(None, ge=0, le=2**31 - 1)

    @field_validator("content")
    @classmethod
    def _has_text(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("the content holds white space only; send the copy to edit")
        if "\x00" in value:
            raise ValueError("the content holds NUL characters, so it is binary data; send text")
        return value
