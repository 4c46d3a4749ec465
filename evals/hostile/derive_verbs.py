"""Derive the verb forms in -s that writers use as finite verbs, from the development corpora.

    python -m evals.hostile.derive_verbs ../shared/data/corpora service/gates/ledger/data/finite.txt

The tagger takes many of them for nouns here and there; a form that it mostly takes for a finite verb
is one where a noun or name precedes it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from evals.hostile.derive_signs import GROUPS
from service.document import parse
from service.gates.ledger.tagging import raw_tags
from service.gates.ledger.tokens import split_words

LEAST, SHARE = 3, 0.6


def main() -> None:
    """Write the forms."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    seen: Counter[str] = Counter()
    finite: Counter[str] = Counter()
    for group, number in GROUPS.items():
        with (folder / f"{group}.jsonl").open(encoding="utf-8") as lines:
            for _, line in zip(range(number), lines, strict=False):
                for sentence in parse(json.loads(line)["text"]).sentences:
                    words = split_words(sentence.text)
                    for w, tag in zip(words, raw_tags([w.text for w in words]), strict=True):
                        if w.fold.endswith("s") and w.text.islower():
                            seen[w.fold] += 1
                            finite[w.fold] += tag.endswith("|Fin")
    rows = sorted(w for w, n in seen.items() if n >= LEAST and finite[w] >= SHARE * n)
    out.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
