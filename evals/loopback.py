"""A server on loopback for scripted services: what a function answers is sent, faults and all.

`with LoopbackServer(answer) as server:` and point a client at `server.address`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. `path` is without the query, names of headers are in small letters, `body` is whole."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent: `body`, bytes with a length, or pieces without one and then the end."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class LoopbackServer:
    """Answers every request, each in a thread of its own, with `answer(request)`.

    `None` for an answer ends the connection without a word. `closing` is set when the server ends, for an
    answer that keeps silent until then.
    """

    def __init__(self, answer: Callable[[Request], Reply | None]) -> None:
        self.answer = answer
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))

    @property
    def address(self) -> str:
        """Return the scheme, host and port, with no slash behind."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        """Serve in a thread."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Serve no more."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


def completion(
    content: str | None,
    *,
    model: str,
    finish: str = "stop",
    tokens: tuple[int, int] = (100, 20),
    **said: Any,  # noqa: ANN401 - JSON
) -> dict[str, Any]:
    """Return a chat completion as OpenAI's servers send it; `tokens` are those of the prompt and the answer.

    `said` are further members of the message, such as `refusal`.
    """
    message = {"role": "assistant", "content": content, **said}
    prompt, answer = tokens
    return {
        "id": "script",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": answer,
            "total_tokens": prompt + answer,
        },
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _handler(server: LoopbackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def log_message(self, format: str, *args: object) -> None:
            pass

        def _reply(self) -> None:
            address = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Request(self.command, address.path, address.query, headers, self._body())
            reply = server.answer(asked)
            if reply is None:
                self.close_connection = True
                return
            self.send_response(reply.status)
            self.send_header("content-type", reply.kind)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if isinstance(reply.body, bytes):
                self.send_header("content-length", str(len(reply.body)))
                pieces: Iterable[bytes] = [reply.body]
            else:
                self.send_header("connection", "close")
                pieces = reply.body
            self.end_headers()  # buffered: head and first piece go in one packet
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()

        do_GET = do_POST = do_DELETE = _reply  # noqa: N815 - http.server's names

        def _body(self) -> bytes:
            if self.headers.get("transfer-encoding", "") != "chunked":
                return self.rfile.read(int(self.headers.get("content-length", 0)))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

    return Handler
