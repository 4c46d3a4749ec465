"""Lines that name a field and its value ("Director: X", a table's row) as the sentences they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from service.document import Block, BlockKind, OffsetMap, Sentence, Span, fold
from service.facts.words import lines

LONGEST = 400  # characters of a line; what is longer is prose with a colon in it
LINE = re.compile(r"\s*(?P<label>[^:\t\n]{2,40}?)\s*(?::|\t)\s*(?P<value>\S[^\t\n]*?)\s*$")


@lru_cache(maxsize=1)
def statements() -> dict[str, tuple[str, str]]:
    """Return, for each folded label, what stands before and after the value in the sentence that it means."""
    out = {}
    for line in lines("field_lines.tsv"):
        labels, before, after = line.split("\t")
        out.update(dict.fromkeys(labels.split(";"), (before, after)))
    return out


def sentences_of(block: Block) -> Iterator[Sentence]:
    """Yield the block's sentences; a line that names a field and its value as the statement that it makes.

    Of a table, rows of two cells with such a label are read, and nothing else.
    """
    if block.kind is BlockKind.TABLE:
        yield from _rows(block)
        return
    for sentence in block.sentences:
        yield stated(sentence.text, sentence.offsets) or sentence


def _rows(block: Block) -> Iterator[Sentence]:
    at = 0
    for row in block.text.split("\n"):
        if row.count("\t") == 1:
            sentence = stated(row, block.offsets.part(at, at + len(row)))
            if sentence is not None:
                yield sentence
        at += len(row) + 1


def stated(text: str, offsets: OffsetMap) -> Sentence | None:
    """Return the statement that a line makes about the film, None where it is none of a known label.

    The words put before the value stand at its label, those after it at its end, so that every offset of
    the value leads to the source.
    """
    m = LINE.match(text) if len(text) <= LONGEST and (":" in text or "\t" in text) else None
    made = statements().get(fold(m.group("label"))) if m is not None else None
    if m is None or made is None:
        return None
    before, after = made
    label, value = offsets.span(*m.span("label")), offsets.part(*m.span("value"))
    end = offsets.span(m.end("value") - 1, m.end("value")).end
    starts = [*[label.start] * len(before), *value.starts, *[end] * len(after)]
    ends = [*[label.end] * len(before), *value.ends, *[end] * len(after)]
    whole = Span(label.start, end)
    return Sentence(whole, f"{before}{m.group('value')}{after}", OffsetMap(starts, ends), ())
