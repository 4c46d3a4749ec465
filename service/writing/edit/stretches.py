"""A long document as stretches that are edited one after the other, so that an edit takes linear time.

A stretch begins at a heading where one comes in time, else at a paragraph, else (a list or a paragraph
that will not end) at a sentence. It reads alone as it does in the whole; where it does not, as with markup
that is explained elsewhere, it goes on to where the next would have ended.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.detectors import Finding
from service.document import Block, BlockKind, Document, Edit, Sentence, Span, parse
from service.writing.edit.result import Judged

LONG = 6_000  # words up to which a document is edited as one
AT_HEADING, AT_PARAGRAPH, AT_SENTENCE = 1_200, 1_800, 2_600  # words after which a stretch may end there
LEAST = 600  # words of the last stretch


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document's source from `start` on, read alone."""

    start: int
    document: Document


def stretches(document: Document, titles: Sequence[str] = ()) -> list[Stretch]:
    """Return the stretches in order; together they are the whole source."""
    found: list[Stretch] = []
    cuts = _cuts(document)
    start, sentences = 0, _Sentences(document)
    for cut in cuts[1:]:
        alone = parse(document.source[start:cut], document.format, titles=titles)
        if cut == cuts[-1] or sentences.same(alone, start):
            found.append(Stretch(start, alone))
            start = cut
    return found


def _cuts(document: Document) -> list[int]:
    """Return the offsets at which stretches begin, and the end of the source."""
    cuts, words = [0], 0
    for offset, needed, more in _boundaries(document):
        if words >= needed:
            cuts.append(offset)
            words = 0
        words += more
    if words < LEAST and len(cuts) > 1:
        cuts.pop()
    return [*cuts, len(document.source)]


def _boundaries(document: Document) -> Iterator[tuple[int, int, int]]:
    """Yield, for each sentence, where it begins (the first of a block, with the block), the words that a
    stretch must have to end there, and its own.
    """
    before: Block | None = None
    for block in document.prose:
        for i, sentence in enumerate(block.sentences):
            offset = sentence.span.start if i else block.span.start
            needed = AT_SENTENCE if i else _needed(before, block)
            yield offset, needed, len(sentence.words)
        before = block


def _needed(before: Block | None, block: Block) -> int:
    if before is not None and before.kind is BlockKind.HEADING:
        return AT_SENTENCE
    if block.kind is BlockKind.HEADING:
        return AT_HEADING
    return AT_PARAGRAPH if block.kind is BlockKind.PARAGRAPH else AT_SENTENCE


class _Sentences:
    """The sentences of a whole document, by their place."""

    def __init__(self, document: Document) -> None:
        self._all = document.all_sentences
        self._starts = [s.span.start for s in self._all]

    def same(self, alone: Document, start: int) -> bool:
        """Tell whether the document holds, from `start` on, the very sentences of `alone`."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, start + len(alone.source))
        return [_placed(s, start) for s in alone.all_sentences] == [
            _placed(s, 0) for s in self._all[first:last]
        ]


def _placed(sentence: Sentence, by: int) -> tuple[int, int, str]:
    return sentence.span.start + by, sentence.span.end + by, sentence.text


def moved(edit: Edit, by: int) -> Edit:
    """Return the edit of a stretch as one of the text that has `by` characters before it."""
    return replace(edit, span=Span(edit.span.start + by, edit.span.end + by))


def moved_all(judged: Sequence[Judged], by: int) -> list[Judged]:
    """Return the judged edits moved by as much."""
    return [replace(j, edit=moved(j.edit, by)) for j in judged]


def answering(edits: Sequence[Edit], findings: Sequence[Finding]) -> tuple[Edit, ...]:
    """Return the edits, in order, as answers to those of the whole's findings whose words they touch."""
    spans = sorted((s.start, s.end, k) for k, f in enumerate(findings) for s in f.spans)
    found, near, seen = [], [], 0
    for edit in edits:
        while seen < len(spans) and spans[seen][0] < edit.span.end:
            near.append(spans[seen])
            seen += 1
        near = [s for s in near if s[1] > edit.span.start]
        touched = sorted({k for start, _, k in near if start < edit.span.end})
        found.append(replace(edit, answers=tuple(findings[k].id for k in touched)))
    return tuple(found)
