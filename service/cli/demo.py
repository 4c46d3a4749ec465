"""`finecut demo`: the main job on real input, printed for a newcomer."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text

from service.app import Finecut
from service.cli.console import tell
from service.cli.exits import exiting
from service.cli.running import finecut, run
from service.cli.serving import listen
from service.cli.summaries import edit_summary, review_summary
from service.document import Format
from service.resources import COPY, NOTES, Example
from service.reviews import parse_notes
from service.settings import Settings
from service.writing.requests import EditsRequest, ReviewRequest


@exiting
def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Serve the HTTP API afterwards.")] = False,
) -> None:
    """Draft a review from notes and edit a piece of SEO copy, and show why each sentence stands."""
    run(finecut(), _both)
    if serve:
        listen(Settings())


async def _both(service: Finecut) -> None:
    console = Console(highlight=False)
    await _draft(service, console)
    await _edit(service, console)


async def _draft(service: Finecut, console: Console) -> None:
    notes = parse_notes(NOTES.read())
    console.rule("[bold]1. A review drafted from notes")
    console.print(Panel("\n".join(f"{n.id}  {n.text}" for n in notes), title="the writer's notes"))
    given: Any = {
        "film": _film(NOTES),
        "notes": [{"id": n.id, "text": n.text, "section": n.section} for n in notes],
    }
    review = await service.review(ReviewRequest.model_validate(given), tell)
    console.print(Panel(Markdown(str(review["content"])), title="the review"))
    console.print("Every sentence rests on notes (n1, n2, …) or fields of the film's record:")
    sections: Any = review["sections"]
    for section in sections:
        for sentence in section["sentences"]:
            line = (
                Text("  ")
                .append(", ".join(sentence["sources"]), style="cyan")
                .append(f"  {sentence['text']}")
            )
            console.print(line)
    console.print(Text(review_summary(review)))


async def _edit(service: Finecut, console: Console) -> None:
    source = COPY.read()
    console.rule("[bold]2. A piece of SEO copy, edited")
    given: Any = {"content": source, "format": Format.MARKDOWN, "film": _film(COPY)}
    edited = await service.edit(EditsRequest.model_validate(given), tell)
    console.print(Panel(_marked(source, edited), title="red is cut, green is new"))
    console.print(Text(edit_summary(edited, every=True)))


def _film(example: Example) -> dict[str, Any]:
    return {"title": example.title, "year": example.year}


def _marked(source: str, edited: Any) -> Text:  # noqa: ANN401 - JSON
    text, at = Text(), 0
    for edit in sorted(edited["edits"], key=lambda e: e["span"]):
        start, end = edit["span"]
        text.append(source[at:start]).append(source[start:end], style="red strike").append(
            edit["after"], style="bold green"
        )
        at = end
    return text.append(source[at:])
