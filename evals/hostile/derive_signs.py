"""Derive the rows of three signs that writers put down, from the development corpora.

    python -m evals.hostile.derive_signs ../shared/data/corpora service/writing/edit/data/threes.txt

One row a line: three signs (see `service.writing.edit.signature`), kept where it stands in at least
`LEAST` sentences. No text of the corpora can be read from it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from service.document import parse
from service.writing.edit.signature import signs, threes

GROUPS = {
    "human_frank_pre": 274, "human_imdb": 420, "human_imdb_llmmr": 37, "human_sfu": 24, "llm_llmmr": 160,
    "llm_slopscore_film": 46, "seo_pages": 26, "llm_essay_general": 60, "seo_location": 30,
    "llm_alpaca_cinema": 60,
}  # fmt: skip
LEAST = 3


def main() -> None:
    """Write the rows."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    counts: Counter[tuple[str, str, str]] = Counter()
    for group, number in GROUPS.items():
        with (folder / f"{group}.jsonl").open(encoding="utf-8") as lines:
            for _, line in zip(range(number), lines, strict=False):
                for sentence in parse(json.loads(line)["text"]).sentences:
                    counts.update(set(threes(signs(sentence.text))))
    rows = sorted(" ".join(three) for three, n in counts.items() if n >= LEAST)
    out.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
