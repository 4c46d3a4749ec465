"""Exit codes, and how an error leaves the command line."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import IntEnum
from typing import ParamSpec, TypeVar

import typer

from service.cli.console import complain
from service.errors import FilmAmbiguous, FinecutError, ModelError, SourceError

P = ParamSpec("P")
R = TypeVar("R")


class Exit(IntEnum):
    """What an exit code means."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    PROVIDER = 3


def exiting(command: Callable[P, R]) -> Callable[P, R]:
    """Turn an error that a caller should read, or a file that cannot be used, into a message on stderr and an
    exit code.
    """

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except FinecutError as error:
            complain(error.message, error.remedy)
            if isinstance(error, FilmAmbiguous):
                for film_id, title, year in error.candidates:
                    complain(f"  {film_id}  {title} ({year or 'year unknown'})", "")
            provider = isinstance(error, ModelError | SourceError)
            raise typer.Exit(Exit.PROVIDER if provider else Exit.USAGE) from None
        except OSError as error:
            if error.filename is None:
                raise
            complain(f"{error.filename} cannot be used: {error.strerror}.", "Name a place that can be.")
            raise typer.Exit(Exit.USAGE) from None

    return wrapped
