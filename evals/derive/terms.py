"""Derive `service/detectors/data/terms.tsv`: words and word pairs that tell machine copy from human reviews.

    python -m evals.derive.terms

A term is a stem or two adjacent stems of one sentence, titles and names masked, figures left out. Rates are
shares of equal windows that hold it; the machine rate is the mean over the groups, so that no group makes a
term by its size. A *stock* term (weight above 0) is over-represented in machine copy, stands in several
groups, films and origins, and stays over-represented when the group that uses it most is left out: what
depends on a film, a model or a site stays out. A *plain* term (weight below 0) is one that people use more
than any group of machine copy does. Annotated texts and the control group are not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

from evals.derive.corpora import ROOT, Stems, Window, annotated, texts, windows

OUT = ROOT / "service" / "detectors" / "data" / "terms.tsv"
GROUPS = (
    "llm_alpaca_cinema",
    "llm_alpaca_scifi",
    "llm_blog_template",
    "llm_llmmr",
    "llm_slopscore_film",
    "seo_location",
    "seo_pages",
)
SMOOTHING = 30  # empty windows added to each group
LEAST_RATE = 0.002  # added to both rates
LEAST_WINDOWS, LEAST_GROUPS, LEAST_FILMS, LEAST_ORIGINS = 8, 3, 4, 4
STOCK, STOCK_ELSEWHERE = 1.0, 0.5  # least log ratio, over all groups and without the greatest
PLAIN, PLAIN_FILMS = -0.5, 6  # greatest log ratio of the greatest group, least human films
MOST, LEAST = 3.0, -2.0  # no term weighs more than that


@dataclass(slots=True)
class Tally:
    """In how many windows a term stands, by group (`human` is one), in which films and origins."""

    groups: Counter[str] = field(default_factory=Counter)
    films: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)
    human_films: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Term:
    """A term with the counts that justify its weight."""

    text: str
    weight: float
    machine: int
    human: int
    groups: int
    films: int


def terms_of(sentences: Iterable[Stems]) -> set[str]:
    """Return the stems and pairs of adjacent stems; MASKED and figures part a sentence.

    >>> sorted(terms_of([("a", "rich", "", "tapestri")]))
    ['a', 'a rich', 'rich', 'tapestri']
    """
    out: set[str] = set()
    for row in sentences:
        last = ""
        for stem in row:
            if not stem or stem[0].isdigit():
                last = ""
                continue
            out.add(stem)
            if last:
                out.add(f"{last} {stem}")
            last = stem
    return out


def derive(every: Sequence[Window]) -> list[Term]:
    """Return the terms that the windows justify, the weightiest first."""
    sizes: Counter[str] = Counter()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for window in every:
        text = window.text
        group = "human" if text.kind == "human" else text.group
        if group != "human" and group not in GROUPS:
            continue
        sizes[group] += 1
        for term in terms_of(window.sentences):
            tally = tallies[term]
            tally.groups[group] += 1
            if group == "human":
                tally.human_films.add(text.film)
            else:
                tally.films.add(text.film)
                tally.origins.add(text.origin)
    found = [t for text, tally in tallies.items() if (t := _term(text, tally, sizes))]
    return sorted(found, key=lambda t: (-t.weight, t.text))


def _term(text: str, tally: Tally, sizes: Counter[str]) -> Term | None:
    weight = _stock(tally, sizes) or _plain(tally, sizes)
    if not weight:
        return None
    human = tally.groups["human"]
    groups = sum(1 for g in GROUPS if tally.groups[g])
    return Term(text, weight, tally.groups.total() - human, human, groups, len(tally.films))


def _stock(tally: Tally, sizes: Counter[str]) -> float:
    """Return the weight of a stock term, 0 where its counts don't justify one."""
    enough = tally.groups.total() - tally.groups["human"] >= LEAST_WINDOWS
    groups = sum(1 for g in GROUPS if tally.groups[g])
    spread = (
        groups >= LEAST_GROUPS and len(tally.films) >= LEAST_FILMS and len(tally.origins) >= LEAST_ORIGINS
    )
    if not (enough and spread):
        return 0.0
    rates = _rates(tally, sizes)
    everywhere = _log_ratio(sum(rates) / len(rates), tally, sizes)
    elsewhere = _log_ratio(sum(rates[:-1]) / max(1, len(rates) - 1), tally, sizes)
    if everywhere < STOCK or elsewhere < STOCK_ELSEWHERE:
        return 0.0
    return min(MOST, (everywhere + elsewhere) / 2)


def _plain(tally: Tally, sizes: Counter[str]) -> float:
    """Return the (negative) weight of a term that people use more than any group of machine copy."""
    if len(tally.human_films) < PLAIN_FILMS or tally.groups.total() < LEAST_WINDOWS:
        return 0.0
    weight = _log_ratio(_rates(tally, sizes)[-1], tally, sizes)
    return max(LEAST, weight) if weight < PLAIN else 0.0


def _rates(tally: Tally, sizes: Counter[str]) -> list[float]:
    return sorted(tally.groups[g] / (sizes[g] + SMOOTHING) for g in GROUPS if sizes[g])


def _log_ratio(rate: float, tally: Tally, sizes: Counter[str]) -> float:
    human = tally.groups["human"] / max(1, sizes["human"])
    return log((rate + LEAST_RATE) / (human + LEAST_RATE))


def main() -> None:
    """Write the table."""
    every = list(windows(texts(held_out=annotated())))
    human = sum(1 for w in every if w.text.kind == "human")
    machine = sum(1 for w in every if w.text.group in GROUPS)
    header = (
        "# Derived by `python -m evals.derive.terms` from the development corpora: stems and pairs of stems\n"
        f"# that tell {machine} windows of machine and SEO copy from {human} of human reviews.\n"
        "# term, weight (log ratio of rates; below 0: people use it more), machine windows, human windows,\n"
        "# machine groups, films\n"
    )
    rows = [f"{t.text}\t{t.weight:.2f}\t{t.machine}\t{t.human}\t{t.groups}\t{t.films}" for t in derive(every)]
    OUT.write_text(header + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
