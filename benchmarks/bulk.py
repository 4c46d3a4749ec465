"""Thousands of drafts through a provider of 200 ms a call: throughput against the bound, CPU, memory, bytes.

    python -m benchmarks.bulk [--drafts N] [--concurrency N] [--quota CALLS_A_MINUTE]
    python -m benchmarks.bulk --concurrency 16 --quota 2100
    python -m benchmarks.bulk --database postgres --drafts 300 --latency 1 --concurrency 2 --workers 1,2,3
    python -m benchmarks.bulk --accept 100000

A draft makes five calls one after the other, so `concurrency` lines at once can end at most
`concurrency / (5 × latency)` a second, and a quota of calls a minute allows `quota / 300`: the lesser is the
bound. Only what ends between the first tenth and the last one is timed; under a quota whole minutes of that,
for a minute's calls may come in its first seconds. How far it is goes to stderr.
On Postgres, `--workers` processes of `finecut worker` work on what a `finecut batch` queues that runs
nothing itself; of several numbers each is a run of its own, every worker with `concurrency` lines at once,
and `times_the_first` says how they scale. With `--accept`, so many lines are sent to `POST /v1/batches` and
listed; none runs.

How near the bound comes says something of the software only where the processor is free.
`processor_ms_per_draft` is what the processes of Finecut use; the stub and Postgres use the same processors.
`processor_bound_per_s` is what one process could do with one processor for itself, for Python computes on one
at a time: a quota that allows more than three quarters of that measures the processor and not the software.
`waited_for_processor` is for how many seconds of each its threads were ready to run and had none.
`memory_mb` is the largest process's, at each tenth of the drafts; past the caches' filling it must not grow.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, create_engine, make_url, text

from benchmarks.lines import CALLS, draft_lines, write_lines
from benchmarks.postgres import running_postgres

FINECUT = [sys.executable, "-c", "from service.cli import main; main()"]
LOOK = 0.5  # seconds between two looks
TOLD = 60  # looks between two words on how far it is
TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A process looked at from outside, by Linux's /proc."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")

    def processor_seconds(self) -> float:
        """Return the processor time that it has used."""
        fields = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def waited_seconds(self) -> float:
        """Return for how long its threads were ready to run and had no processor, summed."""
        stats = [task.read_text().split() for task in self._folder.glob("task/*/schedstat")]
        return sum(int(stat[1]) for stat in stats) / 1e9

    def megabytes(self) -> float:
        """Return its memory."""
        pages = int((self._folder / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Lines:
    """How many lines of the one batch have ended, read from the database."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        self._engine: Engine = create_engine(
            parsed if sqlite else parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True
        )

    def done(self) -> int:
        """Return how many are done; none where the tables are not made yet."""
        query = "SELECT count(*) FROM batch_lines WHERE state = 'done'"
        with suppress(Exception), self._engine.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())
        return 0

    def megabytes(self) -> float:
        """Return the size of a Postgres database."""
        with self._engine.connect() as connection:
            return (
                float(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
                / 1e6
            )


class Look(NamedTuple):
    """What was seen at a moment: seconds, and megabytes."""

    at: float
    done: int
    used: float
    waited: float
    memory: float
    stored: float


def run(options: argparse.Namespace, count: int, folder: Path, stack: ExitStack) -> dict[str, Any]:
    """Run the drafts, on Postgres by `count` workers, and return what was measured."""
    concurrency = options.concurrency * (count if options.database == "postgres" else 1)
    lines = folder / "in.jsonl"
    write_lines(lines, options.drafts)
    environment = {**_environment(folder), "OPENAI_BASE_URL": _provider(options.latency, stack)}
    environment |= {"FINECUT_REQUESTS_PER_MINUTE": str(options.quota)}
    url = f"sqlite:///{folder}/finecut.db"
    workers: list[subprocess.Popen[bytes]] = []
    if options.database == "postgres":
        url = stack.enter_context(running_postgres()).url
        environment |= {"FINECUT_DATABASE_URL": url}
        workers = [
            _started(
                [*FINECUT, "worker"], {**environment, "FINECUT_RUN_HERE": str(options.concurrency)}, stack
            )
            for _ in range(count)
        ]
        environment |= {"FINECUT_RUN_HERE": "0"}
        time.sleep(options.settle)
    command = [*FINECUT, "batch", str(lines), "--out", str(folder / "out.jsonl")]
    batch = _started([*command, "--concurrency", str(concurrency)], environment, stack)
    processes = [Process(p.pid) for p in (batch, *workers)]
    looks = _looks(batch, processes, Lines(url), lambda: _megabytes(folder, url), options.drafts)
    looked = _rates(looks, options.drafts, whole=60 if options.quota else 0)
    bound = concurrency / (CALLS * options.latency)
    if options.quota:
        bound = min(bound, options.quota / (CALLS * 60))
    return {
        "database": options.database,
        "workers": len(workers) or 1,
        "drafts": options.drafts,
        "concurrency": concurrency,
        "calls_a_minute": options.quota or None,
        "bound_per_s": round(bound, 2),
        **looked,
        "share_of_bound": round(looked["per_s"] / bound, 2),
    }


def _looks(
    batch: subprocess.Popen[bytes],
    processes: list[Process],
    lines: Lines,
    megabytes: Callable[[], float],
    drafts: int,
) -> list[Look]:
    """Look on until the batch ends, and say now and then how far it is."""
    looks: list[Look] = []
    while batch.poll() is None:
        time.sleep(LOOK)
        with suppress(FileNotFoundError, ProcessLookupError):
            looks.append(
                Look(
                    at=time.monotonic(),
                    done=lines.done(),
                    used=sum(p.processor_seconds() for p in processes),
                    waited=sum(p.waited_seconds() for p in processes),
                    memory=max(p.megabytes() for p in processes),
                    stored=megabytes(),
                )
            )
        if looks and len(looks) % TOLD == 0:
            look = looks[-1]
            seconds = look.at - looks[0].at
            spent = look.used - looks[0].used
            each = f"{1000 * spent / look.done:.0f} ms each" if look.done else ""
            print(
                f"{look.done}/{drafts} in {seconds:.0f} s, {look.memory:.0f} MB, {each}",
                file=sys.stderr,
                flush=True,
            )
    return looks


def _rates(looks: list[Look], drafts: int, *, whole: int) -> dict[str, Any]:
    """Return rates of what lay between the first tenth and the last, in a multiple of `whole` seconds."""
    middle = [look for look in looks if drafts * 0.1 <= look.done <= drafts * 0.9]
    first, last = middle[0], middle[-1]
    if whole and last.at - first.at > whole:
        seconds = (last.at - first.at) // whole * whole
        last = min(middle, key=lambda look: abs(look.at - first.at - seconds))
    seconds, drafted = last.at - first.at, last.done - first.done
    return {
        "per_s": round(drafted / seconds, 2),
        "processor_ms_per_draft": round(1000 * (last.used - first.used) / drafted, 1),
        "processor_bound_per_s": round(drafted / (last.used - first.used), 1),
        "waited_for_processor": round((last.waited - first.waited) / seconds, 2),
        "memory_mb": {
            tenth * drafts // 10: round(next(k.memory for k in looks if k.done >= tenth * drafts // 10))
            for tenth in range(1, 10)
        },
        "database_kb_per_run": round(1000 * (last.stored - first.stored) / drafted, 1),
        "seconds": round(looks[-1].at - looks[0].at, 1),
    }


def accept(options: argparse.Namespace, folder: Path, stack: ExitStack) -> dict[str, Any]:
    """Send so many lines to the service, list and cancel them, and return how long each took."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    # Nobody listens at the model's address: what is started fails soon, and the batch pauses.
    nowhere = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "FINECUT_MODEL_RETRIES": "0"}
    environment = {**_environment(folder), **nowhere}
    service = _started([*FINECUT, "serve", "--port", str(port)], environment, stack)
    base, process = f"http://127.0.0.1:{port}", Process(service.pid)
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(f"{base}/healthz", timeout=5):
            break
        time.sleep(0.1)
    given = list(draft_lines(10_000))
    numbered = ({**json.loads(given[i % len(given)]), "custom_id": f"l{i}"} for i in range(options.accept))
    body = "".join(f"{json.dumps(line)}\n" for line in numbered).encode()
    before = process.megabytes()
    began = time.perf_counter()
    created = _json(urllib.request.Request(f"{base}/v1/batches?concurrency=1", data=body, method="POST"))
    accepted = time.perf_counter()
    shown = _json(urllib.request.Request(f"{base}/v1/batches/{created['id']}"))
    listed = time.perf_counter()
    urllib.request.urlopen(
        urllib.request.Request(f"{base}/v1/batches/{created['id']}", method="DELETE"), timeout=600
    ).read()
    cancelled = time.perf_counter()
    with urllib.request.urlopen(f"{base}/v1/batches/{created['id']}/results", timeout=600) as answer:
        ended = sum(1 for _ in answer)
    read = time.perf_counter()
    stored = sum(file.stat().st_size for file in folder.glob("*.db*")) / options.accept
    return {
        "lines": shown["lines"]["all"],  # type: ignore[index]  # as the API answers
        "megabytes_sent": round(len(body) / 1e6, 1),
        "accepted_s": round(accepted - began, 1),
        "lines_per_s": round(options.accept / (accepted - began)),
        "counted_ms": round(1000 * (listed - accepted)),
        "cancelled_s": round(cancelled - listed, 1),
        "results_listed": ended,
        "results_listed_s": round(read - cancelled, 1),
        "memory_mb_more": round(process.megabytes() - before),
        "bytes_per_line": round(stored),
    }


def _environment(folder: Path) -> dict[str, str]:
    own = {
        "FINECUT_HOME": str(folder),
        "OPENAI_API_KEY": "none",
        "FINECUT_MODEL": "openai:stub",
        "FINECUT_MODEL_CACHE": "false",
    }
    return {**os.environ, **own}


def _provider(latency: float, stack: ExitStack) -> str:
    """Start the provider in a process of its own and return its address."""
    command = [sys.executable, "-m", "benchmarks.scripted_provider", "0", str(latency)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    stack.callback(server.wait)
    stack.callback(server.kill)
    assert server.stdout is not None
    return f"http://127.0.0.1:{int(server.stdout.readline())}/v1"


def _started(command: list[str], environment: Mapping[str, str], stack: ExitStack) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, env=dict(environment), stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def _megabytes(folder: Path, url: str) -> float:
    if url.startswith("sqlite"):
        return sum(file.stat().st_size for file in folder.glob("*.db")) / 1e6
    return Lines(url).megabytes()


def _json(request: urllib.request.Request) -> dict[str, object]:
    with urllib.request.urlopen(request, timeout=600) as answer:
        told: dict[str, object] = json.load(answer)
        return told


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--drafts", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--quota", type=int, default=0, help="calls a minute; 0: no quota")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--workers", type=_counts, default=[1], help="on Postgres: how many, as 1 or 1,2,3")
    parser.add_argument("--settle", type=float, default=8, help="seconds that workers have to start")
    parser.add_argument("--accept", type=int, default=0)
    options = parser.parse_args()
    first = 0.0
    for count in [1] if options.accept else options.workers:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="finecut-bulk-")))
            told = accept(options, folder, stack) if options.accept else run(options, count, folder, stack)
            if len(options.workers) > 1 and not options.accept:
                first = first or told["per_s"]
                told["times_the_first"] = round(told["per_s"] / first, 2)
            print(json.dumps(told), flush=True)
    return 0


def _counts(given: str) -> list[int]:
    """Return the numbers of workers of `1,2,3`."""
    counts = [int(word) for word in given.split(",")]
    if min(counts) < 1:
        raise argparse.ArgumentTypeError("at least one worker works")
    return counts


if __name__ == "__main__":
    sys.exit(main())
