"""An OpenAI-compatible server on loopback that answers as a script says, faults and all."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Scripted:
    """One answer: a completion with `text`, or the fault that the other fields describe.

    `body` is sent as it is instead of a completion; `hang` keeps silent until the server closes.
    """

    text: str = '{"ok": true}'
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    finish: str = "stop"
    refusal: str | None = None
    tool_call: bool = False
    error: Mapping[str, Any] | None = None
    body: str | None = None
    hang: bool = False

    def completion(self, model: str) -> dict[str, Any]:
        """Return the chat completion."""
        message: dict[str, Any] = {"role": "assistant", "content": None if self.refusal else self.text}
        if self.refusal:
            message["refusal"] = self.refusal
        if self.tool_call:
            call = {"name": "search", "arguments": "{}"}
            message |= {"content": None, "tool_calls": [{"id": "c1", "type": "function", "function": call}]}
        finish = "tool_calls" if self.tool_call else self.finish
        return {
            "id": "stub",
            "object": "chat.completion",
            "created": 0,
            "model": model,
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }


class StubServer:
    """Answers the first request with the first of `script`, and so on; the last is repeated.

    `gate` keeps every answer back while it is not set.
    """

    def __init__(self, *script: Scripted, gate: threading.Event | None = None) -> None:
        self._gate = gate
        self.requests: list[dict[str, Any]] = []
        self._script: Sequence[Scripted] = script
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Return the base URL, as `OPENAI_BASE_URL` takes it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                number = len(stub.requests)
                stub.requests.append(asked)
                answer = stub._script[min(number, len(stub._script) - 1)]
                if stub._gate is not None:
                    stub._gate.wait(60)
                if answer.hang:
                    stub._closing.wait(30)
                    self.close_connection = True
                    return
                if asked.get("stream") and answer.status == 200:
                    self._stream(answer, asked["model"])
                else:
                    self._whole(answer, asked["model"])

            def _whole(self, answer: Scripted, model: str) -> None:
                content = answer.completion(model) if answer.status == 200 else {"error": answer.error or {}}
                raw = (answer.body if answer.body is not None else json.dumps(content)).encode()
                self.send_response(answer.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(raw)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(raw)

            def _stream(self, answer: Scripted, model: str) -> None:
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()
                base = {"id": "stub", "object": "chat.completion.chunk", "created": 0, "model": model}
                pieces: list[dict[str, Any]] = [
                    {"choices": [{"index": 0, "delta": {"role": "assistant", "content": w}}]}
                    for w in re.findall(r"\S+\s*", answer.text)
                ]
                pieces.append({"choices": [{"index": 0, "delta": {}, "finish_reason": answer.finish}]})
                pieces.append({"choices": [], "usage": answer.completion(model)["usage"]})
                for piece in pieces:
                    self.wfile.write(f"data: {json.dumps(base | piece)}\n\n".encode())
                self.wfile.write(b"data: [DONE]\n\n")
                self.close_connection = True

        return Handler
