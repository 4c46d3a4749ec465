"""`finecut eval`: measure articles, compare two runs, render a run, gate a change on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from service import resources
from service.app import model_config
from service.cli.console import ERRORS, out, say
from service.cli.exits import Exit, exiting
from service.cli.suites import JUDGED, OF_TEXTS, SUITES, WITH_MODEL, Given, prompts_version
from service.errors import InputError
from service.evaluation.comparison import compare
from service.evaluation.gate import State, judge, junit, read_gates
from service.evaluation.item import PROVIDER_ERROR, Task
from service.evaluation.judge import SEEDS
from service.evaluation.judging import judge_items
from service.evaluation.labels import read_labels
from service.evaluation.repeats import merged, repeated
from service.evaluation.report import Pages
from service.evaluation.requests import MOST_SEEDS
from service.evaluation.results import judge_broken, load_results, summarise, with_sameness, write_results
from service.evaluation.run import FEW, ITEMS, evaluate, stored
from service.evaluation.terminal import comparison_text, overview
from service.films import JSON
from service.llm import ModelConfig, PromptFiles, build_model
from service.llm.config import EMBEDDED, NONE
from service.settings import Settings

MOST_REPEATS = 100
LINE_SECONDS = 15.0  # between two lines of progress
IDLE = (
    ("data", "--data", frozenset(SUITES) - {"hostile"}),
    ("model", "--model", WITH_MODEL),
    ("prompts", "--prompts", WITH_MODEL),
    ("repeat", "--repeat", WITH_MODEL),
    ("urls", "--urls", OF_TEXTS),
    ("film", "--film", OF_TEXTS),
    ("keyphrase", "--keyphrase", OF_TEXTS),
    ("group_by", "--group-by", OF_TEXTS),
)
"""Options by parameter, and the suites that they are for."""
ASKING = 4  # processes of a run that waits for a model far away
JUDGES_AT_ONCE = 8  # asks under way; the quota of the settings holds besides

app = typer.Typer(
    help="Evaluate articles, drafts and edits; compare runs; gate a change.", no_args_is_help=True
)


@app.command("run")
@exiting
def run_suite(
    context: typer.Context,
    suite: Annotated[str, typer.Argument(help=f"{', '.join(SUITES)}.")],
    data: Annotated[
        list[Path] | None,
        typer.Option(
            help="articles, edits: files, folders or .jsonl of {id, text, film?, group?}; else a folder."
        ),
    ] = None,
    urls: Annotated[
        Path | None, typer.Option(help="articles, edits: file of web addresses, one a line.")
    ] = None,
    out_dir: Annotated[
        Path, typer.Option("--out", help="Folder of the run; a run that was stopped goes on there.")
    ] = Path("var/eval"),
    film: Annotated[str | None, typer.Option(help="Id of the film that all articles are about.")] = None,
    keyphrase: Annotated[str, typer.Option(help="The search phrase that the copy is for.")] = "",
    group_by: Annotated[
        str, typer.Option(help="Field of the lines that names an article's group.")
    ] = "group",
    model: Annotated[str, typer.Option(help="Model that edits or drafts.")] = NONE,
    prompts: Annotated[
        Path | None, typer.Option(help="Folder of prompts instead of those that ship.")
    ] = None,
    repeat: Annotated[
        int, typer.Option(min=1, max=MOST_REPEATS, help="How often each item is made, with other seeds.")
    ] = 1,
    judge_model: Annotated[
        str, typer.Option("--judge", help="Model that grades the texts by prompts/judge_article.md.j2.")
    ] = "",
    judge_seeds: Annotated[
        int, typer.Option(min=1, max=MOST_SEEDS, help="How often the judge is asked of each text.")
    ] = SEEDS,
    labels: Annotated[
        Path | None, typer.Option(help="Texts that people graded (.jsonl), for the judge's agreement.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Only so many items, spread over the set; 0: all.")] = 0,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0: one a core.")] = 0,
) -> None:
    """Measure a set; leave results.json and report.html in the folder."""
    if suite not in SUITES:
        raise InputError(f"There is no suite {suite!r}.", remedy=f"There are: {', '.join(SUITES)}.")
    _refuse_idle(context, suite, judged=bool(judge_model))
    if judge_model and suite not in JUDGED:
        raise InputError(
            f"The suite {suite!r} has no texts to judge.", remedy=f"{', '.join(sorted(JUDGED))} have."
        )
    config = model_config(Settings(), model)
    asking = suite in WITH_MODEL and config.resolved not in {NONE, EMBEDDED}
    jobs = (jobs or ASKING) if asking else jobs
    config = _shared(config, jobs) if asking else config
    given = Given(data or [], urls, film, keyphrase, group_by, config, prompts)
    tasks, work = SUITES[suite](given)
    tasks = tasks[:: max(1, len(tasks) // limit)][:limit] if limit else tasks
    began = time.monotonic()
    every = repeated(tasks, repeat)
    with _goes_on(), _progress(suite) as told:
        items = evaluate(every, work, out_dir, jobs=jobs, few=1 if asking else FEW, told=told)
    items = with_sameness(merged(items, repeat))
    facts = _facts(suite, given, repeat)
    if judge_model:
        judging = _Judging(_judges(judge_model), judge_seeds, labels, prompts)
        with _goes_on():
            items, facts["judge"] = judging.judge(items, tasks, out_dir)
    facts["seconds"] = round(time.monotonic() - began, 1)
    results = summarise(suite, items, facts=facts)
    write_results(out_dir, results)
    page = _render(out_dir, results, items)
    out(overview(results))
    say(f"{_items_said(len(items))} in {facts['seconds']} s: {page}")
    lost = results["states"].get(PROVIDER_ERROR)
    if lost:
        say(
            f"{_items_said(lost)} without a result: the model's provider failed. The same command tries anew."
        )
    if lost or judge_broken(results):
        raise typer.Exit(Exit.PROVIDER)


def _items_said(count: int) -> str:
    return f"{count} item{'' if count == 1 else 's'}"


def _refuse_idle(context: typer.Context, suite: str, *, judged: bool) -> None:
    """Raise InputError for an option that was given and would do nothing for the suite."""
    for name, option, suites in IDLE:
        if suite in suites or (judged and name == "prompts"):
            continue
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise InputError(
                f"{option} does nothing for the suite {suite!r}.",
                remedy=f"It is for {', '.join(sorted(suites))}.",
            )


def _judges(name: str) -> ModelConfig:
    """Return the configuration of a judge. Raises InputError for the one that writes nothing."""
    config = model_config(Settings(), name)
    if config.resolved == NONE:
        raise InputError("The model 'none' writes nothing, so that it cannot judge.", remedy="Name another.")
    return config


@contextmanager
def _goes_on() -> Iterator[None]:
    """Say, where a run is broken off by Ctrl-C, that nothing of it is lost."""
    try:
        yield
    except KeyboardInterrupt:
        say("Stopped. What was done is kept: the same command goes on from there.")
        raise


def _shared(config: ModelConfig, processes: int) -> ModelConfig:
    """Return a model's configuration for one of several processes, which share its quota."""

    def share(quota: int) -> int:
        return max(1, quota // processes) if quota else 0

    return replace(
        config,
        calls_per_minute=share(config.calls_per_minute),
        tokens_per_minute=share(config.tokens_per_minute),
    )


def _facts(suite: str, given: Given, repeat: int) -> dict[str, JSON]:
    """Return what the run was made with."""
    facts: dict[str, JSON] = {"finecut": version("finecut")}
    if suite in WITH_MODEL:
        facts |= {"model": given.model.resolved, "prompts": prompts_version(given.prompts)}
    if repeat > 1:
        facts["repeat"] = repeat
    return {**facts, "finished": datetime.now(UTC).isoformat(timespec="seconds")}


@dataclass(frozen=True, slots=True)
class _Judging:
    """A judge as the command line names it."""

    model: ModelConfig
    seeds: int
    labels: Path | None
    prompts: Path | None

    def judge(
        self, items: Sequence[dict[str, Any]], tasks: Sequence[Task], folder: Path
    ) -> tuple[list[dict[str, Any]], dict[str, JSON]]:
        """Return the items with the judge's grades, and what is known of the judge."""
        return asyncio.run(self._judge(items, tasks, folder))

    async def _judge(
        self, items: Sequence[dict[str, Any]], tasks: Sequence[Task], folder: Path
    ) -> tuple[list[dict[str, Any]], dict[str, JSON]]:
        labelled = read_labels(self.labels)
        model = build_model(self.model)
        try:
            with _progress("judge") as told:
                return await judge_items(
                    items,
                    tasks,
                    labelled,
                    model=model,
                    prompts=PromptFiles(self.prompts or resources.folder("prompts")),
                    seeds=self.seeds,
                    # One thread answers there, and what waits for it would run into its timeout.
                    at_once=1 if self.model.resolved == EMBEDDED else JUDGES_AT_ONCE,
                    folder=folder,
                    told=told,
                )
        finally:
            await model.aclose()


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """Give what hears how many of how many are done, and shows it on stderr: as a bar, or where that is no
    terminal as a line now and then.
    """
    if not ERRORS.is_terminal:
        yield _lines(name)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERRORS, transient=True) as bar:
        line = bar.add_task(name, total=None)

        def told(done: int, of: int) -> None:
            bar.update(line, completed=done, total=of)

        yield told


def _lines(name: str) -> Callable[[int, int], None]:
    said = time.monotonic()

    def told(done: int, of: int) -> None:
        nonlocal said
        if done < of and time.monotonic() > said + LINE_SECONDS:
            said = time.monotonic()
            say(f"{name}: {done} of {of}")

    return told


def _render(folder: Path, results: dict[str, Any], items: Sequence[dict[str, Any]]) -> Path:
    return Pages(resources.folder("templates")).write(folder, results, items)


def _items(run: Path) -> list[dict[str, Any]]:
    """Return the items of a run with their texts; none where only its results are there."""
    return stored((run if run.is_dir() else run.parent) / ITEMS)


@app.command("report")
@exiting
def report(
    folder: Annotated[Path, typer.Argument(help="Folder of a finished run.")],
    to: Annotated[
        Path | None, typer.Option("--out", help="Folder for the pages; else the run's own.")
    ] = None,
) -> None:
    """Render the run's pages again."""
    results = load_results(folder)
    out_dir = to or (folder if folder.is_dir() else folder.parent)
    out_dir.mkdir(parents=True, exist_ok=True)
    say(str(_render(out_dir, results, _items(folder))))


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
        page = Pages(resources.folder("templates")).comparison(found, a.stem, b.stem, _items(a), _items(b))
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
