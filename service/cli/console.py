"""What goes to the terminal: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from rich.console import Console

from service.films import JSON

ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)
STAGES = {
    "plan": "sorting the notes into sections",
    "model": "asking the model",
    "check": "checking every sentence",
    "checks": "checked every sentence",
    "section": "wrote a section",
    "edits": "made the second pass",
    "edit": "making the second pass",
    "store": "storing",
}


def out(text: str) -> None:
    """Write a result to stdout, ending in one newline."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def out_json(value: JSON | Mapping[str, JSON]) -> None:
    """Write a result to stdout as JSON."""
    out(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Tell something on stderr."""
    ERRORS.print(text, markup=False)


def complain(message: str, remedy: str) -> None:
    """Tell an error and its remedy on stderr."""
    ERRORS.print(f"{message} {remedy}".rstrip(), style="red", markup=False)


def tell(stage: str, detail: Mapping[str, JSON]) -> None:
    """Tell progress on stderr, one line a step."""
    words = STAGES.get(stage, stage.replace("_", " "))
    known = ", ".join(
        f"{k.replace('_', ' ')} {v}"
        for k, v in detail.items()
        if isinstance(v, str | int | float) and k != "text"
    )
    ERRORS.print(f"  · {words}" + (f" ({known})" if known else ""), style="dim", markup=False)
