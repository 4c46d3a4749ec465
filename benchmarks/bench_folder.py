"""`finecut score` on many texts with one process and several: texts a second, processor time a text, memory.

    python -m benchmarks.bench_folder [--texts 10000] [--jobs 1 2] [--ideas]

The texts are those of the development corpora, each further round with its paragraphs in another order and a
line of its own, written to a temporary file of JSON Lines; without the data, generated copy. A busy machine
gives several processes no core each: then the throughput says little, and what tells is whether the
processor time a text stays the same and how many cores the command kept busy.
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
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.bench_document import article
from evals.derive.corpora import data_folder, texts

LONGEST = 1500  # words of a text


class Cost(NamedTuple):
    """What a run of the command took: seconds of the clock, of processors, its largest process's memory."""

    seconds: float
    processor: float
    megabytes: float


def articles() -> Iterator[str]:
    """Yield texts without end; none is the same as another."""
    known = [t.text for t in texts() if len(t.text.split()) <= LONGEST] if data_folder().is_dir() else []
    order = random.Random(5)
    for number in count():
        source = known[number % len(known)] if known else article(300 + number % 400)
        paragraphs = source.split("\n\n")
        if number >= len(known):
            order.shuffle(paragraphs)
        yield "\n\n".join((*paragraphs, f"Text {number} ends here."))


def write(path: Path, number: int) -> int:
    """Write `number` texts to `path`, one a line; return their words."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for i, text in enumerate(islice(articles(), number)):
            words += len(text.split())
            file.write(json.dumps({"id": f"t{i}", "text": text}, ensure_ascii=False) + "\n")
    return words


def scored(path: Path, jobs: int, *, ideas: bool) -> Cost:
    """Return what `finecut score` takes for the texts in `path` with so many processes."""
    command = [sys.executable, "-c", "from service.cli import main; main()", "score", str(path), "--json"]
    command += ["--jobs", str(jobs), "--ideas" if ideas else "--no-ideas"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"finecut score ended with {process.returncode}")
    took = time.perf_counter() - start
    return Cost(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def table(path: Path, number: int, jobs: Sequence[int], *, ideas: bool) -> None:
    """Print a line for each number of processes."""
    base: Cost | None = None
    for processes in jobs:
        cost = scored(path, processes, ideas=ideas)
        base = base or cost
        print(
            f"  {processes:>3} processes {cost.seconds:8.1f} s {number / cost.seconds:8.1f} texts/s"
            f" ({base.seconds / cost.seconds:.2f} x)  processor {1000 * cost.processor / number:6.1f} ms/text"
            f" ({cost.processor / base.processor:.2f} x)  cores {cost.processor / cost.seconds:.2f}"
            f"  largest process {cost.megabytes:.0f} MB",
            flush=True,
        )


def main() -> None:
    """Print the table."""
    cores = os.cpu_count() or 1
    parser = argparse.ArgumentParser(description="Throughput and memory of `finecut score` on many texts.")
    parser.add_argument("--texts", type=int, default=1000, help="how many texts (1000)")
    parser.add_argument(
        "--jobs", type=int, nargs="+", default=[1, cores], help="processes to try (1 and all)"
    )
    parser.add_argument("--ideas", action="store_true", help="look for repeated ideas, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        words = write(path, options.texts)
        size = path.stat().st_size / 1e6
        print(f"{options.texts} texts, {words} words, {size:.1f} MB, on {cores} cores")
        table(path, options.texts, options.jobs, ideas=options.ideas)


if __name__ == "__main__":
    main()
