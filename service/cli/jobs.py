"""`finecut jobs`: what runs and ran: list, show, cancel."""

from __future__ import annotations

from typing import Annotated

import typer

from service.app import Finecut, looking
from service.cli.console import out, out_json, say, tell
from service.cli.exits import exiting
from service.cli.running import finecut, run
from service.errors import InputError
from service.jobs import Run, RunState
from service.web.api.running import job_json

app = typer.Typer(
    help="Drafts, edits and evaluations that run or ran, those of batches among them.", no_args_is_help=True
)
KINDS = ("review", "edit", "eval")
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, as `GET /v1/jobs` answers.")]
JobId = Annotated[str, typer.Argument(help="The job's id, as `list` shows it.")]


@app.command("list")
@exiting
def list_jobs(
    kind: Annotated[str | None, typer.Option(help=f"{', '.join(KINDS)}; else all.")] = None,
    state: Annotated[RunState | None, typer.Option(help="Where they are; else anywhere.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to list.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the jobs, the newest first."""
    if kind not in (None, *KINDS):
        raise InputError(
            f"There is no kind {kind!r}.", field="kind", remedy=f"There are: {', '.join(KINDS)}."
        )

    async def work(service: Finecut) -> None:
        async with looking(service) as runs:
            found = await runs.list(kind=kind, state=state, limit=limit)
        if as_json:
            out_json([job_json(job) for job in found])
            return
        for job in found:
            out(f"{job.id}\t{job.kind}\t{_told(job)}\t{job.created:%Y-%m-%d %H:%M:%S}")
        if not found:
            say("There are no such jobs." if kind or state else "There are no jobs.")

    run(finecut(), work)


@app.command("show")
@exiting
def show(job_id: JobId, as_json: AsJson = False) -> None:
    """Show where a job is, and what it has said until now."""

    async def work(service: Finecut) -> None:
        async with looking(service) as runs:
            job = await runs.get(job_id)
            told = await runs.told(job_id)
        if as_json:
            out_json(job_json(job))
            return
        for event in told:
            tell(event.stage, event.detail)
        out(f"{job.id}\t{job.kind}\t{_told(job)}\t{job.created:%Y-%m-%d %H:%M:%S}")
        if job.state is RunState.DONE:
            say(f"Its result: GET /v1/{job.kind}s/{job.id}")

    run(finecut(), work)


@app.command("cancel")
@exiting
def cancel(job_id: JobId) -> None:
    """Cancel a job at its next step; one that has ended stays as it is."""

    async def work(service: Finecut) -> None:
        async with looking(service) as runs:
            before = await runs.get(job_id)
            job = await runs.cancel(job_id)
        if before.state is RunState.RUNNING:
            say(f"Job {job.id} is {job.state.value}.")
        else:
            say(f"Job {job.id} has ended already: it is {_told(job)}.")

    run(finecut(), work)


def _told(job: Run) -> str:
    """Return the job's state, and of a failed one why."""
    why = str((job.error or {}).get("message", "")) if job.state is RunState.FAILED else ""
    return f"{job.state.value}: {why}" if why else job.state.value
