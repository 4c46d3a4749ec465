"""Edit texts of `../shared/data/corpora` without a model and hold the promises of the pass.

`python -m evals.corpus_edits [--groups NAME …] [--each N] [--part K/N] [--out FILE]`

Of each text: the score must not fall, no kind of finding be written that was not there, the ledger balance,
the output parse, and a second run change nothing. A line is appended to FILE for each text, and texts that
stand there are not edited again, so that a run can be broken off and resumed; delete the file after a
change of the code. `--part 1/2` takes every second text, for two processes with a FILE each. The table gives
the gains by group and how many texts came back untouched or with nothing but spellings changed, which is
what is promised of most human reviews (`--groups human_imdb …`).
"""

# ruff: noqa: T201 - it prints
from __future__ import annotations

import argparse
import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from service.detectors import Subject
from service.document import Format, Operation, parse
from service.gates import Change
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, EditResult, edit
from service.writing.edit.betterment import written_findings
from tests.fakes.prompts import FakePrompts

CORPORA = Path("../shared/data/corpora")


class Row(NamedTuple):
    """What came of one text: the scores, the share of words kept, the promises broken, and whether
    nothing but spellings changed.
    """

    group: str
    number: int
    before: float
    after: float
    kept: float
    broken: list[str]
    spared: bool


def texts(group: str, each: int | None) -> Iterator[tuple[int, str]]:
    """Yield the texts of a group with their line's number; `each` of them, evenly over the file."""
    lines = (CORPORA / f"{group}.jsonl").read_text("utf-8").split("\n")  # a text may hold other line ends
    every = [(i, str(json.loads(line)["text"])) for i, line in enumerate(lines) if line]
    step = max(1, len(every) // each) if each else 1
    yield from every[::step][:each]


def edited(text: str) -> EditResult:
    """Return the edit of a text without film and model."""
    return asyncio.run(edit(EditRequest(content=text), model=NoModel(), prompts=FakePrompts()))


def judged(group: str, number: int, text: str) -> Row:
    """Return what came of a text."""
    result = edited(text)
    before, after = result.scores.before.score, result.scores.after.score
    original = parse(text, Format.TEXT)
    change = Change(original, result.document, result.edits, Subject(), found=result.findings)
    broken = [
        name
        for name, holds in (
            ("score fell", after >= before),
            ("new finding", not written_findings(change)),
            ("ledger open", not result.claims.unbalanced),
            ("does not parse", parse(result.content, Format.TEXT).source == result.content),
            ("second run changes it", edited(result.content).content == result.content),
        )
        if not holds
    ]
    kept = result.document.words / max(1, original.words)
    spared = all(e.operation is Operation.RESPELL for e in result.edits)
    return Row(group, number, before, after, kept, broken, spared)


def table(rows: Sequence[Row]) -> None:
    """Print the gains by group, and every text that breaks a promise."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    gains = f"{'before':>8}{'gain 10%':>10}{'median':>8}{'90%':>7}"
    print(f"{'group':24}{'texts':>6}{gains}{'kept':>7}{'spared':>8}{'broken':>8}")
    for name, of in groups.items():
        gained = [r.after - r.before for r in of]
        tenths = quantiles(gained, n=10, method="inclusive") if len(gained) > 1 else gained * 9
        print(
            f"{name:24}{len(of):6}{median(r.before for r in of):8.1f}{tenths[0]:10.1f}{median(gained):8.1f}"
            f"{tenths[-1]:7.1f}{median(r.kept for r in of):7.0%}{sum(r.spared for r in of) / len(of):8.0%}"
            f"{sum(bool(r.broken) for r in of):8}"
        )
    for row in rows:
        if row.broken:
            print(f"BROKEN {row.group} line {row.number + 1}: {', '.join(row.broken)}")


def part(said: str) -> tuple[int, int]:
    """Return `K/N` as (K - 1, N): every Nth text from the Kth on."""
    k, n = map(int, said.split("/"))
    if not 1 <= k <= n:
        raise ValueError(said)
    return k - 1, n


def main() -> int:
    """Return 1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m evals.corpus_edits", description=__doc__)
    named = sorted(p.stem for p in CORPORA.glob("*.jsonl"))
    copy = [name for name in named if name.startswith(("seo_", "llm_"))]
    parser.add_argument("--groups", nargs="+", default=copy, choices=named, help="groups to take")
    parser.add_argument("--each", type=int, help="texts of a group; all where it is not given")
    parser.add_argument("--part", type=part, default=(0, 1), help="K/N: every Nth text from the Kth on")
    parser.add_argument("--out", type=Path, help="file of results, for resuming")
    asked = parser.parse_args()
    done = asked.out.read_text("utf-8").splitlines() if asked.out and asked.out.exists() else []
    rows = [Row(*json.loads(line)) for line in done]
    known = {(r.group, r.number) for r in rows}
    first, step = asked.part
    for group in asked.groups:
        for number, text in list(texts(group, asked.each))[first::step]:
            if (group, number) not in known:
                rows.append(judged(group, number, text))
                if asked.out:
                    with asked.out.open("a", encoding="utf-8") as out:
                        out.write(json.dumps(rows[-1]) + "\n")
    table(rows)
    return int(any(r.broken for r in rows))


if __name__ == "__main__":
    raise SystemExit(main())
