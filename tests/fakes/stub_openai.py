"""An OpenAI-compatible server on loopback that answers as a script says, faults and all."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.loopback import LoopbackServer, Reply, Request, completion


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
        if self.tool_call:
            call = {"name": "search", "arguments": "{}"}
            calls = [{"id": "c1", "type": "function", "function": call}]
            return completion(None, model=model, finish="tool_calls", tool_calls=calls)
        if self.refusal:
            return completion(None, model=model, finish=self.finish, refusal=self.refusal)
        return completion(self.text, model=model, finish=self.finish)

    def chunks(self, model: str) -> Iterator[bytes]:
        """Give the completion as a stream, a word at a time."""
        whole = self.completion(model)
        base = {**whole, "object": "chat.completion.chunk"}
        pieces: list[dict[str, Any]] = [
            {"choices": [{"index": 0, "delta": {"role": "assistant", "content": word}}]}
            for word in re.findall(r"\S+\s*", self.text)
        ]
        pieces.append({"choices": [{"index": 0, "delta": {}, "finish_reason": self.finish}]})
        for piece in pieces:
            yield _event(base | piece | {"usage": None})
        yield _event(base | {"choices": []})
        yield b"data: [DONE]\n\n"


def _event(data: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


class StubServer(LoopbackServer):
    """Answers the first request with the first of `script`, and so on; the last is repeated.

    `gate` keeps every answer back while it is not set.
    """

    def __init__(self, *script: Scripted, gate: threading.Event | None = None) -> None:
        super().__init__(self._reply)
        self._gate = gate
        self.requests: list[dict[str, Any]] = []
        self._script: Sequence[Scripted] = script

    @property
    def url(self) -> str:
        """Return the base URL, as `OPENAI_BASE_URL` takes it."""
        return f"{self.address}/v1"

    def _reply(self, request: Request) -> Reply | None:
        asked = json.loads(request.body)
        said = self._script[min(len(self.requests), len(self._script) - 1)]
        self.requests.append(asked)
        if self._gate is not None:
            self._gate.wait(60)
        if said.hang:
            self.closing.wait(30)
            return None
        if asked.get("stream") and said.status == 200:
            return Reply(said.chunks(asked["model"]), kind="text/event-stream")
        content = said.completion(asked["model"]) if said.status == 200 else {"error": said.error or {}}
        body = said.body if said.body is not None else json.dumps(content)
        return Reply(body.encode(), said.status, headers=said.headers)
