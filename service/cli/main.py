"""The commands, put together: each is imported when it is called for, so that a small one starts at once."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Command, Context

COMMANDS = {
    "draft": "drafting:draft",
    "edit": "editing:edit",
    "batch": "batching:batch",
    "jobs": "jobs:app",
    "score": "scoring:score",
    "check": "checking:check",
    "serve": "serving:serve",
    "worker": "working:worker",
    "demo": "demo:demo",
    "films": "films:app",
    "keys": "keys:app",
    "eval": "evaluating:app",
}
"""Where each command, or group of commands, is: the module of this room and the name in it."""


class Commands(TyperGroup):
    """The group of COMMANDS."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - typer's form
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - typer's form
        """Return the command of that name, imported now; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found = getattr(import_module(f"service.cli.{module}"), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(cmd_name)(found)
            found = alone
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands,
    name="finecut",
    help="Drafts film reviews from notes, then makes the second pass: cuts repetition, checks facts. "
    "The model proposes, the checks decide.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
