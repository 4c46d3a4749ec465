"""Findings of kind `house_style`: one for each place; `preferred` in the evidence says what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from service.detectors.finding import Finding, Level
from service.detectors.house_style.style import HouseStyle
from service.document import EDITABLE, Block, Document, Span
from service.films import JSON

KIND = "house_style"
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def find(document: Document, style: HouseStyle, *, titles: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Return what in the prose is not as the house writes it, numbered h1, h2, … in order.

    Quotations and the film's titles keep their own words.
    """
    instead = {t.lower(): v for t, v in style.replacements.items()}
    replaced, banned = _pattern(instead), _pattern(style.banned)
    reasons = {t.lower(): why for t, why in style.banned.items()}
    found: list[Finding] = []
    for block in document.blocks:
        if block.kind in EDITABLE:
            apart = _apart(block.text, titles)
            found += _replaced(block, replaced, instead, apart)
            found += _banned(block, banned, reasons, apart)
            found += _long(block, style.sentence_words)
    found.sort(key=lambda f: f.spans)
    return tuple(
        Finding(f.kind, f.message, f.spans, f.level, f.evidence, f"h{i}") for i, f in enumerate(found, 1)
    )


def _pattern(terms: Mapping[str, str]) -> re.Pattern[str] | None:
    if not terms:
        return None
    longest = sorted(terms, key=lambda t: (-len(t), t))
    spaced = "|".join(r"\s+".join(map(re.escape, t.split())) for t in longest)
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])", re.IGNORECASE)


def _apart(text: str, titles: tuple[str, ...]) -> list[tuple[int, int]]:
    named = (m.span() for t in titles for m in re.finditer(re.escape(t), text))
    return [*named, *(m.span() for m in QUOTED.finditer(text))]


def _places(
    block: Block, pattern: re.Pattern[str] | None, apart: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    for m in pattern.finditer(block.text) if pattern else ():
        if not any(s < m.end() and m.start() < e for s, e in apart):
            yield m


def _span(block: Block, start: int, end: int) -> Span:
    return Span(block.offsets.starts[start], block.offsets.ends[end - 1])


def _finding(message: str, span: Span, level: Level, **evidence: JSON) -> Finding:
    return Finding(KIND, message, (span,), level, MappingProxyType(evidence))


def _replaced(
    block: Block, pattern: re.Pattern[str] | None, instead: Mapping[str, str], apart: list[tuple[int, int]]
) -> Iterator[Finding]:
    for m in _places(block, pattern, apart):
        preferred = _cased(instead[" ".join(m.group().lower().split())], m.group())
        if preferred != m.group():
            message = f"The house writes ‘{preferred}’, not ‘{m.group()}’."
            span = _span(block, *m.span())
            yield _finding(message, span, Level.SHOULD, term=m.group(), preferred=preferred)


def _cased(preferred: str, found: str) -> str:
    """Return `preferred` with a capital where `found` has one and the house's own word has none."""
    if found.isupper() and len(found) > 1:
        return preferred.upper()
    return preferred[:1].upper() + preferred[1:] if found[:1].isupper() else preferred


def _banned(
    block: Block, pattern: re.Pattern[str] | None, reasons: Mapping[str, str], apart: list[tuple[int, int]]
) -> Iterator[Finding]:
    for m in _places(block, pattern, apart):
        why = reasons[" ".join(m.group().lower().split())]
        message = f"The house does not write ‘{m.group()}’{': ' + why if why else ''}."
        yield _finding(message, _span(block, *m.span()), Level.MUST, term=m.group())


def _long(block: Block, limit: int) -> Iterator[Finding]:
    for sentence in block.sentences if limit else ():
        words = len(sentence.words)
        if words > limit:
            message = f"{words} words in a sentence; the house's limit is {limit}."
            yield _finding(message, sentence.span, Level.MAY, words=words, limit=limit)
