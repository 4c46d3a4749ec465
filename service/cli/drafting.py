"""`finecut draft`: a review from a film and notes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.app import Finecut
from service.cli.console import out, out_json, say, tell
from service.cli.exits import exiting
from service.cli.files import read_text, read_toml, write_bytes
from service.cli.running import finecut, run
from service.cli.summaries import review_summary
from service.cli.watching import watch
from service.films import JSON
from service.reviews import parse_notes
from service.web import exports
from service.writing.requests import ReviewRequest, valid


@exiting
def draft(
    notes: Annotated[
        Path,
        typer.Option(help="Notes, one a line; `plot: …` or a heading names a section. - is stdin."),
    ],
    title: Annotated[str | None, typer.Option(help="Any title of the film.")] = None,
    year: Annotated[int | None, typer.Option(help="Its year, where several films bear the title.")] = None,
    film: Annotated[str | None, typer.Option(help="The film's id, instead of a title.")] = None,
    words: Annotated[int | None, typer.Option(help="Length to aim at.")] = None,
    tone: Annotated[str | None, typer.Option(help="Such as dry, warm; a capable model obeys it.")] = None,
    language: Annotated[str, typer.Option(help="Language of the review (ISO 639-1).")] = "en",
    spoilers: Annotated[bool, typer.Option("--spoilers", help="Let the plot tell the ending.")] = False,
    keyphrase: Annotated[str | None, typer.Option(help="The search phrase that the copy is for.")] = None,
    rating: Annotated[str | None, typer.Option(help="Your rating, such as 4/5.")] = None,
    author: Annotated[str | None, typer.Option(help="Your name, for exports.")] = None,
    model: Annotated[
        str | None,
        typer.Option(help="Model instead of FINECUT_MODEL, such as embedded."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed for the model.")] = None,
    house_style: Annotated[
        Path | None, typer.Option(help="TOML file of terms, names and spelling; see docs/house-style.md.")
    ] = None,
    no_edit: Annotated[bool, typer.Option("--no-edit", help="Leave out the second pass.")] = False,
    watching: Annotated[bool, typer.Option("--watch", help="Show the text on stderr as it grows.")] = False,
    docx: Annotated[Path | None, typer.Option(help="Also write it to this file as a Word document.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON.")] = False,
) -> None:
    """Draft a review from a film's title and your notes."""
    given: dict[str, JSON] = {
        "film": {"id": film, "title": title, "year": year},
        "notes": [{"id": n.id, "text": n.text, "section": n.section} for n in parse_notes(read_text(notes))],
        "words": words, "tone": tone, "language": language, "spoilers": spoilers, "keyphrase": keyphrase,
        "rating": rating, "author": author, "model": model, "seed": seed, "edit": not no_edit,
        "house_style": None if house_style is None else read_toml(house_style),
    }  # fmt: skip
    request = valid(ReviewRequest, given)

    async def work(service: Finecut) -> None:
        review = await service.review(request, watch if watching else tell)
        if docx is not None:
            write_bytes(docx, exports.docx(review))
        if as_json:
            out_json(review)
        else:
            out(str(review["content"]))
            say(review_summary(review))

    run(finecut(), work)
