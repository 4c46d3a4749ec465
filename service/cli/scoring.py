"""`finecut score`: files, folders and JSON Lines, on all cores."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer
from rich.progress import track

from service.cli.console import ERRORS, out, out_json, say
from service.cli.exits import Exit, exiting
from service.cli.sarif import sarif
from service.cli.summaries import score_summary
from service.cli.texts import SUFFIXES, Text, named_films, stored_film, texts_of
from service.detectors.archive import Archive, append, load
from service.errors import InputError
from service.writing.scoring import score_text, shingles_of

Result = dict[str, Any]

FEW = 24  # below this many texts, starting processes costs more than it saves


@exiting
def score(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files, folders, or .jsonl files of {id, text, film?: id or title}. - reads stdin."
        ),
    ],
    film: Annotated[str | None, typer.Option(help="Id of the film that the texts are about.")] = None,
    keyphrase: Annotated[str, typer.Option(help="The search phrase that the copy is for.")] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Write JSON; for several texts, JSON Lines.")
    ] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="Write SARIF 2.1.0.")] = False,
    fail_under: Annotated[float, typer.Option(help="Exit 1 where a score is lower.")] = 0.0,
    jobs: Annotated[int, typer.Option(help="Processes; 0: one a core.")] = 0,
    ideas: Annotated[
        bool, typer.Option(help="Look for ideas said again. They don't change the score.")
    ] = True,
    archive: Annotated[
        Path | None, typer.Option(help="Archive of the site's other articles: what a text shares is told.")
    ] = None,
    remember: Annotated[bool, typer.Option(help="Put the texts into the archive first.")] = False,
) -> None:
    """Score texts: 0-100, 100 is clean, with every finding. No model is asked."""
    texts = _with_films(texts_of(paths, stored_film(film)))
    if not texts:
        raise InputError(
            "There is no text in what was named.",
            remedy=f"Name files of {', '.join(sorted(SUFFIXES))} or .jsonl.",
        )
    measure = partial(
        _measure, keyphrase=keyphrase, ideas=ideas, archive=_archive(archive, texts, remember=remember)
    )
    results = _scored(texts, measure, jobs)
    worst = None
    for text, result in _written(results, as_json=as_json, as_sarif=as_sarif, several=len(texts) > 1):
        if worst is None or result["score"] < worst[1]:
            worst = text.name, result["score"]
    if worst is not None and worst[1] < fail_under:
        say(f"{worst[0]} scores {worst[1]:g}, under {fail_under:g}.")
        raise typer.Exit(Exit.FINDINGS)


def _with_films(texts: Iterable[Text]) -> list[Text]:
    """Return the texts, each with the film that its line names by id or title, where that is stored."""
    every = list(texts)
    known = named_films({t.about for t in every if t.about and t.film is None}, "nobody knows their names")
    return [replace(t, film=t.film or known.get(t.about)) for t in every]


def _archive(path: Path | None, texts: list[Text], *, remember: bool) -> Archive | None:
    """Return the archive of the file, with the texts put into it first where that is asked for."""
    if path is None:
        if remember:
            raise InputError("There is no archive to put the texts into.", remedy="Name one with --archive.")
        return None
    if not remember and not path.is_file():
        raise InputError(f"{path} is no file.", remedy="Make an archive with --remember.")
    known = load(path) if path.is_file() else Archive()
    if remember:
        seen = set(known.articles)
        for text in texts:
            if text.name not in seen:
                seen.add(text.name)
                append(path, text.name, shingles_of(text.source, text.format, text.film))
        return load(path)
    return known


def _written(
    results: Iterator[tuple[Text, Result]], *, as_json: bool, as_sarif: bool, several: bool
) -> Iterator[tuple[Text, Result]]:
    """Write each result as it comes (SARIF: all at the end), and yield it."""
    if as_sarif:
        every = list(results)
        out_json(sarif(((t.name, r) for t, r in every), version("finecut")))
        yield from every
        return
    for text, result in results:
        if not as_json:
            out(score_summary(text.name, result, text.source))
        elif several:
            out(json.dumps({"id": text.name, **result}, ensure_ascii=False))
        else:
            out_json(result)
        yield text, result


def _scored(texts: list[Text], measure: Callable[[Text], Result], jobs: int) -> Iterator[tuple[Text, Result]]:
    """Yield each text with its result, in order; many texts are shared out among processes."""
    cores = jobs or os.cpu_count() or 1
    if len(texts) >= FEW:
        measure(texts[0])  # what is loaded here, the processes share
        gc.freeze()  # and none of it is garbage: looking it through takes time, and copies it
    if len(texts) < FEW or cores == 1:
        yield from zip(texts, map(measure, texts), strict=True)
        return
    with ProcessPoolExecutor(cores, initializer=_Process.start, initargs=(measure,)) as pool:
        done = pool.map(_Process.run, texts, chunksize=max(1, min(64, len(texts) // (cores * 4))))
        yield from zip(
            texts, track(done, "scoring", total=len(texts), console=ERRORS, transient=True), strict=True
        )


class _Process:
    """What a process of the pool does, given once: an archive is too large to send with every text."""

    measure: ClassVar[Callable[[Text], Result]]

    @classmethod
    def start(cls, measure: Callable[[Text], Result]) -> None:
        cls.measure = staticmethod(measure)

    @classmethod
    def run(cls, text: Text) -> Result:
        return cls.measure(text)


def _measure(text: Text, *, keyphrase: str, ideas: bool, archive: Archive | None) -> Result:
    return score_text(
        text.source, text.format, text.film, keyphrase, ideas=ideas, archive=archive, article=text.name
    )
