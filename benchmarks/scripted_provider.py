"""A provider of scripted answers on loopback, which speaks as OpenAI's chat completions do.

The same request always gets the same answer, so that two runs of a batch can be compared. Every call is
entered as it arrives, under a key of its whole body, and again once its answer is sent whole.
`python -m benchmarks.scripted_provider PORT SECONDS` serves until killed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.stub_model import BACKLOG, read_body
from evals.loopback import completion

NOTE = re.compile(r'^\s*(n\d+)(?: \((\w+)\))?: (".*")$', re.MULTILINE)
SECTION = re.compile(r"^Write the section: (\w+)\.$", re.MULTILINE)
SECTIONS = ("plot", "characters", "themes", "legacy")
PROMPT_TOKENS, ANSWER_TOKENS = 400, 80


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the provider saw it: when it came (seconds since 1970) and what it used."""

    key: str
    prompt: str
    arrived: float
    tokens: int


@dataclass(slots=True)
class Ledger:
    """What the provider was asked and what it answered."""

    calls: list[Call] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    keys_of_text: dict[str, str] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def most_within(self, seconds: float) -> tuple[int, int]:
        """Return the most calls, and the most tokens, that came within any so many seconds."""
        most_calls = most_tokens = first = tokens = 0
        for place, call in enumerate(self.calls):
            tokens += call.tokens
            while self.calls[first].arrived <= call.arrived - seconds:
                tokens -= self.calls[first].tokens
                first += 1
            most_calls, most_tokens = max(most_calls, place - first + 1), max(most_tokens, tokens)
        return most_calls, most_tokens


@dataclass(frozen=True, slots=True)
class Mishap:
    """What goes wrong with a call: a status to answer with, or a way to break the answer."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    reset: bool = False
    drip_seconds: float = 0.0
    text: str | None = None
    body: bytes | None = None


FINE = Mishap()
BAD = b'{"error": {"message": "the weather is bad"}}'
Weather = Callable[[str, int], Mishap]
"""What happens to the call of that key, which came `n` times before."""


def always_fine(_key: str, _before: int) -> Mishap:
    """Let nothing go wrong."""
    return FINE


def scripted(prompt: str, user: str, key: str) -> str:
    """Return the answer of a prompt of `prompts/`, made of the notes that the prompt shows."""
    notes = [(found[1], json.loads(found[3])) for found in NOTE.finditer(user)]
    if prompt.startswith("draft_plan"):
        parts = [
            {"name": name, "paragraphs": [{"argues": f"{name} {key}", "notes": held, "facts": []}]}
            for i, name in enumerate(SECTIONS)
            if (held := [note for note, _ in notes[i::4]])
        ]
        return json.dumps({"sections": parts, "left_out": []})
    if prompt.startswith("draft_section"):
        said = [{"text": text, "sources": [note]} for note, text in notes]
        return json.dumps({"paragraphs": [{"sentences": said}]})
    if prompt.startswith("draft_mend"):
        return json.dumps({"sentences": []})
    return json.dumps({"rewrites": []})


class Provider:
    """The server, in a thread of its own from `start` to `stop`."""

    def __init__(self, seconds: float, weather: Weather = always_fine) -> None:
        self.ledger = Ledger()
        self._seconds = seconds
        self._weather = weather
        self._loop = asyncio.new_event_loop()
        self.port = 0

    @property
    def url(self) -> str:
        """Return the base URL for `OPENAI_BASE_URL`."""
        return f"http://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        """Serve in a thread."""
        ready = threading.Event()

        def serve() -> None:
            asyncio.set_event_loop(self._loop)
            self._loop.run_until_complete(self.listen(0))
            ready.set()
            self._loop.run_forever()

        threading.Thread(target=serve, daemon=True, name="provider").start()
        ready.wait()

    def stop(self) -> None:
        """Answer no more."""
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def listen(self, port: int) -> asyncio.Server:
        """Listen on the running loop."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", port, backlog=BACKLOG)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await self._answer(await read_body(reader), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, body: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        key = hashlib.sha256(body).hexdigest()[:16]
        asked = json.loads(body)
        prompt = asked.get("response_format", {}).get("json_schema", {}).get("name", "")
        before = self.ledger.times[key]
        self.ledger.times[key] += 1
        self.ledger.calls.append(Call(key, prompt, time.time(), PROMPT_TOKENS + ANSWER_TOKENS))
        mishap = self._weather(key, before)
        user = "\n".join(said["content"] for said in asked["messages"] if said["role"] == "user")
        text = scripted(prompt, user, key) if mishap.text is None else mishap.text
        if (
            mishap is FINE
            and self._weather is always_fine
            and self.ledger.keys_of_text.setdefault(text, key) != key
        ):
            raise AssertionError(f"two calls are answered alike, so that they cannot be told apart: {text}")
        await asyncio.sleep(self._seconds)
        if reader.at_eof():  # whoever asked is dead
            raise ConnectionResetError
        await self._send(mishap, text, writer)
        self.ledger.answered[key] += mishap is FINE

    async def _send(self, mishap: Mishap, text: str, writer: asyncio.StreamWriter) -> None:
        if mishap.reset:
            writer.transport.abort()
            raise ConnectionResetError
        body = mishap.body or (_reply(text) if mishap.status == 200 else BAD)
        headers = "".join(f"{name}: {value}\r\n" for name, value in mishap.headers)
        head = (
            f"HTTP/1.1 {mishap.status} X\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n{headers}\r\n"
        ).encode()
        pieces = [head, body]
        if mishap.drip_seconds:
            pieces = [head, *(body[i : i + 40] for i in range(0, len(body), 40))]
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            if mishap.drip_seconds:
                await asyncio.sleep(mishap.drip_seconds / len(pieces))


def _reply(text: str) -> bytes:
    return json.dumps(completion(text, model="stub", tokens=(PROMPT_TOKENS, ANSWER_TOKENS))).encode()


async def _serve_until_killed(port: int, seconds: float) -> None:
    provider = Provider(seconds)
    server = await provider.listen(port)
    print(provider.port, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve_until_killed(int(sys.argv[1]), float(sys.argv[2])))
