"""Derive `background.tsv` and `phrases.tsv` of `service/detectors/data` from the development corpora.

    python -m evals.derive.background

Counts, for each stem, the human reviews that hold it, and so for each pair of telling words and each
frame of `service.detectors.phrases`. Annotated texts and the control, `frank_post`, are not counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from evals.derive.corpora import ROOT, annotated, data_folder
from service.detectors.analysis import analyse
from service.detectors.finding import Subject
from service.detectors.lexicon import document_frequencies, function_words, information, stem
from service.detectors.phrases import NAME, content_runs, frames
from service.document import fold, parse

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
LEAST = 3
HUMAN = ("human_cornell_lc", "human_frank_pre", "human_imdb", "human_imdb_llmmr", "human_sfu")
ORIGIN = "# Derived by `python -m evals.derive.background` from human and machine texts: numbers only.\n"
COLUMNS = "reviews by people, and texts by models and SEO writers, that hold it"


def texts(corpora: Path, groups: Iterable[str]) -> list[str]:
    """Return the texts of the groups, without the annotated ones."""
    files = (corpora / f"{group}.jsonl" for group in groups)
    lines = (line for f in files for line in f.read_text("utf-8").strip("\n").split("\n"))
    rows = [json.loads(line) for line in lines]
    held_out = annotated()
    return [row["text"] for row in rows if row["id"] not in held_out]


def stems(text: str) -> set[str]:
    """Return the stems of a review without function words."""
    words = set(WORD.findall(fold(text))) - function_words().keys()
    return {stem(w.removesuffix("'s")) for w in words}


def phrases(text: str) -> set[str]:
    """Return the pairs of telling words and the frames of a review."""
    analysis = analyse(parse(text), Subject())
    units, _ = content_runs(analysis)
    pairs = {f"{a} {b}" for a, b in pairwise(units) if a and b and NAME not in {a, b}}
    telling = [i for i in analysis.content if not analysis.words[i].number]
    return pairs | {" ".join(key) for key in frames(analysis, telling)}


def write(path: Path, note: str, human: Counter[str], machine: Counter[str], least: int) -> None:
    """Write what stands in `least` texts of either kind or more."""
    keys = sorted(k for k in human | machine if max(human[k], machine[k]) >= least)
    rows = [f"{k}\t{human[k]}\t{machine[k]}" for k in keys]
    path.write_text(ORIGIN + f"# {note}\n" + "\n".join(rows) + "\n", "utf-8")


def main(corpora: Path, out: Path) -> None:
    """Write both tables."""
    others = sorted(p.stem for p in corpora.glob("*.jsonl") if p.stem.startswith(("llm_", "seo_")))
    human, machine = texts(corpora, HUMAN), texts(corpora, others)
    counts = [Counter(s for t in part for s in stems(t)) for part in (human, machine)]
    for part, every in zip(counts, (human, machine), strict=True):
        part["*"] = len(every)
    write(out / "background.tsv", f"stem (* = all texts), {COLUMNS}", counts[0], counts[1], LEAST)
    document_frequencies.cache_clear()
    information.cache_clear()
    pairs = [Counter(p for t in part for p in phrases(t)) for part in (human, machine)]
    write(out / "phrases.tsv", f"two stems that stand together, {COLUMNS}", pairs[0], pairs[1], LEAST + 1)


if __name__ == "__main__":
    main(data_folder() / "corpora", ROOT / "service" / "detectors" / "data")
