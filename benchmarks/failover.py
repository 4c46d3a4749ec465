"""Runs on several workers that are killed and frozen: is everything done, once, and what was paid twice?

    python -m benchmarks.failover --database URL [--runs N] [--workers N] [--kills N] [--freeze SECONDS]

Each run asks a stub model three times. A worker is killed (SIGKILL) at random points and started
again; with `--freeze` one is stopped that long, then thawed. For Postgres: SQLite serves one process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sqlalchemy import make_url

from service.films import JSON
from service.jobs import Runs, RunsConfig, RunState
from service.store import SqlEvents, SqlExecutors, SqlResults, edits, open_database
from service.writing.ports import Answer, Ask, Message, Model, Progress, Reach, Usage

ASKS = 3
CONCURRENCY = 8
KIND = "edit"


class Stub(ThreadingHTTPServer):
    """Answers each ask after `seconds`, always the same, and counts asks by their names."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, seconds: float) -> None:
        self.calls: Counter[str] = Counter()
        self.under_way = 0
        lock = threading.Lock()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                with lock:
                    stub.calls[self.path] += 1
                    stub.under_way += 1
                try:
                    time.sleep(seconds)
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(f"answer to {self.path}".encode())
                except ConnectionError:
                    pass
                finally:
                    with lock:
                        stub.under_way -= 1

        super().__init__(("127.0.0.1", 0), Handler)


class HttpModel:
    """Asks the stub."""

    name = "stub"
    reach = Reach.ARTICLE

    def __init__(self, port: int) -> None:
        self._port = port

    async def ask(self, ask: Ask) -> Answer:
        url = f"http://127.0.0.1:{self._port}/{ask.messages[0].content}"
        answer = await asyncio.to_thread(lambda: urllib.request.urlopen(url, timeout=60).read().decode())
        return Answer(answer, "stub", Usage(calls=1))


async def three_asks(
    request: Mapping[str, JSON],
    *,
    model: Model,
    progress: Progress,  # noqa: ARG001 - the port's form
) -> Mapping[str, JSON]:
    """Ask three times in a row; the texts are the result."""
    names = [f"{request['name']}/{number}" for number in range(ASKS)]
    return {"texts": [(await model.ask(Ask("test", "v1", (Message("user", n),)))).text for n in names]}


def runs_of(url: str, port: int, executor: str, concurrency: int) -> tuple[Runs, SqlResults]:
    """Return the runs as a process of that name has them, and the store of their results."""
    parsed = make_url(url)
    shared = parsed.get_backend_name() != "sqlite"
    runs_url = url if shared else url.replace(".db", "-runs.db")
    database = open_database(url)
    stored = edits(database)

    async def keep(kind: str, run_id: str, result: Mapping[str, JSON]) -> None:
        assert kind == KIND
        await stored.put(run_id, {"id": run_id, "created": "2026-01-01T00:00:00+00:00", **result})

    config = RunsConfig(runs_url, "bench", executor, shared=shared, concurrency=concurrency)
    runs = Runs(
        config,
        use_cases={KIND: three_asks},
        models=lambda _name: HttpModel(port),
        results=keep,
        events=SqlEvents(database),
        heartbeats=SqlExecutors(database),
    )
    return runs, stored


async def work(url: str, port: int) -> None:
    """Be a worker until killed."""
    runs, _ = runs_of(url, port, uuid.uuid4().hex, CONCURRENCY)
    await asyncio.to_thread(runs.launch)
    await asyncio.Event().wait()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command)


def _kill(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()


async def measure(options: argparse.Namespace) -> int:
    """Start the runs and the workers, hurt the workers, and print what came of it."""
    stub = Stub(options.latency)
    threading.Thread(target=stub.serve_forever, daemon=True).start()
    port = int(stub.server_address[1])
    command = [sys.executable, "-m", "benchmarks.failover", "--database", options.database, "--be", str(port)]
    runs, stored = runs_of(options.database, port, "starter", 0)
    await asyncio.to_thread(runs.launch)
    began = time.perf_counter()
    ids = [await runs.start(KIND, {"name": f"run-{n}"}) for n in range(options.runs)]
    workers = [_start(command) for _ in range(options.workers)]
    dice, bound = random.Random(options.seed), 0
    try:
        await asyncio.sleep(3)
        if options.freeze:
            workers[0].send_signal(signal.SIGSTOP)
            bound += CONCURRENCY
            await asyncio.sleep(options.freeze)
            workers[0].send_signal(signal.SIGCONT)
        for _ in range(options.kills):
            await asyncio.sleep(dice.uniform(0.1, 2))
            hit = dice.randrange(options.workers)
            _kill(workers[hit])
            bound += CONCURRENCY
            if options.restart:
                workers[hit] = _start(command)
        ended = [await runs.wait(run_id, 120) for run_id in ids]
        took = time.perf_counter() - began
        states = Counter(run.state for run in ended)
        wrong = 0
        for number, run_id in enumerate(ids):
            wanted = [f"answer to /run-{number}/{ask}" for ask in range(ASKS)]
            wrong += states[RunState.DONE] == len(ids) and (await stored.get(run_id))["texts"] != wanted
    finally:
        for worker in workers:
            _kill(worker)
        await runs.close(patience_seconds=0)
    again = sum(stub.calls.values()) - len(stub.calls)
    said = {
        "runs": len(ids),
        "done": states[RunState.DONE],
        "outputs_wrong": wrong,
        "calls": sum(stub.calls.values()),
        "asks": len(ids) * ASKS,
        "paid_twice": again,
        "could_be_under_way": bound,
        "seconds": round(took, 1),
    }
    print(json.dumps(said))
    return int(states[RunState.DONE] != len(ids) or bool(wrong) or again > bound)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--freeze", type=float, default=0)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--restart", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--be", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.be:
        asyncio.run(work(options.database, options.be))
        return 0
    return asyncio.run(measure(options))


if __name__ == "__main__":
    sys.exit(main())
