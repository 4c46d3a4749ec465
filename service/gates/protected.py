"""`protected`: protected terms stay as often as they stood, the keyphrase where it was and within
its density bounds (0.5-3% of words, or what it was before).
"""

from __future__ import annotations

import re
from itertools import chain

from service.document import BlockKind, Document, fold
from service.gates.gate import Change, Rule

LEAST, MOST = 0.005, 0.03


def refuses(change: Change) -> str:
    """Return the first protected term or place of the keyphrase that the change harms."""
    for term in change.protect:
        before, after = change.before.source.count(term), change.after.source.count(term)
        if term and after < before:
            return f"protected term {term!r} stands {after} times, not {before}"
    phrase = change.subject.keyphrase
    return _keyphrase(change, phrase) if phrase and change.whole else ""


def _keyphrase(change: Change, phrase: str) -> str:
    pattern = _pattern(phrase)
    old, new = _places(change.before, pattern), _places(change.after, pattern)
    for place, stood in old.items():
        if stood and not new[place]:
            return f"the keyphrase no longer stands in {place}"
    before, after = density(change.before, phrase), density(change.after, phrase)
    if after > max(MOST, before):
        return f"the keyphrase would make up {after:.1%} of the words"
    if after < min(LEAST, before):
        return f"the keyphrase would make up only {after:.2%} of the words"
    return ""


def _places(document: Document, pattern: re.Pattern[str]) -> dict[str, bool]:
    headings = [b.text for b in document.prose if b.kind is BlockKind.HEADING]
    paragraphs = [b.text for b in document.prose if b.kind is BlockKind.PARAGRAPH]
    return {
        "the title": any(pattern.search(fold(t)) for t in headings[:1]),
        "the first paragraph": any(pattern.search(fold(t)) for t in paragraphs[:1]),
        "a heading": any(pattern.search(fold(t)) for t in headings),
        "the text": any(pattern.search(fold(t)) for t in chain(headings, paragraphs)),
    }


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(phrase))}(?!\w)")


def density(document: Document, phrase: str) -> float:
    """Return the share of the document's words that the keyphrase makes up; LEAST to MOST are its bounds."""
    pattern = _pattern(phrase)
    times = sum(len(pattern.findall(fold(b.text))) for b in document.prose)
    return times * len(phrase.split()) / max(1, document.words)


GATE = Rule("protected", refuses)
