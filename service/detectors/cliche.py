"""cliche: stock phrases of film copy, counted as different clichés, not as hits.

Entries and their families are data (`data/cliches.tsv`), derived by `evals/derive/cliches.py` from machine
copy held against human reviews. One finding a family, with all places where the text uses it. One such
phrase alone is no `must`: of 280-word windows by people 7.4% hold one, 0.3% two, of windows of film
copy by language models 71% two.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from service.detectors.analysis import UNMASKED, Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import TELLING, function_words, information
from service.detectors.slots import Pattern, PatternIndex, compile_pattern, index_of

KIND = "cliche"
ORDER = {"must": 0, "should": 1, "may": 2}
BLANK = ""
SEVERAL = 2  # families of level `must` from which each is one: people use a single such phrase now and then


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern of a family with the counts that justify it: windows of machine copy and of human
    reviews that hold it, and the logarithm of the ratio of their rates; `telling` says that whatever fills
    it holds a telling word.
    """

    family: str
    level: Level
    pattern: str
    machine: int
    human: int
    ratio: float
    telling: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries, their index, and what each family says of itself."""

    entries: tuple[Entry, ...]
    index: PatternIndex
    says: Mapping[str, str]


class Use(NamedTuple):
    """A cliché in the text: the entry and the words `[start, end)` of the analysis."""

    entry: Entry
    start: int
    end: int
    sentence: int


@cache
def lexicon() -> Lexicon:
    """Return the derived clichés."""
    table = resources.files("service.detectors").joinpath("data", "cliches.tsv").read_text("utf-8")
    entries: list[Entry] = []
    patterns: list[Pattern] = []
    says: dict[str, str] = {}
    for line in table.splitlines():
        cells = line.split("\t")
        if line.startswith("@"):
            says[cells[0][1:]] = cells[1]
        elif line and not line.startswith("#"):
            family, level, text, machine, human, ratio = cells[:6]
            patterns.append(compile_pattern(text))
            counts = int(machine), int(human), float(ratio)
            entries.append(Entry(family, Level(level), text, *counts, _tells(patterns[-1])))
    return Lexicon(tuple(entries), index_of(patterns), says)


def _tells(pattern: Pattern) -> bool:
    """Tell whether a slot of the pattern takes telling words alone."""
    functions = frozenset(function_words().values())
    return any(
        all(s not in functions and information(s) >= TELLING for s in slot.stems) for slot in pattern.slots
    )


def uses(analysis: Analysis) -> list[Use]:
    """Return the clichés of a text in order, without overlaps: the longer match wins, then the surer."""
    known = lexicon()
    out: list[Use] = []
    for number, sentence in enumerate(analysis.sentences):
        stems, places = _stems(analysis, sentence.start, sentence.end)
        found = [
            Use(known.entries[hit.pattern], places[hit.start], places[hit.end - 1] + 1, number)
            for hit in known.index.find(stems)
        ]
        found = [u for u in found if sentence.heading or not _is_name(analysis, u, sentence.start)]
        out += _apart([u for use in found if (u := use if use.entry.telling else _telling(analysis, use))])
    return out


def _telling(analysis: Analysis, use: Use) -> Use | None:
    """Return the use with what it leads to, where it holds no telling word itself ("even in the most …")."""
    told = analysis.telling(use.start, use.end)
    if told is None:
        return None
    return use if told[1] == use.end else use._replace(end=told[1])


def _is_name(analysis: Analysis, use: Use, first: int) -> bool:
    """Tell whether it is written as names are, in capitals amid a sentence: an award's category, say."""
    if use.start == first or not analysis.words[use.end - 1].text[0].isupper():
        return False
    content = [w for w in analysis.words[use.start : use.end] if w.content]
    return len(content) > 1 and all(w.text[0].isupper() for w in content)


def _stems(analysis: Analysis, start: int, end: int) -> tuple[list[str], list[int]]:
    """Return the stems of the words and where they stand; a title or name is one blank."""
    stems, masks = analysis.columns.stems, analysis.columns.masks
    places = analysis.units(start, end)
    return [stems[i] if masks[i] == UNMASKED else BLANK for i in places], places


def _apart(found: Sequence[Use]) -> list[Use]:
    """Return the uses without overlaps; one that overlaps its own family's joins it."""
    if all(one.end <= other.start for one, other in pairwise(found)):
        return list(found)
    kept: list[Use] = []  # in order and apart, so that those that a use meets lie side by side
    for use in sorted(found, key=lambda u: (u.start - u.end, ORDER[u.entry.level], -u.entry.ratio, u.start)):
        low = bisect_right(kept, use.start, key=_end)
        high = bisect_left(kept, use.end, lo=low, key=_start)
        if low == high:
            kept.insert(low, use)
        elif high - low == 1 and kept[low].entry.family == use.entry.family:
            start, end = min(use.start, kept[low].start), max(use.end, kept[low].end)
            kept[low] = kept[low]._replace(start=start, end=end)
    return kept


def _start(use: Use) -> int:
    return use.start


def _end(use: Use) -> int:
    return use.end


def find(analysis: Analysis) -> Sequence[Finding]:
    """Return one finding for each family of clichés in the text."""
    families: dict[str, list[Use]] = {}
    for use in uses(analysis):
        families.setdefault(use.entry.family, []).append(use)
    best = {family: _best(group) for family, group in families.items()}
    alone = sum(e.level is Level.MUST for e in best.values()) < SEVERAL
    return [
        _finding(analysis, best[family], group, Level.SHOULD if alone else Level.MUST)
        for family, group in families.items()
    ]


def _best(group: Sequence[Use]) -> Entry:
    if len(group) == 1:
        return group[0].entry
    return min((u.entry for u in group), key=lambda e: (ORDER[e.level], -e.ratio))


def _finding(analysis: Analysis, best: Entry, group: Sequence[Use], most: Level) -> Finding:
    spans = tuple(analysis.span(u.start, u.end) for u in group)
    family = best.family
    also = f" ({len(spans)} times)" if len(spans) > 1 else ""
    return Finding(
        KIND,
        f"‘{analysis.text(spans[0])}’{also} {lexicon().says[family]}.",
        spans,
        max(best.level, most, key=ORDER.__getitem__),
        {
            "family": family,
            "entries": [
                {"pattern": e.pattern, "machine": e.machine, "human": e.human, "log_ratio": e.ratio}
                for e in {u.entry.pattern: u.entry for u in group}.values()
            ],
        },
    )


EXAMPLES = (
    Example(
        "It left an indelible mark on crime films and stays with viewers long after the credits roll.",
        ("left an indelible mark on", "long after the credits roll"),
    ),
    Example("It is a testament to her skill.", ("is a testament to her skill",)),
    Example("The bullet left a hole in the wall, and the credits list forty stunt men."),
    Example("It won the Prize for Best Visual Storytelling, and one for its visual effects."),
    Example("His last will and testament names the butler."),
)
DETECTOR = Detector(KIND, find, EXAMPLES)
