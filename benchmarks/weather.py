"""A provider in bad weather: is a batch done all the same, and is the quota kept in every sliding minute?

    python -m benchmarks.weather [--minutes N] [--calls-per-minute N] [--tokens-per-minute N] [--processes N]

Three processes work on one batch on one Postgres, within one quota. The provider answers a third of the
calls with 429 (with and without Retry-After), 500, 503, a reset connection, a slow drip, a drip that
outlasts the timeout, JSON cut off, words instead of JSON, or a body that is none; a tenth of the time it
answers nothing but 503. What failed for good is run again with `--retry`, as a user would.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.kills import comparable
from benchmarks.lines import CALLS, write_lines
from benchmarks.postgres import running_postgres
from benchmarks.scripted_provider import FINE, Mishap, Provider

TIMEOUT = 8.0
OUTAGE_EVERY, OUTAGE_SECONDS = 150.0, 15.0
FOUL = (
    Mishap(429, (("retry-after", "3"),)),
    Mishap(429),
    Mishap(500),
    Mishap(503),
    Mishap(reset=True),
    Mishap(drip_seconds=2.0),
    Mishap(drip_seconds=2 * TIMEOUT),
    Mishap(text='{"sections": [{"name": "plo'),
    Mishap(text="I would rather not say."),
    Mishap(body=b"<html>Bad gateway</html>"),
)
FINECUT = [sys.executable, "-c", "from service.cli import main; main()"]


class Weather:
    """Foul for a share of the calls, always the same for the same call, and an outage now and then."""

    def __init__(self, share: float, tries: int) -> None:
        self._share = share
        self._tries = tries
        self._began = time.monotonic()
        self.met: Counter[str] = Counter()

    def __call__(self, key: str, before: int) -> Mishap:
        """Return what happens to a call that came `before` times already; not for ever the worst."""
        if (time.monotonic() - self._began) % OUTAGE_EVERY > OUTAGE_EVERY - OUTAGE_SECONDS:
            self.met["outage"] += 1
            return Mishap(503)
        dice = random.Random(f"{key} {before}")
        if before >= self._tries or dice.random() > self._share:
            return FINE
        chosen = dice.choice(FOUL)
        self.met[_name(chosen)] += 1
        return chosen


def _name(mishap: Mishap) -> str:
    if mishap.reset:
        return "reset"
    if mishap.drip_seconds:
        return "slow drip" if mishap.drip_seconds < TIMEOUT else "drip beyond the timeout"
    if mishap.body:
        return "no JSON body"
    if mishap.text:
        return "wrong JSON"
    return f"{mishap.status}{' with Retry-After' if mishap.headers else ''}"


def run(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Run the batch through the weather, then in fine weather, and return what came of it."""
    fouled = options.calls_per_minute * (1 - options.share) if options.calls_per_minute else 1e9
    by_tokens = options.tokens_per_minute / 480 * (1 - options.share) if options.tokens_per_minute else 1e9
    count = options.lines or max(1, int(min(fouled, by_tokens) / CALLS * options.minutes))
    lines, out, calm = folder / "in.jsonl", folder / "out.jsonl", folder / "calm.jsonl"
    write_lines(lines, count)
    weather = Weather(options.share, 6)
    provider, fine = Provider(0.2, weather), Provider(0.0)
    provider.start()
    fine.start()
    common = {
        **os.environ,
        "FINECUT_HOME": str(folder),
        "OPENAI_API_KEY": "none",
        "FINECUT_MODEL": "openai:stub",
        "FINECUT_MODEL_CACHE": "false",
        "FINECUT_MODEL_TIMEOUT": str(TIMEOUT),
        "FINECUT_MODEL_RETRIES": "10",
    }
    batch = [*FINECUT, "batch", str(lines), "--concurrency", "16"]
    with running_postgres() as server:
        foul = {
            **common,
            "OPENAI_BASE_URL": provider.url,
            "FINECUT_DATABASE_URL": server.url,
            "FINECUT_RUN_HERE": "8",
            "FINECUT_REQUESTS_PER_MINUTE": str(options.calls_per_minute),
            "FINECUT_TOKENS_PER_MINUTE": str(options.tokens_per_minute),
        }
        began = time.perf_counter()
        first = subprocess.Popen([*batch, "--out", str(out)], env=foul)
        others = [subprocess.Popen([*FINECUT, "worker"], env=foul) for _ in range(options.processes - 1)]
        first.wait()
        failures: Counter[str] = Counter()
        again = 0
        while _states(out)["done"] < count and again < 5:
            again += 1
            failures += _failures(out)
            subprocess.run([*batch, "--out", str(out), "--retry"], env=foul, check=False)
        took = time.perf_counter() - began
        for worker in others:
            worker.terminate()
        for worker in others:
            worker.wait()
    patient = {**common, "OPENAI_BASE_URL": fine.url, "FINECUT_MODEL_TIMEOUT": "120"}
    subprocess.run([*batch, "--out", str(calm)], env=patient, check=True)
    calls, tokens = provider.ledger.most_within(60)
    contents = [[r["result"] and r["result"]["content"] for r in comparable(path)] for path in (out, calm)]
    return {
        "processes": options.processes,
        "minutes": round(took / 60, 1),
        "lines": count,
        "done": _states(out)["done"],
        "retries_of_failed_lines": again,
        "failures": dict(failures),
        "texts_equal_fine_weather": contents[0] == contents[1],
        "calls": len(provider.ledger.calls),
        "calls_needed": count * CALLS,
        "weather": dict(weather.met.most_common()),
        "calls_per_minute": options.calls_per_minute,
        "most_calls_in_a_sliding_minute": calls,
        "tokens_per_minute": options.tokens_per_minute,
        "most_tokens_in_a_sliding_minute": tokens,
    }


def _failures(out: Path) -> Counter[str]:
    """Return why lines failed, the beginnings of the messages."""
    errors = [json.loads(line)["error"] for line in out.read_text(encoding="utf-8").splitlines()]
    return Counter(str(error.get("detail"))[:60] for error in errors if error)


def _states(out: Path) -> Counter[str]:
    if not out.exists():
        return Counter()
    return Counter(json.loads(line)["state"] for line in out.read_text(encoding="utf-8").splitlines())


def main() -> int:
    """Run the command; 1 where a line is not done or the quota was passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--lines", type=int, default=0, help="0: what the quota lets through")
    parser.add_argument("--calls-per-minute", type=int, default=150)
    parser.add_argument("--tokens-per-minute", type=int, default=0)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--share", type=float, default=0.35, help="of the calls that go wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="finecut-weather-") as folder:
        said = run(options, Path(folder))
    print(json.dumps(said))
    kept = all(
        not bound or most <= bound
        for bound, most in (
            (options.calls_per_minute, int(str(said["most_calls_in_a_sliding_minute"]))),
            (options.tokens_per_minute, int(str(said["most_tokens_in_a_sliding_minute"]))),
        )
    )
    return 0 if kept and said["done"] == said["lines"] else 1


if __name__ == "__main__":
    sys.exit(main())
