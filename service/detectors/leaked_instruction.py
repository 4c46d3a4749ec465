"""`leaked_instruction`: words meant for the writer or the model that were left standing in the copy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from service.detectors.analysis import Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import data_lines
from service.document import Block
from service.films.vocabulary import pieces

SAYS = {
    "seo": "talks of search engines",
    "assistant": "is an assistant speaking",
    "prompt": "repeats the instruction",
    "length": "states what was ordered",
    "placeholder": "is a place that was never filled",
    "article": "speaks of the article instead of the film",
}


class Leak(NamedTuple):
    """A line of `data/leaks.tsv`: one of `needs` must stand in a block for `pattern` to be tried."""

    family: str
    level: Level
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding for each instruction left in the prose."""
    blocks, tried = analysis.document.prose, _tried(analysis)
    return [f for number in sorted(tried) for f in _found(blocks[number], tried[number])]


def _tried(analysis: Analysis) -> dict[int, set[int]]:
    """Return for the blocks in which something stands that a leak needs the numbers of those leaks."""
    words, marks = _needs()
    tried: dict[int, set[int]] = {}
    where = analysis.where
    whole = [(fold, fold) for fold in words.keys() & where.keys()]
    parts = [(fold, word) for fold in where if not fold.isalnum() for word in pieces(fold) if word in words]
    for fold, word in (*whole, *parts):
        for i in where[fold]:
            number = analysis.sentences[analysis.words[i].sentence].block
            tried.setdefault(number, set()).update(words[word])
    for number, block in enumerate(analysis.document.prose):
        for mark in marks:
            if mark in block.text:
                tried.setdefault(number, set()).update(marks[mark])
    return tried


def _found(block: Block, tried: Iterable[int]) -> Iterator[Finding]:
    """Yield the block's findings, of those that overlap the first."""
    known = leaks()
    matches = [(m.span(), k, m.group()) for k in tried for m in known[k].pattern.finditer(block.text)]
    at = 0
    for (start, end), k, text in sorted(matches):
        if start < at or end <= start:
            continue
        at, leak = end, known[k]
        message = f"‘{' '.join(text.split())}’ {SAYS[leak.family]}: it is not meant for readers."
        span = block.offsets.span(start, end)
        yield Finding("leaked_instruction", message, (span,), leak.level, {"family": leak.family})


@cache
def leaks() -> tuple[Leak, ...]:
    """Return the lines of `data/leaks.tsv`; a space in a pattern is any white space."""
    rows = [line.split("\t") for line in data_lines("leaks.tsv")]
    return tuple(
        Leak(family, Level(level), tuple(needs.split("|")), _compiled(pattern))
        for family, level, needs, pattern in rows
    )


@cache
def _needs() -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]:
    """Return the words and the marks that leaks need, each with the numbers of those leaks."""
    words: dict[str, list[int]] = {}
    marks: dict[str, list[int]] = {}
    for number, leak in enumerate(leaks()):
        for need in leak.needs:
            (words if need.isalnum() else marks).setdefault(need, []).append(number)
    return words, marks


def _compiled(pattern: str) -> re.Pattern[str]:
    spaced = pattern.replace(" ?", "\0").replace(" ", r"\s+").replace("\0", r"\s?")
    return re.compile(spaced, re.IGNORECASE | re.MULTILINE)


EXAMPLES = (
    Example("It is an SEO friendly movie worth a look.", ("SEO friendly movie",)),
    Example("As an AI language model, I have not seen the harbour.", ("As an AI language model",)),
    Example("In this 500-word article nobody drowns.", ("In this 500-word article",)),
    Example("The part went to [insert name], who swims.", ("[insert name]",)),
    Example("Here is your article on the diver:", ("Here is your article",)),
    Example("Word count: 512", ("Word count: 5",)),
    Example("In this article, we will dive.", ("In this article, we will",)),
    Example("He plays an AI that writes articles. The search engine finds nobody, and Sure, she lies."),
    Example("She reads the article in the paper. Here is a film [sic] in 90 minutes, and in so many words."),
)

DETECTOR = Detector("leaked_instruction", find, EXAMPLES)
