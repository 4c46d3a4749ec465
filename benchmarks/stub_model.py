"""A chat completions server that answers everything after a fixed time.

`python -m benchmarks.stub_model PORT SECONDS` serves until killed. It is written on bare asyncio streams,
so that it costs the machine as little as can be.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from evals.loopback import completion

LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
BACKLOG = 2048


async def read_body(reader: asyncio.StreamReader) -> bytes:
    """Return the body of the next request. Raises IncompleteReadError where no more comes."""
    found = LENGTH.search(await reader.readuntil(b"\r\n\r\n"))
    return await reader.readexactly(int(found[1]) if found else 0)


def reply_with(content: Mapping[str, Any]) -> bytes:
    """Return a whole HTTP answer of that JSON."""
    body = json.dumps(content).encode()
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    return head % len(body) + body


async def serve(port: int, seconds: float, answer: Callable[[bytes], bytes]) -> None:
    """Answer every request, `seconds` after it came, until killed; print the port (0 takes a free one)."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                body = await read_body(reader)
                await asyncio.sleep(seconds)
                writer.write(answer(body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", port, backlog=BACKLOG)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    SAME = reply_with(completion(json.dumps({"text": "It is slow. " * 20}), model="stub", tokens=(400, 80)))
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]), lambda _body: SAME))
