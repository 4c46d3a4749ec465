"""`leaked_instruction`: words meant for the writer or the model that were left standing in the copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from service.detectors.analysis import Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import data_lines
from service.document import Block

SAYS = {
    "seo": "talks of search engines",
    "assistant": "is an assistant speaking",
    "prompt": "repeats the instruction",
    "length": "states what was ordered",
    "placeholder": "is a place that was never filled",
    "article": "speaks of the article instead of the film",
}


class Leak(NamedTuple):
    """A line of `data/leaks.tsv`: one of `needs` must stand in a text for `pattern` to be tried."""

    family: str
    level: Level
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding for each instruction left in the prose."""
    blocks = analysis.document.prose
    lowered = [" ".join(b.text.lower().split()) for b in blocks]
    tried = _needed(leaks(), "\n".join(lowered))
    pairs = zip(blocks, lowered, strict=True)
    return [f for block, text in pairs for f in _found(block, _needed(tried, text))]


def _needed(tried: Sequence[Leak], text: str) -> list[Leak]:
    present = {need for need in {n for leak in tried for n in leak.needs} if need in text}
    return [leak for leak in tried if not present.isdisjoint(leak.needs)]


def _found(block: Block, tried: Sequence[Leak]) -> Iterator[Finding]:
    """Yield the block's findings, of those that overlap the first."""
    matches = [(m.span(), leak, m.group()) for leak in tried for m in leak.pattern.finditer(block.text)]
    at = 0
    for (start, end), leak, text in sorted(matches, key=lambda item: item[0]):
        if start < at or end <= start:
            continue
        at = end
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
