"""`finecut films`: import, fetch, search, show."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.app import Finecut
from service.cli.console import out, out_json, say
from service.cli.exits import Exit, exiting
from service.cli.running import finecut, run
from service.films import disagreements, film_to_json

app = typer.Typer(help="The stored films.", no_args_is_help=True)


@app.command("import")
@exiting
def import_films(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders of film records.")] = None,
    starter: Annotated[
        bool, typer.Option("--starter", help="Load the catalogue that ships with Finecut.")
    ] = False,
) -> None:
    """Import film records; what does not read is reported with file and line, and passed over.

    Exit code 1 where nothing of a path could be stored.
    """

    async def work(service: Finecut) -> None:
        if starter:
            say(f"{await service.load_starter()} films of the starter catalogue are stored.")
        nothing = False
        for path in paths or []:
            stored, passed = await service.import_films(path, say)
            lost = f"; {passed} {'loss' if passed == 1 else 'losses'} told above" if passed else ""
            say(f"{path}: {stored} {'film' if stored == 1 else 'films'} stored{lost}.")
            nothing = nothing or bool(passed and not stored)
        if nothing:
            raise typer.Exit(Exit.FINDINGS)

    run(finecut(), work, starter=False)  # whoever brings records of their own first may want no others


@app.command("search")
@exiting
def search(
    title: Annotated[str, typer.Argument(help="A title, also misspelt.")],
    year: Annotated[int | None, typer.Option(help="Year of release.")] = None,
    limit: Annotated[int, typer.Option(help="How many to list.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Search the stored films by title."""

    async def work(service: Finecut) -> None:
        found = await service.films.search(title, year, limit)
        if as_json:
            out_json(
                [
                    {"id": f.id, "title": f.title, "year": f.year, "directors": list(f.directors)}
                    for f in found
                ]
            )
            return
        for film in found:
            out(f"{film.id}\t{film.title} ({film.year or '?'})\t{', '.join(film.directors)}")
        if not found:
            say("Nothing like that is stored. A beginning needs three letters, its article not counted.")

    run(finecut(), work)


class Service(StrEnum):
    """Where films are fetched from."""

    TMDB = "tmdb"
    OMDB = "omdb"
    WIKIDATA = "wikidata"


@app.command("fetch")
@exiting
def fetch(
    title: Annotated[str, typer.Argument(help="The title as released.")] = "",
    year: Annotated[int | None, typer.Option(help="Year of release.")] = None,
    film_id: Annotated[
        str, typer.Option("--id", help="IMDb's (tt0113277), TMDB's (tmdb:949) or Wikidata's (Q42198).")
    ] = "",
    source: Annotated[
        Service | None, typer.Option("--from", help="One service; else all that need no key or have one.")
    ] = None,
    fresh: Annotated[bool, typer.Option(help="Ask the service, also where its answer is kept.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the stored record as JSON.")] = False,
) -> None:
    """Fetch a film from TMDB, OMDb or Wikidata and store it, merged with what is stored of it."""
    from service.sources.fetching import wanted  # noqa: PLC0415 - loads the HTTP client

    asked = wanted(title, year, film_id)

    async def work(service: Finecut) -> None:
        film, fetched = await service.fetch_film(asked, source or "", fresh=fresh)
        sources = ", ".join(record.provenance["*"].source for record in fetched.films)
        if as_json:
            out_json(film_to_json(film))
        else:
            out(f"{film.id}\t{film.title} ({film.year or '?'})\t{', '.join(film.directors)}")
        say(f"From {sources}.")
        for line in (*fetched.problems, *disagreements(film)):
            say(line)

    run(finecut(), work)


@app.command("show")
@exiting
def show(film_id: Annotated[str, typer.Argument(help="The film's id.")]) -> None:
    """Show a film's record with the source of every field, as JSON; what differs is told besides."""

    async def work(service: Finecut) -> None:
        film = await service.films.get(film_id)
        out_json(film_to_json(film))
        for line in disagreements(film):
            say(line)

    run(finecut(), work)
