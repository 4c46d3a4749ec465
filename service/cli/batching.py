"""`finecut batch`: a file of reviews and edits to make, resumed by running the same command again."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from service.app import Finecut, batching
from service.cli.console import ERRORS, complain, say
from service.cli.exits import Exit, exiting
from service.cli.running import finecut, run
from service.errors import Conflict, InputError
from service.store.batches import BatchLimits, BatchState, LineState, Via
from service.store.locks import locked_file

if TYPE_CHECKING:
    from service.jobs.batches import AcceptOptions, Batches, Progress

LOOK = 0.25  # seconds between two looks at the progress
SHARE = 0.02  # of the time, at the most, that goes into looking: a long batch takes long to count
TELL = 10.0  # seconds between two lines about it where stderr is no terminal
CHUNK = 1 << 20
TOLD_FAULTS = 5  # bad lines told of on stderr
VIAS = {"calls": Via.CALLS, "provider": Via.PROVIDER_BATCH}


@exiting
def batch(
    file: Annotated[Path, typer.Argument(help="JSON Lines: one review or edit to make on each.")],
    out: Annotated[Path, typer.Option(help="Where the results go, as JSON Lines; - is stdout.")] = Path("-"),
    kind: Annotated[str | None, typer.Option(help="review or edit: what a line without `kind` is.")] = None,
    model: Annotated[str | None, typer.Option(help="Model of the lines that name none.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=256, help="How many lines run at once.")] = 4,
    budget_usd: Annotated[float, typer.Option(min=0, help="US dollars to spend; 0: no limit.")] = 0.0,
    budget_tokens: Annotated[int, typer.Option(min=0, help="Tokens to spend; 0: no limit.")] = 0,
    via: Annotated[
        str, typer.Option(help="calls; or provider: OpenAI's own Batch API, half the price, within days.")
    ] = "calls",
    retry: Annotated[bool, typer.Option("--retry", help="Run the lines again that failed.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Run nothing where a line does not read.")] = False,
) -> None:
    """Run a file of reviews and edits. Stopped or killed, the same command goes on where it was."""
    from service.jobs.batches import AcceptOptions  # noqa: PLC0415 - the other commands start faster without

    if kind not in (None, "review", "edit"):
        raise InputError(f"There is no kind {kind!r}.", field="kind", remedy="There are: review, edit.")
    if via not in VIAS:
        raise InputError(f"There is no way {via!r}.", field="via", remedy=f"There are: {', '.join(VIAS)}.")
    limits = BatchLimits(concurrency, budget_tokens, Decimal(str(budget_usd)))
    options = AcceptOptions(kind, model, strict, limits, patience=timedelta(0), via=VIAS[via])
    ended: list[Progress] = []

    async def work(service: Finecut) -> None:
        if options.via is Via.PROVIDER_BATCH:
            service.models.batch_api(model)  # raises where the model has none
        batch_id = _batch_id(file, options, service.models(model).name)
        with _output(out) as stream:
            async with batching(service, batch_id) as batches:
                await _begin(batches, batch_id, file, options, retry=retry)
                try:
                    ended.append(await _followed(batches, batch_id))
                    await _tell_faults(batches, batch_id, ended[0])
                except asyncio.CancelledError:
                    say("Stopped. The same command goes on from here.")
                    raise
                finally:
                    await _write(batches, batch_id, stream, out)

    run(finecut(), work)
    raise typer.Exit(_verdict(ended[0]))


@contextmanager
def _output(out: Path) -> Iterator[IO[str]]:
    """Give what the results are written to: stdout, or a file beside `out`, which becomes `out` once whole.

    It is locked, so that no other process has the same output. Raises Conflict.
    """
    if str(out) == "-":
        yield sys.stdout
        return
    partial = out.with_name(f"{out.name}.part")
    with locked_file(partial) as stream:
        if stream is None:
            raise Conflict(f"Another process writes to {out}.", remedy="Wait for its end, or name another.")
        stream.truncate(0)  # what a killed process left
        yield stream


def _batch_id(file: Path, options: AcceptOptions, model: str) -> str:
    """Return an id that follows from the lines and from whatever else decides what is made of them."""
    through = "" if options.via is Via.CALLS else f"{options.via}\x00"
    digest = hashlib.sha256(f"{options.kind}\x00{options.model}\x00{model}\x00{through}".encode())
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}.", remedy="Name a file of JSON Lines."
        ) from error
    return digest.hexdigest()[:32]


async def _begin(batches: Batches, batch_id: str, file: Path, options: AcceptOptions, *, retry: bool) -> None:
    """Take the file in, or go on with what was taken in before."""
    known = await batches.accept(batch_id, _chunks(file), options)
    if retry:
        say(f"{await batches.retry(batch_id)} failed lines run again.")
    elif known.state is BatchState.CANCELLED:
        raise InputError("This batch was cancelled.", remedy="Change a line of the file to make a new one.")
    if (await batches.get(batch_id)).state in (BatchState.RUNNING, BatchState.PAUSED):
        new = options.limits
        await batches.resume(batch_id, concurrency=new.concurrency, tokens=new.tokens, usd=new.usd)


async def _chunks(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


async def _followed(batches: Batches, batch_id: str) -> Progress:
    """Tell the progress until nothing runs any more, and return it."""
    told = time.monotonic()
    with ERRORS.status("") as status:
        while True:
            began = time.monotonic()
            progress = await batches.progress(batch_id)
            looked = time.monotonic() - began
            status.update(_sentence(progress))
            if progress.batch.state is not BatchState.RUNNING and not progress.count(LineState.RUNNING):
                break
            if not ERRORS.is_terminal and time.monotonic() > told + TELL:
                told = time.monotonic()
                say(_sentence(progress))
            await asyncio.sleep(max(LOOK, looked / SHARE))
    say(_sentence(progress))
    return progress


async def _tell_faults(batches: Batches, batch_id: str, progress: Progress) -> None:
    """Say why lines failed or did not read: the first of them, for all stand in the output."""
    for line in await batches.bad(batch_id, TOLD_FAULTS):
        told = str((line.error or {}).get("message", "It failed."))
        where = f"Line {line.number}: "
        say(told if told.startswith(f"Line {line.number}") else where + told)
    if progress.bad > TOLD_FAULTS:
        say(f"… and {progress.bad - TOLD_FAULTS:,} more, each with its error in the output.")


def _sentence(progress: Progress) -> str:
    """Return the progress in a sentence.

    Tokens and cost are those of lines that are done.
    """
    parts = [f"{progress.lines - progress.unfinished:,} of {progress.lines:,} lines"]
    if progress.bad:
        parts.append(f"{progress.bad:,} failed")
    if progress.rate:
        parts.append(f"{progress.rate:.1f} a second")
    if progress.seconds_left:
        parts.append(f"{timedelta(seconds=round(progress.seconds_left))} left")
    if progress.batch.tokens:
        parts.append(f"{progress.batch.tokens:,} tokens")
    if progress.batch.usd:
        parts.append(f"${progress.batch.usd:.4f}")
    if progress.batch.reason:
        parts.append(f"{progress.batch.state.value} ({progress.batch.reason})")
    return ", ".join(parts)


async def _write(batches: Batches, batch_id: str, stream: IO[str], out: Path) -> None:
    """Write the lines that have ended, to `out` whole or not at all."""
    from service.web.api.batches import line_json  # noqa: PLC0415 - as above

    async for line, result in batches.results(batch_id):
        stream.write(_row(line_json(batch_id, line, result)))
    if stream is not sys.stdout:
        stream.flush()
        await asyncio.to_thread(Path(stream.name).replace, out)


def _row(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _verdict(progress: Progress) -> Exit:
    """Return the exit code: fine only where every line is done."""
    if progress.bad or progress.batch.state is not BatchState.DONE:
        outage = progress.batch.reason.startswith("provider")
        if progress.batch.state is BatchState.PAUSED:
            complain("Not all lines are done.", "The same command goes on from here.")
        return Exit.PROVIDER if outage else Exit.FINDINGS
    return Exit.FINE
