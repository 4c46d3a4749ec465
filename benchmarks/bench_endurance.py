"""Runs that outlast kills, freezes, restarts and bad weather, and how many there are a second, in short.

`make endurance` runs the same at length, with the sizes that docs/operations.md tells of. Each command prints
one JSON object; how long it took, and how far the long ones are, goes to stderr. One that is not done in its
time (10 minutes; 45 at length) is stopped and counts as wrong. What needs Postgres is passed over where its
programs are not installed.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time

from benchmarks.command_line import command_line
from benchmarks.postgres import NoPostgres, running_postgres

SHORT = (
    "kills --lines 12 --kills 6",
    "kills --lines 12 --kills 6 --database postgres",
    "failover --freeze 8 --runs 2400",
    "weather --minutes 1",
    "bulk --drafts 60",
    "bulk --accept 10000",
)
LONG = (
    "kills",
    "kills --database postgres",
    "failover",
    "weather",
    "bulk --concurrency 16 --quota 2100",
    "bulk --accept 100000",
    "bulk --database postgres --drafts 300 --latency 1 --concurrency 2 --workers 1,2,3",
)
BOUNDS = {False: 10 * 60, True: 45 * 60}  # seconds of one command, in short and at length
NEEDS_POSTGRES = ("failover", "weather", "postgres")


def main() -> int:
    """Run the commands, short or long; 1 where one of them found something wrong."""
    parser = command_line("bench_endurance", __doc__)
    parser.add_argument("--long", action="store_true", help="for about an hour")
    at_length = parser.parse_args().long
    missing = _missing_postgres()
    wrong = False
    for command in LONG if at_length else SHORT:
        print(f"-- {command}", flush=True)
        if missing and any(word in command for word in NEEDS_POSTGRES):
            print(f"SKIPPED: {missing}")
            continue
        began = time.monotonic()
        wrong |= not _went_well(command, BOUNDS[at_length])
        print(f"   {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return int(wrong)


def _went_well(command: str, seconds: float) -> bool:
    """Run a benchmark for so many seconds at the most; return whether it found nothing wrong."""
    name, *options = command.split()
    process = subprocess.Popen([sys.executable, "-m", f"benchmarks.{name}", *options])
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)  # it ends what it started, then itself
        print(f"NOT DONE in {seconds:.0f} s")
        process.wait()
        return False


def _missing_postgres() -> str:
    try:
        with running_postgres():
            return ""
    except NoPostgres as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main())
