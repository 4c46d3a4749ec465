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
from service.errors import InputError, ModelMisconfigured
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
    judge: Annotated[
        bool, typer.Option("--judge", help="Ask a model about what no rule decides; it costs what it costs.")
    ] = False,
    model: Annotated[str | None, typer.Option(help="With --judge: another model than FINECUT_MODEL.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Check a text's claims against a stored film, or a file of claims against a file of films.

    Exit 1 where something is contradicted (by the record or, with --judge, by the model), 3 where the judge
    failed.
    """
    if model is not None and not judge:
        raise InputError("--model is the judge's.", remedy="Say --judge too.")
    if claims is not None and films is not None and out_file is not None:
        if judge:
            _judge_file(claims, films, out_file, model)
        else:
            _check_file(claims, films, out_file)
    elif file is not None and film is not None:
        _check_text(file, film, as_json=as_json, judge=judge, model=model)
    else:
        raise InputError(
            "Say what to check.",
            remedy="Either FILE --film ID, or --films FILMS --claims CLAIMS --out PREDICTIONS.",
        )


def _check_text(file: Path, film_id: str, *, as_json: bool, judge: bool, model: str | None) -> None:
    source = read_text(file)

    async def work(service: Finecut) -> None:
        film, written = await service.films.get(film_id), format_of(file, source, None)
        if judge:
            report = await service.judge.text(source, written, film, model=model)
        else:
            report = check_text(source, written, film)
        if as_json:
            out_json(report)
        else:
            out(claims_summary(report, source))
        if judge:
            _tell(report)
        if any(c["verdict"] == "contradicted" for c in _claims(report)):
            raise typer.Exit(Exit.FINDINGS)

    run(finecut(), work)


def _tell(report: Any) -> None:  # noqa: ANN401 - JSON
    """Say how the judge fared; exit 3 where it failed."""
    fared = report["judge"]
    say(fared["said"])
    for failure in fared["failed"]:
        say(f"  no verdict: {failure['reason']}")
    if fared["state"] in {"failed", "partly_failed", "unfit"}:
        raise typer.Exit(Exit.PROVIDER)


def _claims(report: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    return list(report["claims"])


def _check_file(claims: Path, films: Path, out_file: Path) -> None:
    records = {film.id: film for film in _readable(films)}
    people = _people(records)
    done = 0
    with out_file.open("w", encoding="utf-8") as sink:
        for line, film in _claims_of(claims, films, records):
            verdict = check_claim(_said(line), film, people)
            sink.write(json.dumps({"id": line["id"], **verdict}, ensure_ascii=False) + "\n")
            done += 1
    say(f"{done} claims checked against {len(records)} films: {out_file}")


def _judge_file(claims: Path, films: Path, out_file: Path, model: str | None) -> None:
    """Do the same with a judge, film by film; the lines come film by film too."""
    records = {film.id: film for film in _readable(films)}
    people = _people(records)
    by_film: dict[str, list[dict[str, Any]]] = {}
    for line, film in _claims_of(claims, films, records):
        by_film.setdefault(film.id, []).append(line)

    async def work(service: Finecut) -> None:
        failed = 0
        with out_file.open("w", encoding="utf-8") as sink:
            for film_id, lines in by_film.items():
                said = [_said(line) for line in lines]
                report: Any = await service.judge.claims(said, records[film_id], model=model, people=people)
                for line, verdict in zip(lines, report["claims"], strict=True):
                    sink.write(json.dumps({"id": line["id"], **verdict}, ensure_ascii=False) + "\n")
                if report["judge"]["state"] == "unfit":
                    raise ModelMisconfigured(report["judge"]["said"], remedy="Name another with --model.")
                failed += len(report["judge"]["failed"])
        done = sum(map(len, by_film.values()))
        say(f"{done} claims checked, {failed} that the judge failed on: {out_file}")
        if failed:
            raise typer.Exit(Exit.PROVIDER)

    run(finecut(), work)


def _people(records: dict[str, Film]) -> People:
    return People(name for film in records.values() for name in film.people)


def _said(line: dict[str, Any]) -> str:
    return str(line.get("claim") or line.get("sentence") or "")


def _claims_of(claims: Path, films: Path, records: dict[str, Film]) -> Iterator[tuple[dict[str, Any], Film]]:
    for number, line in _lines(claims):
        film = records.get(str(line.get("film_id")))
        if film is None:
            raise InputError(f"{claims}:{number}: no film {line.get('film_id')!r} in {films}.")
        yield line, film


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
