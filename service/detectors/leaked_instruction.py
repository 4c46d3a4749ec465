"""`leaked_instruction`: words meant for the writer or the model that were left standing in the copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from service.detectors.analysis import Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import data_lines
from service.document import Block, Span

SAYS = {
    "seo": "talks of search engines",
    "assistant": "is an assistant speaking",
    "prompt": "repeats the instruction",
    "length": "states what was ordered",
    "placeholder": "is a place that was never filled",
    "article": "speaks of the article instead of the film",
}


def find(analysis: Analysis) -> list[Finding]:
    """Return one finding for each instruction left in the prose."""
    return [finding for block in analysis.document.prose for finding in _found(block)]


def _found(block: Block) -> Iterator[Finding]:
    families, pattern = patterns()
    for match in pattern.finditer(block.text):
        family, level = families[int((match.lastgroup or "g0")[1:])]
        shown = " ".join(match.group().split())
        span: Span = block.offsets.span(*match.span())
        message = f"‘{shown}’ {SAYS[family]}: it is not meant for readers."
        yield Finding("leaked_instruction", message, (span,), level, {"family": family})


@cache
def patterns() -> tuple[tuple[tuple[str, Level], ...], re.Pattern[str]]:
    """Return family and level of each line of `data/leaks.tsv`, and all its patterns as one."""
    rows = [line.split("\t") for line in data_lines("leaks.tsv")]
    spaced = (row[2].replace(" ?", "\0").replace(" ", r"\s+").replace("\0", r"\s?") for row in rows)
    every = "|".join(f"(?P<g{i}>{p})" for i, p in enumerate(spaced))
    return tuple((r[0], Level(r[1])) for r in rows), re.compile(every, re.IGNORECASE | re.MULTILINE)


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
