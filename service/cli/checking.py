"""`finecut check`: claims against a film's record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from service.app import Finecut
from service.cli.console import out, out_json, say
from service.cli.exits import Exit, exiting
from service.cli.files import format_of, read_text
from service.cli.running import finecut, run
from service.cli.summaries import claims_summary
from service.errors import InputError
from service.films import Film
from service.films.names import People
from service.sources import read_films
from service.writing.measuring import check_claim, check_text


@exiting
def check(
    file: Annotated[
        Path | None, typer.Argument(help="A text whose claims are listed. - reads stdin.")
    ] = None,
    film: Annotated[str | None, typer.Option(help="Id of the film it is about.")] = None,
    films: Annotated[Path | None, typer.Option(help="File of film records, for --claims.")] = None,
    claims: Annotated[
        Path | None, typer.Option(help="JSON Lines of {id, film_id, claim or sentence}.")
    ] = None,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="Where the verdicts go, as JSON Lines.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Check a text's claims against a stored film, or a file of claims against a file of films."""
    if claims is not None and films is not None and out_file is not None:
        _check_file(claims, films, out_file)
    elif file is not None and film is not None:
        _check_text(file, film, as_json=as_json)
    else:
        raise InputError(
            "Say what to check.",
            remedy="Either FILE --film ID, or --films FILMS --claims CLAIMS --out PREDICTIONS.",
        )


def _check_text(file: Path, film_id: str, *, as_json: bool) -> None:
    source = read_text(file)

    async def work(service: Finecut) -> None:
        report = check_text(source, format_of(file, source, None), await service.films.get(film_id))
        if as_json:
            out_json(report)
        else:
            out(claims_summary(report, source))
        if any(c["verdict"] == "contradicted" for c in _claims(report)):
            raise typer.Exit(Exit.FINDINGS)

    run(finecut(), work)


def _claims(report: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    return list(report["claims"])


def _check_file(claims: Path, films: Path, out_file: Path) -> None:
    records = {film.id: film for film in _readable(films)}
    people = People(name for film in records.values() for name in film.people)
    done = 0
    with out_file.open("w", encoding="utf-8") as sink:
        for number, line in _lines(claims):
            film = records.get(str(line.get("film_id")))
            if film is None:
                raise InputError(f"{claims}:{number}: no film {line.get('film_id')!r} in {films}.")
            verdict = check_claim(str(line.get("claim") or line.get("sentence") or ""), film, people)
            sink.write(json.dumps({"id": line["id"], **verdict}, ensure_ascii=False) + "\n")
            done += 1
    say(f"{done} claims checked against {len(records)} films: {out_file}")


def _readable(path: Path) -> Iterator[Film]:
    for record in read_films(path):
        if isinstance(record, Film):
            yield record
        else:
            say(f"passed over: {record}")


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise InputError(
                f"{path}:{number}: not JSON ({error}).", remedy="One JSON object a line."
            ) from None
        if not isinstance(value, dict) or "id" not in value:
            raise InputError(f"{path}:{number}: no `id`.", remedy='Lines are {"id", "film_id", "claim"}.')
        yield number, value
