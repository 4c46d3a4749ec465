"""How quiet the detectors are on published human reviews.

    python -m benchmarks.bench_quiet

Prints `must` findings in a thousand words (median, mean), findings of each kind and level in a thousand
words, and how many findings have spans that hold nothing but titles, names and function words. Openings that
name the film and variants of a name point at names by nature, and are counted apart.
"""

from __future__ import annotations

import random
from collections import Counter
from statistics import fmean, median

from benchmarks.command_line import command_line
from evals.derive.corpora import data_folder, texts
from service.detectors import Analysis, Finding, Subject, analyse, detect
from service.document import parse

REVIEWS = 500
SHORTEST = 150  # words
NAMING = frozenset({"name_variant", "repeated_opening"})


def hollow(analysis: Analysis, finding: Finding) -> bool:
    """Tell whether no span of the finding holds a telling word."""
    return not any(
        word.content and any(span.overlaps(word.span) for span in finding.spans) for word in analysis.words
    )


def main() -> None:
    """Print the figures."""
    command_line("bench_quiet", __doc__).parse_args()
    if not data_folder().is_dir():
        print(f"skipped: no development data at {data_folder()}")
        return
    every = [t for t in texts() if t.kind == "human" and len(t.text.split()) > SHORTEST]
    reviews = random.Random(3).sample(every, min(REVIEWS, len(every)))
    rates: list[float] = []
    kinds: Counter[str] = Counter()
    empty: Counter[str] = Counter()
    words = 0
    for review in reviews:
        document = parse(review.text)
        analysis = analyse(document, Subject())
        findings = detect(document, Subject(), analysis=analysis)
        words += len(analysis.words)
        rates.append(1000 * sum(f.level == "must" for f in findings) / max(1, len(analysis.words)))
        kinds.update(f"{f.kind} {f.level}" for f in findings)
        empty.update(f.kind for f in findings if hollow(analysis, f))
    print(f"{len(reviews)} human reviews, must in 1,000 words:", end=" ")
    print(f"median {median(rates):.2f}, mean {fmean(rates):.2f}")
    for kind, count in sorted(kinds.items()):
        print(f"  {kind:<28}{1000 * count / words:7.3f} in 1,000 words")
    naming = sum(n for kind, n in empty.items() if kind in NAMING)
    print(
        f"only names or function words: {empty.total() - naming}, and {naming} that tell of names themselves"
    )


if __name__ == "__main__":
    main()
