"""`finecut eval`: measure articles, compare two runs, render a run, gate a change on it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from service import resources
from service.app import Finecut, model_config
from service.cli.console import ERRORS, out, say
from service.cli.exits import Exit, exiting
from service.cli.running import finecut, run
from service.cli.texts import Text, stored_film, texts_of
from service.errors import FilmAmbiguous, FilmNotFound, InputError
from service.evaluation.comparison import compare
from service.evaluation.gate import State, judge, junit, read_gates
from service.evaluation.item import Task, Work, unique
from service.evaluation.report import Pages, comparison_text, overview
from service.evaluation.results import load_results, summarise, with_sameness, write_results
from service.evaluation.run import ITEMS, evaluate, stored
from service.evaluation.suites import articles, claims, drafts, edits
from service.films import JSON, Film
from service.llm import ModelConfig
from service.settings import Settings
from service.store import catalogue


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says of a run."""

    data: Sequence[Path]
    film: str | None
    keyphrase: str
    group_by: str
    model: ModelConfig


Suite = Callable[[Given], tuple[list[Task], Work]]


def _articles(given: Given) -> tuple[list[Task], Work]:
    return _texts(given), articles.work


def _edits(given: Given) -> tuple[list[Task], Work]:
    model = _model_key(given)
    tasks = [Task(t.id, t.group, {**t.given, **model}) for t in _texts(given)]
    return tasks, partial(edits.work, config=given.model)


def _drafts(given: Given) -> tuple[list[Task], Work]:
    model = _model_key(given)
    made = drafts.tasks(_folder(given))
    return [Task(t.id, t.group, {**t.given, **model}) for t in made], partial(drafts.work, config=given.model)


def _claims(given: Given) -> tuple[list[Task], Work]:
    folder = _folder(given)
    if folder is None:
        raise InputError(
            "Say which claims.", field="data", remedy="--data FOLDER of X_claims.jsonl, X_films.jsonl."
        )
    return claims.tasks(folder), claims.work


def _checkout(name: str) -> Suite:
    """Return a suite that is part of the checkout only, with its annotations."""

    def suite(given: Given) -> tuple[list[Task], Work]:
        try:
            module = import_module(f"evals.suites.{name}")
        except ImportError as error:
            raise InputError(
                f"The suite {name!r} does not come with the package ({error}).",
                remedy="Run it from a checkout that is installed in place (make install).",
            ) from error
        return module.tasks(_folder(given)), module.work

    return suite


SUITES: dict[str, Suite] = {
    "articles": _articles,
    "edits": _edits,
    "drafts": _drafts,
    "claims": _claims,
    "detectors": _checkout("detectors"),
    "hostile": _checkout("hostile"),
}


def _folder(given: Given) -> Path | None:
    return given.data[0] if given.data else None


def _model_key(given: Given) -> dict[str, JSON]:
    """Return what makes an item another one: the model and the prompts that answer for it."""
    prompts = b"".join(p.read_bytes() for p in sorted(resources.folder("prompts").glob("*.j2")))
    return {"model": given.model.resolved, "prompts": hashlib.sha256(prompts).hexdigest()[:16]}


def _texts(given: Given) -> list[Task]:
    if not given.data:
        raise InputError(
            "Say which articles.", field="data", remedy="--data FILE_OR_FOLDER, as often as needed."
        )
    texts = list(texts_of(given.data, stored_film(given.film), lines=True, group_by=given.group_by))
    if not texts:
        raise InputError(
            "There is no text in what was named.", remedy="Name .txt, .md, .html or .jsonl files."
        )
    known = _films({t.about for t in texts if t.about and t.film is None})
    named = (replace(t, name=_inside(t.name, given.data)) for t in texts)
    return unique(_task(t, t.film or known.get(t.about), given.keyphrase) for t in named)


def _inside(name: str, folders: Iterable[Path]) -> str:
    """Return a file's name within the folder that was given, so that two folders of the same files pair."""
    for folder in folders:
        if folder.is_dir() and Path(name).is_relative_to(folder):
            return Path(name).relative_to(folder).as_posix()
    return name


app = typer.Typer(
    help="Evaluate articles, drafts and edits; compare runs; gate a change.", no_args_is_help=True
)
REPORT = "report.html"


@app.command("run")
@exiting
def run_suite(
    suite: Annotated[str, typer.Argument(help=f"{', '.join(SUITES)}.")],
    data: Annotated[
        list[Path] | None,
        typer.Option(
            help="articles, edits: files, folders or .jsonl of {id, text, film?, group?}; else a folder."
        ),
    ] = None,
    out_dir: Annotated[
        Path, typer.Option("--out", help="Folder of the run; a run that was stopped goes on there.")
    ] = Path("var/eval"),
    film: Annotated[str | None, typer.Option(help="Id of the film that all articles are about.")] = None,
    keyphrase: Annotated[str, typer.Option(help="The search phrase that the copy is for.")] = "",
    group_by: Annotated[
        str, typer.Option(help="Field of the lines that names an article's group.")
    ] = "group",
    model: Annotated[str, typer.Option(help="Model that edits or drafts.")] = "none",
    limit: Annotated[int, typer.Option(help="Only so many items, spread over the set; 0: all.")] = 0,
    jobs: Annotated[int, typer.Option(help="Processes; 0: one a core.")] = 0,
) -> None:
    """Measure a set; leave results.json and report.html in the folder."""
    if suite not in SUITES:
        raise InputError(f"There is no suite {suite!r}.", remedy=f"There are: {', '.join(SUITES)}.")
    given = Given(data or [], film, keyphrase, group_by, model_config(Settings(), model))
    tasks, work = SUITES[suite](given)
    tasks = tasks[:: max(1, len(tasks) // limit)][:limit] if limit else tasks
    began = time.monotonic()
    items = _with_progress(suite, tasks, work, out_dir, jobs)
    facts = {
        "finecut": version("finecut"),
        "model": given.model.resolved if suite in {"edits", "drafts"} else None,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began, 1),
    }
    facts = {name: value for name, value in facts.items() if value is not None}
    results = summarise(suite, with_sameness(items), facts=facts)
    write_results(out_dir, results)
    page = _render(out_dir, results, items)
    out(overview(results))
    say(f"{len(items)} items in {facts['seconds']} s: {page}")
    if results["states"].get("provider_error"):
        say(f"{results['states']['provider_error']} items have no result: the model's provider failed.")
        raise typer.Exit(Exit.PROVIDER)


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
    """Return the films that texts name by id or title, of the starter catalogue or the store; say how many
    are not known.
    """
    named = sorted(names)
    starter = {film.id: film for film in catalogue()}
    found = {name: starter[name] for name in named if name in starter}
    wanted = [name for name in named if name not in found]
    if not wanted:
        return found

    async def work(service: Finecut) -> None:
        for name in wanted:
            film = await _film(service, name)
            if film is not None:
                found[name] = film

    run(finecut(), work)
    if len(found) < len(named):
        say(
            f"{len(named) - len(found)} of {len(named)} films that the texts name are not stored: "
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


@app.command("compare")
@exiting
def compare_runs(
    a: Annotated[Path, typer.Argument(help="Folder or results.json of the run before.")],
    b: Annotated[Path, typer.Argument(help="Folder or results.json of the run after.")],
    by: Annotated[str, typer.Option(help="Measure that orders the items that changed most.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write the comparison as a page, too.")] = None,
) -> None:
    """Compare two runs of the same items: paired differences with intervals, wins, ties, losses."""
    found = compare(load_results(a), load_results(b), leading=by)
    out(comparison_text(found))
    if html is not None:
        page = Pages(resources.folder("templates")).comparison(found, a.stem, b.stem)
        html.write_text(page, encoding="utf-8")
        say(str(html))


@app.command("gate")
@exiting
def gate(
    results: Annotated[list[Path], typer.Argument(help="Folders or results.json of runs.")],
    config: Annotated[Path, typer.Option(help="TOML file of thresholds.")],
    junit_file: Annotated[Path | None, typer.Option("--junit", help="Write JUnit XML, too.")] = None,
) -> None:
    """Hold runs against thresholds: exit 1 for a regression, 3 where a judge or provider failed."""
    gates = read_gates(config)
    rulings = [ruling for path in results for ruling in judge(load_results(path), gates)]
    for ruling in rulings:
        out(f"{ruling.state.value:<11} {ruling.name}: {ruling.reason}")
    if junit_file is not None:
        junit_file.write_text(junit(rulings), encoding="utf-8")
    states = {ruling.state for ruling in rulings}
    if State.REGRESSION in states:
        raise typer.Exit(Exit.FINDINGS)
    if State.UNDECIDED in states:
        raise typer.Exit(Exit.PROVIDER)
