"""What a model call costs besides the model: added latency and CPU, beside the bare `openai` client.

A stub answers in a fixed time. In each round the clients take turns: a busy machine is as busy for all.
Run `python -m benchmarks.bench_llm [ROUNDS]`; the LiteLLM proxy takes part where `make peers` has put it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from openai import AsyncOpenAI

from benchmarks.command_line import command_line
from service.llm import ModelConfig, build_model
from service.llm.wire import response_format
from service.writing.ports import Ask, Message

SECONDS = 0.2
PEERS = Path(__file__).resolve().parent.parent / "var" / "peers-litellm" / "bin"  # where `make peers` puts it
IN_FLIGHT = (1, 32, 128)
LEAST = 12  # calls of a client in a round: a single one tells little on a busy machine
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"text": {"type": "string", "maxLength": 400}},
    "required": ["text"],
    "additionalProperties": False,
}
PROMPT = "The film is a plain record of a strike, told by the lamplighter who broke it. " * 40
ASK = Ask(
    "bench",
    "v1",
    (Message("system", "Answer with JSON."), Message("user", PROMPT)),
    SCHEMA,
    max_tokens=256,
)
Call = Callable[[int], Awaitable[object]]
Close = Callable[[], Awaitable[None]]


def bare(url: str) -> tuple[Call, Close]:
    """Return a call of the bare client, asking for the same."""
    client = AsyncOpenAI(api_key="none", base_url=url, timeout=60)
    messages: Any = [{"role": m.role, "content": m.content} for m in ASK.messages]
    shape: Any = response_format(ASK, strict=False)

    async def call(seed: int) -> object:
        return await client.chat.completions.create(
            model="stub", messages=messages, seed=seed, temperature=0, max_tokens=256, response_format=shape
        )

    return call, client.close


def ours(url: str) -> tuple[Call, Close]:
    """Return a call through the whole model room: quota, cache and price table on."""
    model = build_model(
        ModelConfig(model="openai:stub", base_url=url, timeout=60, calls_per_minute=10**9, cache_size=64)
    )

    async def call(seed: int) -> object:
        return await model.ask(replace(ASK, seed=seed))

    return call, model.aclose


async def burst(call: Call, count: int, seeds: list[int]) -> tuple[list[float], float]:
    """Return the latency of each of `count` calls at once, and the CPU time of one, in seconds."""

    async def one(seed: int) -> float:
        started = time.perf_counter()
        await call(seed)
        return time.perf_counter() - started

    cpu = time.process_time()
    first = seeds[0]
    seeds[0] += count
    took = await asyncio.gather(*(one(first + i) for i in range(count)))
    return list(took), (time.process_time() - cpu) / count


async def compare(clients: dict[str, tuple[Call, Close]], rounds: int) -> None:
    """Print medians and ratios for each number of calls in flight."""
    calls = {name: call for name, (call, _) in clients.items()}
    try:
        await measure(calls, rounds)
    finally:
        for _, close in clients.values():
            await close()


async def measure(calls: dict[str, Call], rounds: int) -> None:
    """Print the table."""
    seeds = [1]
    for call in calls.values():
        for count in (1, *IN_FLIGHT):
            await burst(call, count, seeds)
    print(f"{'in flight':>9} {'client':<14} {'added ms':>9} {'worst ms':>9} {'CPU ms':>7}  ratio to bare")
    for count in IN_FLIGHT:
        added: dict[str, list[float]] = {name: [] for name in calls}
        worst: dict[str, list[float]] = {name: [] for name in calls}
        cpu: dict[str, list[float]] = {name: [] for name in calls}
        for turn in range(rounds):
            names = list(calls) if turn % 2 else list(calls)[::-1]
            for name in names * max(1, LEAST // count):
                took, used = await burst(calls[name], count, seeds)
                added[name].append(statistics.median(took) - SECONDS)
                worst[name].append(max(took) - SECONDS)
                cpu[name].append(used)
        base = statistics.median(added["bare openai"])
        for name in calls:
            middle = statistics.median(added[name])
            print(
                f"{count:>9} {name:<14} {middle * 1e3:>9.1f} {statistics.median(worst[name]) * 1e3:>9.1f} "
                f"{statistics.median(cpu[name]) * 1e3:>7.2f}  {middle / base:.2f}"
            )


@contextmanager
def litellm_proxy(url: str) -> Iterator[str]:
    """Start the LiteLLM proxy before the stub and give its base URL, or "" where it is not installed."""
    beside = [Path(sys.executable).parent, PEERS]
    command = os.environ.get("LITELLM") or shutil.which("litellm", path=os.pathsep.join(map(str, beside)))
    if not command:
        print("SKIPPED: the LiteLLM proxy is not installed (make peers); LITELLM may name its command.")
        yield ""
        return
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    options = ["--model", "openai/stub", "--alias", "stub", "--api_base", url, "--port", str(port)]
    environment = {
        **os.environ,
        "OPENAI_API_KEY": "none",
        "LITELLM_LOG": "ERROR",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it looks for the price table on the network
        "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true",  # it listens on loopback alone
    }
    quiet = subprocess.DEVNULL
    proxy = subprocess.Popen(
        [command, *options, "--host", "127.0.0.1"], env=environment, stdout=quiet, stderr=quiet
    )
    try:
        yield f"http://127.0.0.1:{port}/v1" if listens(port, proxy) else ""
    finally:
        proxy.kill()
        proxy.wait()


def listens(port: int, process: subprocess.Popen[bytes], patience: float = 240) -> bool:
    """Tell whether something listens on `port` before patience, or the process, ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.5)
    print("SKIPPED: the LiteLLM proxy did not start.")
    return False


def main() -> None:
    """Start the stub, let the clients take turns, stop it."""
    parser = command_line("bench_llm", __doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=9)
    rounds = parser.parse_args().rounds
    stub = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.stub_model", "0", str(SECONDS)],
        cwd=Path(__file__).resolve().parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert stub.stdout is not None
        url = f"http://127.0.0.1:{int(stub.stdout.readline())}/v1"
        clients = {"bare openai": bare(url), "finecut": ours(url)}
        with litellm_proxy(url) as proxy:
            if proxy:
                clients["litellm proxy"] = bare(proxy)
            asyncio.run(compare(clients, rounds))
    finally:
        stub.kill()
        stub.wait()


if __name__ == "__main__":
    main()
