"""`finecut score`: files, folders and JSON Lines, on all cores."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from service.app import Finecut
from service.cli.console import ERRORS, out, out_json, say
from service.cli.exits import Exit, exiting
from service.cli.files import format_of, read_text
from service.cli.running import finecut, run
from service.cli.sarif import sarif
from service.cli.summaries import score_summary
from service.document import Format
from service.errors import InputError
from service.films import JSON, Film
from service.writing.measuring import score_text

SUFFIXES = {".txt", ".md", ".markdown", ".html", ".htm"}
FEW = 24  # below this many texts, starting processes costs more than it saves


@dataclass(frozen=True, slots=True)
class Text:
    """A text to score: what to call it, its source, its format, its film where it is known."""

    name: str
    source: str
    format: Format
    film: Film | None = None


@exiting
def score(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files, folders, or .jsonl files of {id, text, film?}. - reads stdin."),
    ],
    film: Annotated[str | None, typer.Option(help="Id of the film that the texts are about.")] = None,
    keyphrase: Annotated[str, typer.Option(help="The search phrase that the copy is for.")] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Write JSON; for several texts, JSON Lines.")
    ] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="Write SARIF 2.1.0.")] = False,
    fail_under: Annotated[float, typer.Option(help="Exit 1 where a score is lower.")] = 0.0,
    jobs: Annotated[int, typer.Option(help="Processes; 0: one a core.")] = 0,
) -> None:
    """Score texts: 0-100, 100 is clean, with every finding. No model is asked."""
    texts = list(_texts(paths, _stored(film)))
    if not texts:
        raise InputError(
            "There is no text in what was named.",
            remedy=f"Name files of {', '.join(sorted(SUFFIXES))} or .jsonl.",
        )
    results = list(_scored(texts, keyphrase, jobs))
    if as_sarif:
        out_json(sarif(((t.name, r) for t, r in results), version("finecut")))
    elif as_json:
        _write_json(results)
    else:
        for text, result in results:
            out(score_summary(text.name, result, text.source))
    worst = min(results, key=lambda pair: pair[1]["score"])
    if worst[1]["score"] < fail_under:
        say(f"{worst[0].name} scores {worst[1]['score']:g}, under {fail_under:g}.")
        raise typer.Exit(Exit.FINDINGS)


def _write_json(results: list[tuple[Text, dict[str, Any]]]) -> None:
    if len(results) == 1:
        out_json(results[0][1])
        return
    for text, result in results:
        out(json.dumps({"id": text.name, **result}, ensure_ascii=False))


def _stored(film_id: str | None) -> Film | None:
    if film_id is None:
        return None
    found: list[Film] = []

    async def work(service: Finecut) -> None:
        found.append(await service.films.get(film_id))

    run(finecut(), work)
    return found[0]


def _texts(paths: Iterable[Path], film: Film | None) -> Iterator[Text]:
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            yield from _texts(inside, film)
        elif path.suffix.lower() in {".jsonl", ".ndjson"}:
            yield from _lines(path, film)
        else:
            source = read_text(path)
            yield Text(str(path), source, format_of(path, source, None), film)


def _lines(path: Path, film: Film | None) -> Iterator[Text]:
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            text = value["text"]
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f"{path}:{number}: no JSON object with `text`.", remedy='Lines are {"id", "text"}.'
            ) from None
        yield Text(str(value.get("id", f"{path}:{number}")), str(text), Format.TEXT, film)


def _scored(texts: list[Text], keyphrase: str, jobs: int) -> Iterator[tuple[Text, dict[str, Any]]]:
    cores = jobs or os.cpu_count() or 1
    work = [(t.source, t.format, t.film, keyphrase) for t in texts]
    if len(texts) < FEW or cores == 1:
        yield from zip(texts, map(_one, work), strict=True)
        return
    with ProcessPoolExecutor(cores) as pool:
        done = pool.map(_one, work, chunksize=max(1, min(64, len(work) // (cores * 4))))
        yield from zip(
            texts, track(done, "scoring", total=len(work), console=ERRORS, transient=True), strict=True
        )


def _one(work: tuple[str, Format, Film | None, str]) -> dict[str, JSON]:
    return score_text(*work)
