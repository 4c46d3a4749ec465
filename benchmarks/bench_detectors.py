"""Lexical detectors and score: medians on an article, growth with length, and the neighbours' time.

    python -m benchmarks.bench_detectors [FILE]

Without FILE the canonical article of the development data is read, where it is. The neighbours (slop-guard,
proselint, Yoast's `yoastseo`) run in an environment of their own, which `make peers` installs (slop-guard
pins older versions of what Finecut needs); what is absent is skipped aloud.

A machine's speed drifts, so all are timed in turn: each is a process that waits for a line, reads the article
once and prints the milliseconds of processor time it took (a shared clock would measure others, too).
Each round asks every one once, ours among them; a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.command_line import command_line
from service.detectors import DETECTORS, Subject, analyse, detect, score
from service.document import parse

ROUNDS = 25
TURNS = 40  # rounds in which all are timed in turn
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
OURS = """
from benchmarks.bench_detectors import everything as work
"""
TIMED = """
import sys, time
text = open(sys.argv[1], encoding="utf-8").read()
work(text)
for _ in sys.stdin:
    start = time.process_time()
    work(text)
    print(1000 * (time.process_time() - start), flush=True)
"""
YOAST = """
const { Paper, ContentAssessor } = require("yoastseo");
const Researcher = require("yoastseo/build/languageProcessing/languages/en/Researcher").default;
const lines = require("fs").readFileSync(process.argv[1], "utf8").split(/\\n+/);
const text = lines.map(p => "<p>" + p + "</p>").join("");
function work() {
  const paper = new Paper(text, { keyword: "", locale: "en_US" });
  new ContentAssessor(new Researcher(paper)).assess(paper);
}
work();
require("readline").createInterface({ input: process.stdin }).on("line", () => {
  const start = process.cpuUsage();
  work();
  console.log(process.cpuUsage(start).user / 1000);
});
"""


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median processor time of `work` in milliseconds, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
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


class Timed:
    """A process that does its work once for each line it is sent, and says how long it took."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.times: list[float] = []
        self._process: subprocess.Popen[str] | None = None
        with suppress(OSError):  # the program is not there: every turn says so
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env={**os.environ, "NODE_PATH": str(PEERS / "node_modules")},
            )

    def turn(self) -> bool:
        """Do the work once; tell whether the process still runs."""
        if self._process is None:
            return False
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: PT018 - pipes
        try:
            self._process.stdin.write("\n")
            self._process.stdin.flush()
        except OSError:
            return False
        said = self._process.stdout.readline()
        if said:
            self.times.append(float(said))
        return bool(said)

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


def in_turn(path: Path) -> None:
    """Print the medians of ours and of the neighbours, timed in turn, and the ratios to ours."""
    python, article = str(PEERS / "bin" / "python"), str(path)
    ours = Timed("finecut", [sys.executable, "-c", OURS + TIMED, article])
    others = [
        Timed("proselint", [python, "-c", PROSELINT + TIMED, article]),
        Timed("slop-guard", [python, "-c", SLOP_GUARD + TIMED, article]),
        Timed("yoastseo", [shutil.which("node") or "node", "-e", YOAST, article]),
    ]
    ours.turn()
    for other in others:
        if not other.turn():
            print(f"  {other.name}: not found, skipped (`make peers` installs it)")
    present = [ours, *(o for o in others if o.times)]
    for _ in range(TURNS):
        for each in present:
            each.turn()
    for each in (ours, *others):
        each.stop()
    for each in present:
        ratios = [theirs / own for theirs, own in zip(each.times[1:], ours.times[1:], strict=True)]
        print(
            f"  {each.name:<22}{statistics.median(each.times[1:]):8.2f} ms"
            f"   {statistics.median(ratios):5.2f} x ours, least {min(ratios):.2f}, most {max(ratios):.2f}"
        )


def main() -> None:
    """Print everything."""
    parser = command_line("bench_detectors", __doc__)
    parser.add_argument("file", type=Path, nargs="?", default=DATA / "articles" / "miracle-in-cell-no-7.txt")
    path = parser.parse_args().file
    if not path.is_file():
        print(f"detectors: {path} not found, skipped")
        return
    text = path.read_text("utf-8")
    print(f"{len(text.split())} words, median of {ROUNDS}")
    detectors(text)
    growth(text)
    print(f"parse, detect and score in turn with the neighbours, {TURNS} rounds")
    in_turn(path)


if __name__ == "__main__":
    main()
