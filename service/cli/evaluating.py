"""`finecut eval`: measure articles, compare two runs, render a run, gate a change on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from service import resources
from service.app import Finecut
from service.cli.console import ERRORS, out, say
from service.cli.exits import exiting
from service.cli.running import finecut, run
from service.cli.texts import Text, stored_film, texts_of
from service.errors import FilmAmbiguous, FilmNotFound, InputError
from service.evaluation.item import Task, Work, unique
from service.evaluation.report import Pages, overview
from service.evaluation.results import load_results, summarise, with_sameness, write_results
from service.evaluation.run import ITEMS, evaluate, stored
from service.evaluation.suites import articles
from service.films import Film

app = typer.Typer(
    help="Evaluate articles, drafts and edits; compare runs; gate a change.", no_args_is_help=True
)
REPORT = "report.html"


@app.command("run")
@exiting
def run_suite(
    suite: Annotated[str, typer.Argument(help="articles.")],
    data: Annotated[
        list[Path] | None, typer.Option(help="Files, folders or .jsonl of {id, text, film?, group?}.")
    ] = None,
    out_dir: Annotated[
        Path, typer.Option("--out", help="Folder of the run; a run that was stopped goes on there.")
    ] = Path("var/eval"),
    film: Annotated[str | None, typer.Option(help="Id of the film that all articles are about.")] = None,
    keyphrase: Annotated[str, typer.Option(help="The search phrase that the copy is for.")] = "",
    jobs: Annotated[int, typer.Option(help="Processes; 0: one a core.")] = 0,
) -> None:
    """Measure a set; leave results.json and report.html in the folder."""
    if suite != "articles":
        raise InputError(f"There is no suite {suite!r}.", remedy="There is: articles.")
    tasks = _articles(data or [], film, keyphrase)
    began = time.monotonic()
    items = _with_progress(suite, tasks, articles.work, out_dir, jobs)
    facts = {
        "finecut": version("finecut"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began, 1),
    }
    results = summarise(suite, with_sameness(items), facts=facts)
    write_results(out_dir, results)
    page = _render(out_dir, results, items)
    out(overview(results))
    say(f"{len(items)} items in {facts['seconds']} s: {page}")


def _articles(paths: Sequence[Path], film_id: str | None, keyphrase: str) -> list[Task]:
    if not paths:
        raise InputError(
            "Say which articles.", field="data", remedy="--data FILE_OR_FOLDER, as often as needed."
        )
    texts = list(texts_of(paths, stored_film(film_id), lines=True))
    if not texts:
        raise InputError(
            "There is no text in what was named.", remedy="Name .txt, .md, .html or .jsonl files."
        )
    known = _films({t.about for t in texts if t.about and t.film is None})
    return unique(_task(t, t.film or known.get(t.about), keyphrase) for t in texts)


def _task(text: Text, film: Film | None, keyphrase: str) -> Task:
    return articles.task(
        text.name,
        text.source,
        group=text.group or "articles",
        format=text.format,
        film=film,
        keyphrase=keyphrase,
    )


def _films(names: Iterable[str]) -> dict[str, Film]:
    """Return the stored films that lines name by id or title; say how many are not known."""
    wanted = sorted(names)
    found: dict[str, Film] = {}
    if not wanted:
        return found

    async def work(service: Finecut) -> None:
        for name in wanted:
            film = await _film(service, name)
            if film is not None:
                found[name] = film

    run(finecut(), work)
    if len(found) < len(wanted):
        say(
            f"{len(wanted) - len(found)} of {len(wanted)} films that lines name are not stored: "
            "their facts are not checked."
        )
    return found


async def _film(service: Finecut, name: str) -> Film | None:
    try:
        return await service.films.get(name)
    except FilmNotFound:
        pass
    try:
        return await service.films.find(name, None)
    except (FilmNotFound, FilmAmbiguous):
        return None


def _with_progress(
    suite: str, tasks: Sequence[Task], work: Work, folder: Path, jobs: int
) -> list[dict[str, Any]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERRORS, transient=True) as bar:
        line = bar.add_task(suite, total=len(tasks))
        told: Callable[[int, int], None] = lambda n, _: bar.update(line, completed=n)  # noqa: E731 - one use
        return evaluate(tasks, work, folder, jobs=jobs, told=told)


def _render(folder: Path, results: dict[str, Any], items: Sequence[dict[str, Any]]) -> Path:
    page = folder / REPORT
    page.write_text(Pages(resources.folder("templates")).report(results, items), encoding="utf-8")
    return page


@app.command("report")
@exiting
def report(
    folder: Annotated[Path, typer.Argument(help="Folder of a finished run.")],
    to: Annotated[Path | None, typer.Option("--out", help="File to write instead of report.html.")] = None,
) -> None:
    """Render the run's page again."""
    results = load_results(folder)
    page = to or folder / REPORT
    items = stored(folder / ITEMS) if folder.is_dir() else []
    page.write_text(Pages(resources.folder("templates")).report(results, items), encoding="utf-8")
    say(str(page))
