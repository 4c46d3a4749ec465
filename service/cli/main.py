"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import (
    batching,
    checking,
    demo,
    drafting,
    editing,
    evaluating,
    films,
    keys,
    scoring,
    serving,
    working,
)

app = typer.Typer(
    name="finecut",
    help="Drafts film reviews from notes, then makes the second pass: cuts repetition, checks facts. "
    "The model proposes, the checks decide.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("draft")(drafting.draft)
app.command("edit")(editing.edit)
app.command("batch")(batching.batch)
app.command("score")(scoring.score)
app.command("check")(checking.check)
app.command("serve")(serving.serve)
app.command("worker")(working.worker)
app.command("demo")(demo.demo)
app.add_typer(films.app, name="films")
app.add_typer(keys.app, name="keys")
app.add_typer(evaluating.app, name="eval")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - only here

        typer.echo(f"finecut {version('finecut')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Finecut drafts and edits film reviews."""


def main() -> None:
    """Run the command."""
    app()
