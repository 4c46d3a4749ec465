"""`finecut edit`: the second pass over a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.app import Finecut
from service.cli.console import out, out_json, say, tell
from service.cli.exits import exiting
from service.cli.files import format_of, read_text, read_toml, write_bytes
from service.cli.running import finecut, run
from service.cli.summaries import edit_summary
from service.web import tracked
from service.writing.edit import MAX_CUT
from service.writing.requests import EditsRequest, FilmRef, valid
from service.writing.routes import unified_diff


@exiting
def edit(
    file: Annotated[Path, typer.Argument(help="The copy: text, Markdown or HTML. - reads stdin.")],
    film: Annotated[str | None, typer.Option(help="Id of the film it is about.")] = None,
    title: Annotated[str | None, typer.Option(help="Or its title.")] = None,
    year: Annotated[int | None, typer.Option(help="And its year.")] = None,
    format: Annotated[
        str | None, typer.Option(help="text, markdown or html; else by the file's name.")
    ] = None,
    protect: Annotated[
        list[str] | None, typer.Option(help="A term that must stay; may be given again.")
    ] = None,
    keyphrase: Annotated[str | None, typer.Option(help="The search phrase whose places are kept.")] = None,
    intensity: Annotated[str, typer.Option(help="light, normal or strong.")] = "normal",
    max_cut: Annotated[float, typer.Option(help="Largest part of the words that may be cut.")] = MAX_CUT,
    model: Annotated[str | None, typer.Option(help="Model instead of FINECUT_MODEL.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Write a unified diff instead of the text.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON.")] = False,
    house_style: Annotated[
        Path | None, typer.Option(help="TOML file of terms, names and spelling; see docs/house-style.md.")
    ] = None,
    docx: Annotated[
        Path | None, typer.Option(help="Write a Word document with the edits as tracked changes, too.")
    ] = None,
    meta: Annotated[
        bool, typer.Option("--meta", help="Propose a title and a description for result pages, too.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Tell every edit with its reason.")] = False,
) -> None:
    """Edit a copy: cut its repetition, check its facts, account for every claim."""
    source = read_text(file)
    reference = valid(FilmRef, {"id": film, "title": title, "year": year}) if film or title else None
    request = valid(
        EditsRequest,
        {
            "content": source, "format": format_of(file, source, format), "film": reference,
            "protect": protect or [], "keyphrase": keyphrase, "intensity": intensity, "max_cut": max_cut,
            "model": model, "meta": meta,
            "house_style": None if house_style is None else read_toml(house_style),
        }
    )  # fmt: skip

    async def work(service: Finecut) -> None:
        edited = await service.edit(request, tell)
        if docx is not None:
            write_bytes(docx, tracked.docx(edited))
        if as_json:
            out_json(edited)
        elif diff:
            out(unified_diff(edited, str(file)))
        else:
            out(str(edited["content"]))
        if not as_json:
            say(edit_summary(edited, every=why))

    run(finecut(), work)
