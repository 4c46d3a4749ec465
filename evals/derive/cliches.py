"""Derive `service/detectors/data/cliches.tsv`: the seeds of `families.toml` that the corpora justify.

    python -m evals.derive.cliches

Each pattern is counted in equal windows of machine copy and of human reviews. The machine rate is the
mean of its rates in the groups of film copy, each smoothed by SMOOTHING empty windows, so that no group
makes an entry by its size; an entry must stand in several groups, films and origins (models or sites).
Texts that are annotated for clichés and the control group are not counted.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from pathlib import Path

from evals.derive.corpora import ROOT, Text, Window, annotated, texts, windows
from service.detectors.slots import PatternIndex, compile_pattern, index_of, key

CLASS = re.compile(r"\$([a-z]+)")
SEEDS = Path(__file__).with_name("families.toml")
OUT = ROOT / "service" / "detectors" / "data" / "cliches.tsv"
FILM_GROUPS = (
    "llm_alpaca_cinema",
    "llm_alpaca_scifi",
    "llm_llmmr",
    "llm_slopscore_film",
    "seo_location",
    "seo_pages",
)
SMOOTHING = 50
LEAST_RATE = 0.0003  # added to both rates: about one window in three thousand
LEAST_WINDOWS, LEAST_GROUPS, LEAST_FILMS, LEAST_ORIGINS = 3, 2, 3, 3
# (level, least log ratio, greatest human rate); the first that holds is the entry's level
LEVELS = (("must", 2.9, 0.004), ("should", 2.0, 0.012), ("may", 1.2, 0.03))
# A pattern that too few windows, groups, films or origins hold: the family vouches for it, if people don't
# use it.
RARE = ("should", 0.0005)
# A word of a slot that people use about as often as machines is taken out of it.
WORD_RATIO = 1.2


@dataclass(slots=True)
class Tally:
    """In how many windows an entry stands, by group (`human` is one), and in which films and origins."""

    groups: Counter[str] = field(default_factory=Counter)
    films: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)

    @property
    def human(self) -> int:
        """Return the number of human windows."""
        return self.groups["human"]

    @property
    def machine(self) -> int:
        """Return the number of machine windows."""
        return self.groups.total() - self.human

    @property
    def machine_groups(self) -> int:
        """Return the number of machine groups."""
        return sum(1 for g, n in self.groups.items() if n and g != "human")

    def add(self, text: Text, group: str) -> None:
        """Count a window of `text`."""
        self.groups[group] += 1
        if group != "human":
            self.films.add(text.film)
            self.origins.add(text.origin)


@dataclass(frozen=True, slots=True)
class Counts:
    """The tallies of all entries and the number of windows in each group."""

    sizes: Counter[str]
    tallies: Mapping[int, Tally]
    words: Mapping[tuple[int, int, str], Tally]

    def human_rate(self, tally: Tally) -> float:
        """Return the share of human windows that hold the entry."""
        return tally.human / max(1, self.sizes["human"])

    def machine_rate(self, tally: Tally) -> float:
        """Return the mean over the film groups of the smoothed share of windows that hold the entry."""
        present = [g for g in FILM_GROUPS if self.sizes[g]]
        return sum(tally.groups[g] / (self.sizes[g] + SMOOTHING) for g in present) / max(1, len(present))

    def ratio(self, tally: Tally) -> float:
        """Return the natural logarithm of machine rate to human rate."""
        return log((self.machine_rate(tally) + LEAST_RATE) / (self.human_rate(tally) + LEAST_RATE))


def seeds() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return what each family says, and the (family, pattern) pairs in order."""
    table = tomllib.loads(SEEDS.read_text("utf-8"))
    classes = table.pop("classes")
    return (
        {family: row["says"] for family, row in table.items()},
        [(family, expand(p, classes)) for family, row in table.items() for p in row["patterns"]],
    )


def expand(pattern: str, classes: Mapping[str, str]) -> str:
    """Return `pattern` with each `$name` replaced by the words of that class."""
    return CLASS.sub(lambda m: classes[m.group(1)], pattern)


def count(index: PatternIndex, every: Iterable[Window]) -> Counts:
    """Return in how many windows each pattern of `index`, and each word of its slots, stands."""
    sizes: Counter[str] = Counter()
    tallies: dict[int, Tally] = defaultdict(Tally)
    words: dict[tuple[int, int, str], Tally] = defaultdict(Tally)
    for window in every:
        group = "human" if window.text.kind == "human" else window.text.group
        sizes[group] += 1
        hits = [(hit, stems) for stems in window.sentences for hit in index.find(stems)]
        for pattern in {hit.pattern for hit, _ in hits}:
            tallies[pattern].add(window.text, group)
        filled = {(h.pattern, k, stems[at]) for h, stems in hits for k, at in enumerate(h.filled)}
        for word in filled:
            words[word].add(window.text, group)
    return Counts(sizes, tallies, words)


def pruned(pattern: str, number: int, counts: Counts) -> str:
    """Return the pattern without the slot words that people use as machines do; "" where a slot empties."""
    parts: list[str] = []
    slot = -1
    for part in pattern.split():
        if not part.strip("."):
            parts.append(part)
            continue
        slot += 1
        words = part.split("|")
        kept = words if len(words) == 1 else [w for w in words if _telling(counts, (number, slot, key(w)))]
        if not kept:
            return ""
        parts.append("|".join(dict.fromkeys(kept)))
    return " ".join(parts)


def _telling(counts: Counts, word: tuple[int, int, str]) -> bool:
    tally = counts.words.get(word)
    return tally is None or not tally.human or (tally.machine > 0 and counts.ratio(tally) >= WORD_RATIO)


def steady(tally: Tally) -> bool:
    """Tell whether enough windows, groups, films and origins hold the entry for its counts to speak."""
    return (
        tally.machine >= LEAST_WINDOWS
        and tally.machine_groups >= LEAST_GROUPS
        and len(tally.films) >= LEAST_FILMS
        and len(tally.origins) >= LEAST_ORIGINS
    )


def level(counts: Counts, tally: Tally) -> str:
    """Return the entry's level, or "" where its counts don't justify it."""
    ratio, human = counts.ratio(tally), counts.human_rate(tally)
    if steady(tally):
        return next((n for n, least, most in LEVELS if ratio >= least and human <= most), "")
    return RARE[0] if tally.machine and human <= RARE[1] else ""


def rows(counts: Counts, entries: Sequence[tuple[str, str]]) -> list[str]:
    """Return the lines of the entries that are justified, or vouched for by their family."""
    tallies = [counts.tallies.get(i, Tally()) for i in range(len(entries))]
    levels = [level(counts, tally) for tally in tallies]
    vouched = {family for i, (family, _) in enumerate(entries) if levels[i] and steady(tallies[i])}
    out = []
    for i, (family, pattern) in enumerate(entries):
        if levels[i] and family in vouched:
            t = tallies[i]
            numbers = (
                t.machine,
                t.human,
                f"{counts.ratio(t):.2f}",
                t.machine_groups,
                len(t.films),
                len(t.origins),
            )
            out.append("\t".join((family, levels[i], pattern, *map(str, numbers))))
    return out


def header(counts: Counts) -> str:
    """Return the header: origin, what was counted, the columns."""
    machine = sum(n for g, n in counts.sizes.items() if g != "human")
    groups = ", ".join(f"{g} {n}" for g, n in sorted(counts.sizes.items()))
    return (
        "# Derived by `python -m evals.derive.cliches` from evals/derive/families.toml and the development"
        " corpora.\n"
        f"# Windows of 280 words: {machine} of machine and SEO copy, {counts.sizes['human']} of human reviews"
        f" ({groups}).\n"
        "# A family's line: @family, what it says. An entry's line: family, level, pattern, machine windows,"
        " human windows,\n"
        "# log ratio of mean group rate to human rate, machine groups, films, origins (models or sites).\n"
    )


def derive(every: Sequence[Window]) -> str:
    """Return the table that the windows justify: count, take out the words that tell nothing, count again."""
    says, entries = seeds()
    counts = count(index_of(compile_pattern(pattern) for _, pattern in entries), every)
    entries = [(family, pruned(pattern, i, counts)) for i, (family, pattern) in enumerate(entries)]
    entries = [(family, pattern) for family, pattern in entries if pattern]
    counts = count(index_of(compile_pattern(pattern) for _, pattern in entries), every)
    lines = rows(counts, entries)
    kept = {line.split("\t")[0] for line in lines}
    families = [f"@{family}\t{text}" for family, text in says.items() if family in kept]
    return header(counts) + "\n".join((*families, *lines)) + "\n"


def main() -> None:
    """Write the table."""
    OUT.write_text(derive(list(windows(texts(held_out=annotated("cliche"))))), "utf-8")


if __name__ == "__main__":
    main()
