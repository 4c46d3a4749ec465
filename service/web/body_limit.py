"""No body is read beyond the limit, whether its length was announced or not.

FastAPI's own `max_body_size` answers in plain text; here every error is a problem document.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.web.errors import ENCODED, refuse, too_large


class BodyLimit:
    """ASGI middleware: answers 413 for a body above `limit` bytes; a path of `streamed` has its own."""

    def __init__(self, app: ASGIApp, limit: int, streamed: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._limit = limit
        self._streamed = streamed or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.get("content-encoding", "identity").lower() != "identity":
            detail = "The body is compressed; a small one could unpack to any size."
            answer = refuse(ENCODED, detail, scope["path"], remedy="Send it without Content-Encoding.")
            await answer(scope, receive, send)
            return
        limit = self._streamed.get(scope["path"], self._limit)
        announced = headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            await too_large(scope["path"], limit)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413, f"The body has more than {limit:,} bytes.")
            return message

        await self._app(scope, counted, send)
