"""Lexical detectors and score: medians on an article, growth with length, and the neighbours' time.

    python benchmarks/bench_detectors.py [FILE]

Without FILE the canonical article of the development data is read, where it is. The neighbours (slop-guard,
proselint, Yoast's `yoastseo`) run in an environment of their own, which `make peers` installs (slop-guard
pins older versions of what Finecut needs); what is absent is skipped aloud. One process, one core at a time.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from service.detectors import DETECTORS, Subject, analyse, detect, score
from service.document import parse

ROUNDS = 25
DATA = Path(os.environ.get("FINECUT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
PEERS = Path(os.environ.get("FINECUT_PEERS", Path(__file__).resolve().parents[1] / "var" / "peers"))
PROSELINT = """
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
CheckRegistry().register_many(__register__)
def work(text): LintFile("bench", content=text).lint()
"""
SLOP_GUARD = """
from slop_guard import analyze_text as work
"""
TIMED = """
import statistics, sys, time
text, times = sys.stdin.read(), []
for _ in range(26):
    start = time.perf_counter()
    work(text)
    times.append(1000 * (time.perf_counter() - start))
print(statistics.median(times[1:]))
"""
YOAST = """
const { AnalysisWorkerWrapper, Paper, ContentAssessor } = require("yoastseo");
const Researcher = require("yoastseo/build/languageProcessing/languages/en/Researcher").default;
const text = require("fs").readFileSync(0, "utf8").split(/\\n+/).map(p => "<p>" + p + "</p>").join("");
const times = [];
for (let i = 0; i < 8; i++) {
  const paper = new Paper(text, { keyword: "", locale: "en_US" });
  const assessor = new ContentAssessor(new Researcher(paper));
  const start = process.hrtime.bigint(); assessor.assess(paper);
  times.push(Number(process.hrtime.bigint() - start) / 1e6);
}
console.log(times.sort((a, b) => a - b)[4]);
"""


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of `work` in milliseconds, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def everything(text: str) -> object:
    """Parse, detect, score."""
    document, subject = parse(text), Subject()
    analysis = analyse(document, subject)
    return score(document, subject, detect(document, subject, analysis=analysis), analysis=analysis)


def detectors(text: str) -> None:
    """Print what each detector takes."""
    document = parse(text)
    analysis = analyse(document, Subject())
    print(f"  {'parse':<22}{median(lambda: parse(text)):8.2f} ms")
    print(f"  {'analyse':<22}{median(lambda: analyse(document, Subject())):8.2f} ms")
    for detector in DETECTORS:
        print(f"  {detector.kind:<22}{median(lambda d=detector: d(analysis)):8.2f} ms")  # type: ignore[misc]


def growth(text: str) -> None:
    """Print how the time grows up to 100,000 words."""
    words = len(text.split())
    for copies in (1, max(2, 10_000 // words), max(3, 100_000 // words)):
        long = "\n\n".join(f"{text}\n\nPart {i} ends with word{i} and thing{i * 7}." for i in range(copies))
        took = median(lambda long=long: detect(parse(long), Subject()), rounds=3)  # type: ignore[misc]
        print(f"  {copies * words:>8} words{took:10.1f} ms{1000 * took / (copies * words):8.2f} us/word")


def neighbours(text: str, ours: float) -> None:
    """Print the neighbours' medians and how many times as long as ours they take."""
    python = str(PEERS / "bin" / "python")
    commands = {
        "proselint": [python, "-c", PROSELINT + TIMED],
        "slop-guard": [python, "-c", SLOP_GUARD + TIMED],
        "yoastseo": [shutil.which("node") or "node", "-e", YOAST],
    }
    for name, command in commands.items():
        took = _median_of(command, text)
        if took is None:
            print(f"  {name}: not found, skipped (`make peers` installs it)")
        else:
            print(f"  {name:<22}{took:8.2f} ms   {took / ours:5.1f} x")


def _median_of(command: list[str], text: str) -> float | None:
    """Return the milliseconds that a neighbour prints for `text` on stdin, None where it does not run."""
    environment = {**os.environ, "NODE_PATH": str(PEERS / "node_modules")}
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, check=True, env=environment, timeout=120
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return float(done.stdout.split()[-1])


def main() -> None:
    """Print everything."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "articles" / "miracle-in-cell-no-7.txt"
    if not path.is_file():
        print(f"detectors: {path} not found, skipped")
        return
    text = path.read_text("utf-8")
    print(f"{len(text.split())} words, median of {ROUNDS}")
    detectors(text)
    ours = median(lambda: everything(text))
    print(f"  {'parse, detect, score':<22}{ours:8.2f} ms")
    growth(text)
    neighbours(text, ours)


if __name__ == "__main__":
    main()
