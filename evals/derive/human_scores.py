"""Derive `service/detectors/data/human_scores.json`: how published human reviews score, by length.

    python -m evals.derive.human_scores

Run it again whenever a detector, its data or the score changes. Texts of the control group are left out.
"""

from __future__ import annotations

import json
import sys

from evals.derive.corpora import ROOT, texts
from service.detectors import Subject, analyse
from service.detectors.score import length, score
from service.document import parse

OUT = ROOT / "service" / "detectors" / "data" / "human_scores.json"
BANDS = (0, 250, 400, 600, 900)


def main() -> None:
    """Write the percentiles of each band of length."""
    rows: list[tuple[int, float]] = []
    for text in texts():
        if text.kind == "human":
            document = parse(text.text)
            analysis = analyse(document, Subject())
            rows.append((length(analysis), score(document, Subject(), analysis=analysis).score))
    bands = []
    for least, after in zip(BANDS, (*BANDS[1:], sys.maxsize), strict=True):
        own = sorted(s for words, s in rows if least <= words < after)
        points = [own[round(p / 100 * (len(own) - 1))] for p in range(101)]
        bands.append({"from": least, "reviews": len(own), "percentiles": points})
    origin = "Derived by `python -m evals.derive.human_scores`: percentiles 0-100 of human reviews' scores."
    OUT.write_text(json.dumps({"origin": origin, "bands": bands}) + "\n", "utf-8")


if __name__ == "__main__":
    main()
