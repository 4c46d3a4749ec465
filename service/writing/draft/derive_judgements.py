"""Derive `data/judgements.tsv`: words by which reviews that praise and reviews that blame differ.

    python -m service.writing.draft.derive_judgements ../shared/data/corpora

Counts the labelled human reviews (stars, grades, thumbs) that hold a word; keeps adjectives and adverbs that
stand clearly more often on one side. Very common ones must differ more, and grammar is left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from math import log, sqrt
from pathlib import Path
from typing import Any

from wordfreq import zipf_frequency

from service.detectors.lexicon import function_words
from service.document import fold
from service.writing.draft.plain.tagging import tag

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
JUDGING = ("AJ", "AV0")  # tags of adjectives and adverbs
PARTICIPLES = ("VVG", "VVN")
LEAST = 8  # reviews that hold the word
CLEAR = 2.2  # standard errors of the log odds between praise and blame
PARTICIPLE = 3.0  # the same for a participle, which may be a mere verb
GREAT = 4.5  # the same for one of the commonest words
COMMON = 5.0  # Zipf frequency from which a word is one of the commonest
OUT = Path(__file__).with_name("data") / "judgements.tsv"


def side(row: dict[str, Any]) -> int:
    """Return 1 for a review that praises, -1 for one that blames, 0 where its label says neither."""
    if row.get("polarity"):
        return 1 if row["polarity"] in ("pos", "yes") else -1
    if row.get("rating"):
        return (float(row["rating"]) >= 7) - (float(row["rating"]) <= 4)
    grade = str(row.get("grade") or "")
    return (grade[:1] in ("A", "B") and grade != "B-") - (grade[:1] in ("D", "F"))


def reviews(corpora: Path) -> Iterator[tuple[int, set[str]]]:
    """Return each labelled review's side and its words."""
    for file in sorted(corpora.glob("human_*.jsonl")):
        for line in file.read_text("utf-8").strip("\n").split("\n"):  # a text may hold other line ends
            row = json.loads(line)
            if side(row):
                yield side(row), set(WORD.findall(fold(row["text"])))


def least(word: str) -> float:
    """Return how sure it must be that `word` judges, in standard errors."""
    if zipf_frequency(word, "en") >= COMMON:
        return GREAT
    return CLEAR if tag(word)[0].among(*JUDGING) else PARTICIPLE


def main(corpora: Path) -> None:
    """Write the table."""
    held = {1: Counter[str](), -1: Counter[str]()}
    total = Counter[int]()
    for label, words in reviews(corpora):
        held[label].update(words)
        total[label] += 1
    rows = []
    for word in sorted(held[1] | held[-1]):
        praise, blame = held[1][word], held[-1][word]
        if (
            praise + blame < LEAST
            or "'" in word
            or word in function_words()
            or not tag(word)[0].among(*JUDGING, *PARTICIPLES)
        ):
            continue
        odds = log((praise + 0.5) / (total[1] - praise + 0.5)) - log(
            (blame + 0.5) / (total[-1] - blame + 0.5)
        )
        sure = odds / sqrt(1 / (praise + 0.5) + 1 / (blame + 0.5))
        if abs(sure) >= least(word):
            rows.append(f"{word}\t{'praise' if odds > 0 else 'blame'}\t{praise}\t{blame}")
    head = (
        "# Derived by service/writing/draft/derive_judgements.py from labelled human reviews: counts only.\n"
        f"# word, side, reviews that praise ({total[1]}) and that blame ({total[-1]}) which hold it\n"
    )
    OUT.write_text(head + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
