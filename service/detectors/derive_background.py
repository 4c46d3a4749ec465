"""Derive `data/background.tsv` from the human reviews of the development corpora.

    python -m service.detectors.derive_background ../shared/data/corpora

Counts, for each stem, the human reviews that hold it; `frank_post` is a control and not counted.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from service.detectors.lexicon import function_words, stem
from service.document import fold

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
LEAST = 3
GROUPS = ("human_cornell_lc", "human_frank_pre", "human_imdb", "human_imdb_llmmr", "human_sfu")
HEADER = f"""\
# Derived by service/detectors/derive_background.py: how many of * human film reviews hold each stem
# (Porter 2), from {LEAST} on; function words left out. Numbers only, no text.
"""


def main(corpora: Path, out: Path) -> None:
    """Write the table."""
    counts: Counter[str] = Counter()
    total = 0
    for group in GROUPS:
        for line in (corpora / f"{group}.jsonl").read_text("utf-8").strip("\n").split("\n"):
            words = set(WORD.findall(fold(json.loads(line)["text"])))
            counts.update({stem(w.removesuffix("'s")) for w in words - function_words().keys()})
            total += 1
    rows = [f"{s}\t{n}" for s, n in sorted(counts.items()) if n >= LEAST]
    out.write_text(HEADER + "\n".join((f"*\t{total}", *rows)) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "data" / "background.tsv")
