"""A candidate's text as an edit of the source, markup between its words left where it is."""

from __future__ import annotations

import difflib
import re

from service.document import Edit, Format, Sentence, Span
from service.writing.edit.place import Candidate, Place

PIECE = re.compile(r"\s+|[^\W_]+(?:['’\-‑][^\W_]+)*|.", re.DOTALL)


def as_edit(place: Place, candidate: Candidate) -> Edit | None:
    """Return the edit that puts the candidate's text in the sentence's place; None where nothing
    changes or the sentence may not be dropped.
    """
    if candidate.text == place.text:
        return None
    if not candidate.text:
        span = drop_span(place)
        if span is None:
            return None
        after = ""
    else:
        changed = replaced(place.document.source, place.sentence, candidate.text)
        if changed is None:
            return None
        span, after = changed
    before = span.of(place.document.source)
    return Edit(
        "", span, before, after, candidate.operation, candidate.origin, candidate.reason, candidate.answers
    )


def replaced(source: str, sentence: Sentence, text: str) -> tuple[Span, str] | None:
    """Return the span to replace and its new source so that the sentence reads `text`."""
    a, b = PIECE.findall(sentence.text), PIECE.findall(text)
    places = [0]
    for piece in a:
        places.append(places[-1] + len(piece))
    changes: list[tuple[Span, str]] = []
    for op, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op != "equal":
            span = _source_span(sentence, places[i], places[j])
            changes.append((span, "".join(b[k:m])))
    if not changes:
        return None
    whole = Span(changes[0][0].start, changes[-1][0].end)
    out: list[str] = []
    at = whole.start
    for span, new in changes:
        out += (source[at : span.start], new)
        at = span.end
    return whole, "".join(out)


def _source_span(sentence: Sentence, start: int, end: int) -> Span:
    if start < end:
        return sentence.source_span(start, end)
    if start == 0:
        return Span(sentence.span.start, sentence.span.start)
    at = sentence.source_span(start - 1, start).end
    return Span(at, at)


def drop_span(place: Place) -> Span | None:
    """Return what to cut so that the sentence goes: it and the space behind it, or before it where it
    is the last; the whole paragraph where it is the only one and its section has another.
    """
    block, i = place.block, place.index
    mine = place.sentence.span
    if i + 1 < len(block.sentences):
        return Span(mine.start, block.sentences[i + 1].span.start)
    if i > 0:
        return Span(block.sentences[i - 1].span.end, mine.end)
    return _paragraph_span(place)


def _paragraph_span(place: Place) -> Span | None:
    document, block = place.document, place.block
    if block.kind != "paragraph" or document.format is Format.HTML:
        return None
    before, after = place.around
    if not any(b is not None and b.kind == "paragraph" for b in place.around):
        return None
    if after is not None:
        return Span(block.span.start, after.span.start)
    return Span(before.span.end, block.span.end) if before is not None else None
