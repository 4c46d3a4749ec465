"""Runs that outlast kills, freezes, restarts and bad weather, and how many there are a second, in short.

`make endurance` runs the same at length, with the sizes that docs/operations.md tells of. Each command prints
one JSON object. What needs Postgres is passed over where its programs are not installed.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks.postgres import NoPostgres, running_postgres

SHORT = (
    "kills --lines 12 --kills 6",
    "kills --lines 12 --kills 6 --database postgres",
    "failover --freeze 8",
    "weather --minutes 1",
    "bulk --drafts 60",
    "bulk --accept 10000",
)
LONG = (
    "kills",
    "kills --database postgres",
    "failover",
    "weather",
    "bulk",
    "bulk --accept 100000",
    "bulk --database postgres --drafts 300 --latency 1 --concurrency 2 --workers 1",
    "bulk --database postgres --drafts 300 --latency 1 --concurrency 6 --workers 3",
)
NEEDS_POSTGRES = ("failover", "weather", "postgres")


def main() -> int:
    """Run the commands, short or long; 1 where one of them found something wrong."""
    missing = _missing_postgres()
    wrong = 0
    for command in LONG if "--long" in sys.argv else SHORT:
        print(f"-- {command}", flush=True)
        if missing and any(word in command for word in NEEDS_POSTGRES):
            print(f"SKIPPED: {missing}")
            continue
        words = command.split()
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{words[0]}", *words[1:]],
            stderr=subprocess.DEVNULL,
            check=False,
        )
        wrong |= done.returncode
    return int(bool(wrong))


def _missing_postgres() -> str:
    try:
        with running_postgres():
            return ""
    except NoPostgres as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main())
