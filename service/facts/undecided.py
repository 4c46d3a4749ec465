"""What the rules leave undecided of a text: the sentences that somebody else might be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from service.document import BlockKind, Document, Sentence
from service.facts.claim import ClaimReport, Verdict

FEWEST_WORDS = 4


class Undecided(NamedTuple):
    """A sentence of which the record decided nothing, and the text of the one before it in its paragraph."""

    sentence: Sentence
    before: str


def undecided(document: Document, report: ClaimReport) -> Iterator[Undecided]:
    """Yield the sentences, questions and scraps aside, in which `report` decides no claim."""
    decided = {c.sentence for c in report.claims if c.verdict is not Verdict.NOT_IN_METADATA}
    for block in document.prose:
        if block.kind is BlockKind.HEADING:
            continue
        before = ""
        for sentence in block.sentences:
            asks = sentence.text.rstrip("\"'”’ ").endswith("?")
            if sentence.span not in decided and len(sentence.words) >= FEWEST_WORDS and not asks:
                yield Undecided(sentence, before)
            before = sentence.text
