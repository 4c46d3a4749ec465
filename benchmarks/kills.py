"""A batch whose process is killed again and again: is every line done, once, and no finished call repeated?

    python -m benchmarks.kills [--database sqlite|postgres] [--lines N] [--kills N] [--latency SECONDS]

Runs `finecut batch` against a provider of scripted answers, kills it (SIGKILL) at random points, and
runs the same command again until the batch is done. A call is *finished* when its answer stands in the
database of runs: what stood there at a kill must never be asked again. What may be paid twice is the rest,
at most one call of each line that ran: it is counted, apart for answers that were sent whole and not yet
recorded. The outputs are compared with those of the same batch run undisturbed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.lines import CALLS, write_lines
from benchmarks.postgres import running_postgres
from benchmarks.scripted_provider import ANSWER_TOKENS, PROMPT_TOKENS, Provider

PRELOADED = [
    "service.app",
    "service.cli.main",
    "service.jobs.batches",
    "service.web.api.batches",
    "langchain_openai",
]
PATIENCE = 120.0  # seconds without a call after which a batch is taken for stuck
FORKING = multiprocessing.get_context("forkserver")


def run_batch(environment: Mapping[str, str], file: str, out: str, concurrency: int) -> None:
    """Be `finecut batch`, in this process."""
    os.environ.update(environment)
    from service.cli.main import app  # noqa: PLC0415 - it reads the environment

    app(["batch", file, "--out", out, "--concurrency", str(concurrency)])


class Recorded:
    """The calls whose answers stand in the database of runs, read from outside."""

    def __init__(self, url: str, provider: Provider) -> None:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        self._engine = create_engine(parsed if sqlite else parsed.set(drivername="postgresql+psycopg"))
        self._steps = "operation_outputs" if sqlite else "dbos.operation_outputs"
        self._provider = provider

    def keys(self) -> set[str]:
        """Return the keys of those calls; nothing where the database is not made yet."""
        query = text(f"SELECT output FROM {self._steps} WHERE function_name LIKE 'draft%'")
        try:
            with self._engine.connect() as connection:
                outputs = [json.loads(output) for output in connection.execute(query).scalars()]
        except SQLAlchemyError:  # the first kill may come before the tables
            return set()
        known = self._provider.ledger.keys_of_text
        return {known[found["answer"]["text"]] for found in outputs if "answer" in found}

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


class Killer:
    """Starts the command, kills it, and keeps account of what was asked again."""

    def __init__(
        self, command: Callable[[], ForkServerProcess], provider: Provider, recorded: Recorded
    ) -> None:
        self._command = command
        self._ledger = provider.ledger
        self._recorded = recorded
        self._finished: set[str] = set()
        self._seen = 0
        self.kills = 0
        self.repeated: list[str] = []
        self.unrecorded: set[str] = set()

    def life(self, calls: int, linger: float) -> bool:
        """Run the command, and kill it `linger` seconds after its `calls`th call. True where it ended."""
        process = self._command()
        process.start()
        aim, quiet = len(self._ledger.calls) + calls, time.monotonic()
        seen = len(self._ledger.calls)
        while process.is_alive() and len(self._ledger.calls) < aim:
            if len(self._ledger.calls) > seen:
                seen, quiet = len(self._ledger.calls), time.monotonic()
            if time.monotonic() > quiet + PATIENCE:
                process.kill()
                raise TimeoutError(f"no call for {PATIENCE:.0f} s")
            time.sleep(0.005)
        process.join(linger if calls else None)
        ended = process.exitcode is not None
        if not ended:
            process.kill()
            process.join()
            self.kills += 1
            time.sleep(0.05)  # what was sent before the kill reaches the provider
        self._account()
        if ended and process.exitcode:
            raise RuntimeError(f"finecut batch ended with {process.exitcode}")
        return ended

    def startup(self, seconds: float) -> None:
        """Run the command and kill it `seconds` after its start, whatever it is at."""
        process = self._command()
        process.start()
        process.join(seconds)
        process.kill()
        process.join()
        self.kills += 1
        self._account()

    def _account(self) -> None:
        now = len(self._ledger.calls)
        self.repeated += [c.key for c in self._ledger.calls[self._seen : now] if c.key in self._finished]
        self._seen = now
        self._finished |= self._recorded.keys()
        self.unrecorded |= set(self._ledger.answered) - self._finished


@contextmanager
def database(kind: str, home: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Give the environment of a database of that kind, and the URL of its runs."""
    if kind == "sqlite":
        yield {}, f"sqlite:///{home}/runs.db"
        return
    with running_postgres() as server:
        yield {"FINECUT_DATABASE_URL": server.url}, server.url


def comparable(out: Path) -> list[Any]:
    """Return the results without what differs between two runs by its nature: times."""

    def plain(node: Any) -> Any:  # noqa: ANN401 - JSON of any shape
        if isinstance(node, list):
            return [plain(n) for n in node]
        if isinstance(node, dict):
            return {k: plain(v) for k, v in node.items() if k not in ("created", "seconds")}
        return node

    return [plain(json.loads(line)) for line in out.read_text(encoding="utf-8").splitlines()]


def measure(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Run the batch with its kills, then undisturbed, and return what came of it."""
    lines = folder / "in.jsonl"
    write_lines(lines, options.lines)
    dice = random.Random(options.seed)
    provider = Provider(options.latency)
    provider.start()

    def command(home: Path, environment: Mapping[str, str], out: Path) -> ForkServerProcess:
        whole = {
            "FINECUT_HOME": str(home),
            "OPENAI_BASE_URL": provider.url,
            "OPENAI_API_KEY": "none",
            "FINECUT_MODEL": "openai:stub",
            "FINECUT_MODEL_CACHE": "false",
            **environment,
        }
        return FORKING.Process(target=run_batch, args=(whole, str(lines), str(out), options.concurrency))

    home, out = folder / "home", folder / "out.jsonl"
    home.mkdir()
    with database(options.database, home) as (environment, url):
        recorded = Recorded(url, provider)
        killer = Killer(lambda: command(home, environment, out), provider, recorded)
        began = time.perf_counter()
        mean = max(1, round(options.lines * CALLS / max(1, options.kills)))
        ended = False
        while not ended and killer.kills < options.kills:
            if dice.random() < options.startups:
                killer.startup(dice.uniform(0.1, 3))
            else:
                ended = killer.life(dice.randint(1, 2 * mean - 1), dice.uniform(0, options.latency))
        if not ended:
            killer.life(options.lines * CALLS + 1, 0)
        took = time.perf_counter() - began
        recorded.close()
    asked = provider.ledger.times
    calls = len(provider.ledger.calls)
    calm = folder / "calm"
    calm.mkdir()
    with database("sqlite", calm) as (environment, _):
        process = command(calm, environment, folder / "calm.jsonl")
        process.start()
        process.join()
    results = comparable(out)
    states = Counter(line["state"] for line in results)
    return {
        "database": options.database,
        "lines": options.lines,
        "done": states["done"],
        "lost_or_doubled": options.lines
        - len({line["custom_id"] for line in results})
        + len(results)
        - options.lines,
        "kills": killer.kills,
        "calls_needed": options.lines * CALLS,
        "calls_made": calls,
        "finished_calls_repeated": len(killer.repeated),
        "paid_twice": calls - len(asked),
        "of_these_answered_and_not_yet_recorded": sum(asked[k] - 1 for k in killer.unrecorded),
        "could_be_under_way": killer.kills * options.concurrency,
        "outputs_equal_undisturbed": results == comparable(folder / "calm.jsonl"),
        "tokens_counted_once": sum(
            line["result"]["usage"]["prompt_tokens"] + line["result"]["usage"]["completion_tokens"]
            for line in results
        )
        == options.lines * CALLS * (PROMPT_TOKENS + ANSWER_TOKENS),
        "seconds": round(took, 1),
    }


def main() -> int:
    """Run the command; 1 where anything was lost, doubled, changed or a finished call repeated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--startups", type=float, default=0.1, help="share of kills while the command starts")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    FORKING.set_forkserver_preload(PRELOADED)
    with tempfile.TemporaryDirectory(prefix="finecut-kills-") as folder:
        said = measure(options, Path(folder))
    print(json.dumps(said))
    right = (
        said["done"] == options.lines
        and not said["lost_or_doubled"]
        and not said["finished_calls_repeated"]
        and said["outputs_equal_undisturbed"]
        and said["tokens_counted_once"]
    )
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
