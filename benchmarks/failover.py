"""Three workers on one Postgres, one killed, one frozen and thawed, the database restarted.

    python -m benchmarks.failover [--runs N] [--workers N] [--kills N] [--freeze SECONDS] [--restarts N]

Is everything done, and once, how soon were the runs of the killed and the frozen taken over, and what was
paid twice? Each run asks a stub model three times. A call is finished once its answer stands in the
database; what stood there when a worker was hurt must not be asked again. Starts a Postgres of its own.
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
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sqlalchemy import NullPool, create_engine, make_url, text

from benchmarks.postgres import Postgres, running_postgres
from service.films import JSON
from service.jobs import Runs, RunsConfig, RunState
from service.store import SqlEvents, SqlExecutors, SqlResults, edits, open_database
from service.writing.ports import Answer, Ask, Message, Model, Progress, Reach, Usage

ASKS = 3
CONCURRENCY = 8
KIND = "edit"


class Stub(ThreadingHTTPServer):
    """Answers each ask after `seconds`, always the same, and keeps the names of the asks in order."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, seconds: float) -> None:
        self.calls: list[str] = []
        lock = threading.Lock()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                with lock:
                    stub.calls.append(self.path)
                try:
                    time.sleep(seconds)
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(f"answer to {self.path}".encode())
                except ConnectionError:
                    pass

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
    database = open_database(url)
    stored = edits(database)

    async def keep(kind: str, run_id: str, result: Mapping[str, JSON], key_id: str = "") -> None:
        assert kind == KIND
        value = {"id": run_id, "created": "2026-01-01T00:00:00+00:00", **result}
        await stored.put(run_id, value, key_id)

    config = RunsConfig(url, "bench", executor, shared=True, concurrency=concurrency)
    runs = Runs(
        config,
        use_cases={KIND: three_asks},
        models=lambda _name: HttpModel(port),
        results=keep,
        events=SqlEvents(database),
        heartbeats=SqlExecutors(database),
    )
    return runs, stored


async def work(url: str, port: int, executor: str) -> None:
    """Be a worker of that name until killed."""
    runs, _ = runs_of(url, port, executor, CONCURRENCY)
    await asyncio.to_thread(runs.launch, asyncio.get_running_loop())
    await asyncio.Event().wait()


class Watcher:
    """Looks into the database of runs from outside."""

    def __init__(self, url: str, ids: Sequence[str]) -> None:
        self._engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
        self._numbers = {run_id: number for number, run_id in enumerate(ids)}

    def held_by(self, executor: str) -> int:
        """Return how many unfinished runs that worker has."""
        query = "SELECT count(*) FROM dbos.workflow_status WHERE status = 'PENDING' AND executor_id = :who"
        with self._engine.connect() as connection:
            return int(connection.execute(text(query), {"who": executor}).scalar_one())

    def unfinished(self) -> int:
        """Return how many runs have not ended."""
        query = "SELECT count(*) FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED')"
        with self._engine.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def finished(self) -> set[str]:
        """Return the names of the asks whose answers are recorded."""
        steps = "SELECT workflow_uuid, function_name FROM dbos.operation_outputs"
        query = f"{steps} WHERE function_name LIKE 'test#%'"
        with self._engine.connect() as connection:
            rows = connection.execute(text(query)).all()
        return {f"/run-{self._numbers[run]}/{int(name.removeprefix('test#')) - 1}" for run, name in rows}

    async def busy(self, executors: Iterable[str]) -> None:
        """Return when each of those workers has been seen with half as many runs as it may hold, or more.

        With all of them it is seen but for moments: runs end sooner than the queue is looked at again.
        """
        async with asyncio.timeout(120):
            for executor in executors:
                while self.held_by(executor) < CONCURRENCY // 2:
                    if not self.unfinished():
                        raise RuntimeError("all runs have ended before everybody was hurt: give more --runs")
                    await asyncio.sleep(0.02)

    async def taken_over(self, executor: str, patience: float) -> float:
        """Return the seconds until that worker holds no run any more."""
        began = time.perf_counter()
        while self.held_by(executor):
            if time.perf_counter() > began + patience:
                raise TimeoutError(f"the runs of {executor} were not taken over within {patience:.0f} s")
            await asyncio.sleep(0.05)
        return time.perf_counter() - began


class Workers:
    """The worker processes, each under the name of its life."""

    def __init__(self, count: int, command: Sequence[str]) -> None:
        self._command = command
        self._lives = 0
        self.running: list[tuple[str, subprocess.Popen[bytes]]] = []
        for _ in range(count):
            self.start()

    def start(self) -> None:
        """Start one more."""
        self._lives += 1
        name = f"worker-{self._lives}"
        command = [*self._command, "--executor", name]
        self.running.append((name, subprocess.Popen(command, stderr=subprocess.DEVNULL)))

    def kill(self, index: int) -> str:
        """Kill one and return its name."""
        name, process = self.running.pop(index)
        process.kill()
        process.wait()
        return name


class Account:
    """What was asked again although it was finished when somebody was hurt."""

    def __init__(self, stub: Stub, watcher: Watcher) -> None:
        self._stub = stub
        self._watcher = watcher
        self._hurts: list[tuple[int, set[str]]] = []

    def hurt(self) -> None:
        """Note what is finished now."""
        finished = self._watcher.finished()
        self._hurts.append((len(self._stub.calls), finished))

    def finished_and_asked_again(self) -> int:
        """Return how many calls asked for what was finished before."""
        return sum(
            any(place >= since and name in finished for since, finished in self._hurts)
            for place, name in enumerate(self._stub.calls)
        )


async def hurt(
    options: argparse.Namespace, server: Postgres, watcher: Watcher, workers: Workers, account: Account
) -> dict[str, float]:
    """Kill, freeze and restart as asked, one after the other; return the slowest takeovers in seconds."""
    dice = random.Random(options.seed)
    slowest = {"kill": 0.0, "freeze": 0.0}
    await watcher.busy([name for name, _ in workers.running])
    for _ in range(options.kills):
        await asyncio.sleep(dice.uniform(0, options.calm))
        await watcher.busy([name for name, _ in workers.running])
        account.hurt()
        name = workers.kill(dice.randrange(len(workers.running)))
        slowest["kill"] = max(slowest["kill"], await watcher.taken_over(name, options.patience))
        workers.start()
    if options.freeze:
        name, process = workers.running[0]
        await watcher.busy([name])
        account.hurt()
        process.send_signal(signal.SIGSTOP)
        began = time.perf_counter()
        slowest["freeze"] = await watcher.taken_over(name, options.freeze)
        await asyncio.sleep(max(0.0, began + options.freeze - time.perf_counter()))
        process.send_signal(signal.SIGCONT)
        await asyncio.sleep(options.calm)
    for _ in range(options.restarts):
        account.hurt()
        await asyncio.to_thread(server.restart)
        await asyncio.sleep(options.calm)
    return slowest


async def measure(options: argparse.Namespace, server: Postgres) -> dict[str, object]:
    """Start the runs and the workers, hurt the workers, and return what came of it."""
    stub = Stub(options.latency)
    threading.Thread(target=stub.serve_forever, daemon=True).start()
    port = int(stub.server_address[1])
    runs, stored = runs_of(server.url, port, "starter", 0)
    await asyncio.to_thread(runs.launch, asyncio.get_running_loop())
    began = time.perf_counter()
    ids = [await runs.start(KIND, {"name": f"run-{n}"}) for n in range(options.runs)]
    watcher = Watcher(server.url, ids)
    account = Account(stub, watcher)
    command = [sys.executable, "-m", "benchmarks.failover", "--database", server.url, "--be", str(port)]
    workers = Workers(options.workers, command)
    try:
        slowest = await hurt(options, server, watcher, workers, account)
        left = watcher.unfinished()
        states = Counter([(await runs.wait(run_id, 240)).state for run_id in ids])
        took = time.perf_counter() - began
        texts = [
            (await stored.get(run_id))["texts"] if states[RunState.DONE] == len(ids) else None
            for run_id in ids
        ]
    finally:
        while workers.running:
            workers.kill(0)
        await runs.close(patience_seconds=0)
    wanted = [[f"answer to /run-{n}/{ask}" for ask in range(ASKS)] for n in range(options.runs)]
    return {
        "runs": len(ids),
        "done": states[RunState.DONE],
        "under_way_after_the_last_hurt": left,
        "outputs_wrong": sum(got != want for got, want in zip(texts, wanted, strict=True)),
        "kills": options.kills,
        "slowest_takeover_after_a_kill_s": round(slowest["kill"], 1),
        "frozen_s": options.freeze,
        "takeover_from_the_frozen_s": round(slowest["freeze"], 1),
        "database_restarts": options.restarts,
        "calls_needed": len(ids) * ASKS,
        "calls_made": len(stub.calls),
        "finished_calls_repeated": account.finished_and_asked_again(),
        "paid_twice": len(stub.calls) - len(set(stub.calls)),
        "could_be_under_way": (options.kills + bool(options.freeze)) * CONCURRENCY
        + options.restarts * options.workers * CONCURRENCY,
        "seconds": round(took, 1),
    }


def main() -> int:
    """Run the command; 1 where a run is not done or wrong, a finished call repeated, a takeover slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1200)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--kills", type=int, default=1)
    parser.add_argument("--freeze", type=float, default=15)
    parser.add_argument("--restarts", type=int, default=1)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--calm", type=float, default=4, help="seconds between two hurts")
    parser.add_argument("--patience", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    for name in ("--database", "--executor", "--be"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.be:
        asyncio.run(work(options.database, int(options.be), options.executor))
        return 0
    with running_postgres() as server:
        said = asyncio.run(measure(options, server))
    print(json.dumps(said))
    right = said["done"] == options.runs and not said["outputs_wrong"] and not said["finished_calls_repeated"]
    soon = (
        max(float(str(said[k])) for k in ("slowest_takeover_after_a_kill_s", "takeover_from_the_frozen_s"))
        < 10
    )
    return 0 if right and soon else 1


if __name__ == "__main__":
    sys.exit(main())
