"""Where the files are that ship with Finecut but are no code: prompts, templates, the demo's input."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = {
    "prompts": "prompts",
    "templates": "templates",
    "demo": "evals/data/demo",
    "drafts": "evals/data/drafts",
}


def folder(name: Literal["prompts", "templates", "demo", "drafts"]) -> Path:
    """Return the folder: inside the package where it came as a wheel, else in the checkout."""
    packaged = PACKAGE / "_resources" / name
    return packaged if packaged.is_dir() else PACKAGE.parent / CHECKOUT[name]
