"""Where the files are that ship with Finecut but are no code: prompts, templates, the demo's input."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = {
    "prompts": "prompts",
    "templates": "templates",
    "demo": "evals/data/demo",
    "drafts": "evals/data/drafts",
    "judge": "evals/data/judge",
}


def folder(name: Literal["prompts", "templates", "demo", "drafts", "judge"]) -> Path:
    """Return the folder: inside the package where it came as a wheel, else in the checkout."""
    packaged = PACKAGE / "_resources" / name
    return packaged if packaged.is_dir() else PACKAGE.parent / CHECKOUT[name]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that ships to try Finecut on, and the film of the starter catalogue that it is about."""

    place: Literal["demo", "drafts"]
    name: str
    title: str
    year: int

    def read(self) -> str:
        """Return the text."""
        return (folder(self.place) / self.name).read_text(encoding="utf-8")


COPY = Example("demo", "parasite-seo.md", "Parasite", 2019)
NOTES = Example("drafts", "miracle-in-cell-no-7.md", "Miracle in Cell No. 7", 2013)
