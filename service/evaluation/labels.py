"""Texts that people graded: what a judge is held against before its grades count."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service import resources
from service.errors import InputError
from service.evaluation.judge import Grades, Judged

FILE = "labelled.jsonl"


class Labelled(BaseModel):
    """A text with its film's title, the writer's notes, a person's grades, and those of a second reader."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str = Field(min_length=1)
    labels: Grades
    second: Grades | None = None
    title: str = ""
    notes: tuple[str, ...] = ()

    @property
    def subject(self) -> Judged:
        """Return what a judge is shown of it."""
        return Judged(self.id, self.text, self.title, self.notes)


def read_labels(path: Path | None = None) -> tuple[Labelled, ...]:
    """Return the texts of a file of JSON Lines; by default those that ship.

    Raises InputError, which names the line at fault.
    """
    file = path or resources.folder("judge") / FILE
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{file} cannot be read ({error}).", remedy="Name a file of labelled texts."
        ) from None
    out = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                out.append(Labelled.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(p) for p in first["loc"])
                raise InputError(f"{file}:{number}: {where}: {first['msg']}.") from None
    if not out:
        raise InputError(f"{file} holds no labelled text.", remedy='Lines are {"id", "text", "labels"}.')
    return tuple(out)
