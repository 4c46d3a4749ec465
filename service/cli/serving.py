"""`finecut serve`: the HTTP API."""

from __future__ import annotations

import socket
from typing import Annotated

import typer
import uvicorn
from uvicorn.config import LOGGING_CONFIG

from service.app import Finecut, access_rules, build, create_app
from service.cli.console import say
from service.cli.exits import exiting
from service.cli.running import run
from service.errors import InputError
from service.settings import Settings
from service.web.logs import log_as_json


@exiting
def serve(
    host: Annotated[str | None, typer.Option(help="Address to serve on; else FINECUT_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; else FINECUT_PORT.")] = None,
) -> None:
    """Serve the HTTP API, with its interactive documentation at /docs."""
    listen(Settings(), host, port)


def listen(settings: Settings, host: str | None = None, port: int | None = None) -> None:
    """Serve until interrupted. Raises InputError where the port is taken or a key is missing."""
    settings = settings.model_copy(update={"host": host or settings.host})
    _ask_for_a_key(settings)
    address = (settings.host, settings.port if port is None else port)
    try:
        bound = socket.create_server(address)
    except OSError as error:
        raise InputError(
            f"{address[0]}:{address[1]} cannot be served on: {error.strerror}.",
            remedy="Choose another --port, or stop what is there.",
        ) from error
    with bound:
        at = f"http://{address[0]}:{bound.getsockname()[1]}"
        say(f"Finecut serves on {at}  (open it in a browser; the API: {at}/docs; stop with Ctrl-C)")
        if settings.log == "json":
            log_as_json()
        config = uvicorn.Config(
            create_app(settings),
            log_level="warning",
            log_config=None if settings.log == "json" else LOGGING_CONFIG,
            server_header=False,
            timeout_keep_alive=75,  # longer than a proxy keeps them: else it sends into a closed one
            proxy_headers=False,  # nothing here believes what a caller may have written into X-Forwarded-…
            timeout_graceful_shutdown=10,
        )
        uvicorn.Server(config).run(sockets=[bound])


def _ask_for_a_key(settings: Settings) -> None:
    """Raise InputError where every caller needs a key and none is stored."""
    rules = access_rules(settings)
    if rules.never or not rules.required:
        return

    async def work(service: Finecut) -> None:
        if not await service.keys.any_in_force():
            raise InputError(
                f"On {settings.host} every caller needs an API key, and none is stored.",
                remedy="`finecut keys create NAME` makes one; FINECUT_AUTH=off serves without, to anybody.",
            )

    run(build(settings), work)
