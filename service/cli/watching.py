"""`--watch`: the draft on the terminal as it grows, section by section."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from service.cli.console import ERRORS, tell
from service.films import JSON


def watch(stage: str, detail: Mapping[str, JSON]) -> None:
    """Show a section as soon as it stands, on stderr; tell every other step in one line."""
    text = detail.get("text")
    if stage != "section" or not isinstance(text, str):
        tell(stage, detail)
    elif text:
        mended = " (mended)" if detail.get("mended") else ""
        ERRORS.print(Text(f"{str(detail['name']).capitalize()}{mended}", style="bold"))
        ERRORS.print(Text(text), end="\n\n", soft_wrap=False)
