"""Whether edits cost variety of words: MTLD before and after, beside controls that take away as many words.

`python -m evals.diversity [--groups NAME …] [--each N]`

MTLD (names left out, as `mtld_masked` of the suites) of each text, of its edit, and of the text without as
many words drawn at random: of all words, and of words that are no mere grammar, which is what edits take. A
fall that the controls show as well is that of any shortening, not of the choice of words. Bounded: 20 draws a
text, a fixed seed; about a second a text.
"""

# ruff: noqa: T201 - it prints
from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from evals.corpus_edits import CORPORA, edited, texts
from service.detectors import Subject, analyse
from service.document import Document, parse
from service.evaluation.literature import mtld
from service.evaluation.sameness import NAME, units
from service.gates.ledger.words import is_function

DRAWS = 20


class Row(NamedTuple):
    """MTLD before, and what it gains by the edit and by the controls."""

    before: float
    edit: float
    any_words: float
    content_words: float


def words_of(document: Document) -> list[str]:
    """Return the folded words of a document, names left out."""
    read = units(analyse(document, Subject()))
    return [str(w) for sentence in read for w in sentence if w != NAME]


def control(words: Sequence[str], places: Sequence[int], count: int, drawn: random.Random) -> float:
    """Return the mean MTLD without `count` of the `places`."""
    values = []
    for _ in range(DRAWS):
        gone = set(drawn.sample(places, min(count, len(places))))
        values.append(mtld([w for i, w in enumerate(words) if i not in gone]) or 0.0)
    return fmean(values)


def measured(text: str, drawn: random.Random) -> Row | None:
    """Return what becomes of a text; None where it is too short."""
    words, after = words_of(parse(text)), words_of(edited(text).document)
    before, now = mtld(words), mtld(after)
    count = len(words) - len(after)
    if before is None or now is None:
        return None
    content = [i for i, w in enumerate(words) if not is_function(w)]
    if count <= 0:
        return Row(before, now - before, 0.0, 0.0)
    some = control(words, range(len(words)), count, drawn), control(words, content, count, drawn)
    return Row(before, now - before, some[0] - before, some[1] - before)


def main() -> None:
    """Print a line for each group."""
    parser = argparse.ArgumentParser(prog="python -m evals.diversity", description=__doc__)
    named = sorted(p.stem for p in CORPORA.glob("*.jsonl"))
    parser.add_argument("--groups", nargs="+", default=["seo_pages", "seo_location"], choices=named)
    parser.add_argument("--each", type=int, default=30, help="texts of a group")
    asked = parser.parse_args()
    drawn = random.Random(1)
    print(f"{'group':24}{'texts':>6}{'before':>8}{'edit':>8}{'any words':>11}{'content words':>15}")
    for group in asked.groups:
        rows = [r for _, text in texts(group, asked.each) if (r := measured(text, drawn))]
        means = (fmean(column) for column in zip(*rows, strict=True))
        print("{:24}{:6}{:8.1f}{:8.1f}{:11.1f}{:15.1f}".format(group, len(rows), *means))


if __name__ == "__main__":
    main()
