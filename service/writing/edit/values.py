"""Stored values in place of contradicted ones, and one spelling for a name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from service.detectors import Finding
from service.detectors.house_style import KIND as HOUSE_STYLE
from service.document import EDITABLE, Block, Document, Edit, Operation, Span
from service.facts import ClaimReport, SuggestionKind, Verdict
from service.gates.ledger.tokens import split_words
from service.gates.ledger.words import is_function
from service.reviews import Note
from service.writing.edit.place import Proposal
from service.writing.edit.rounds import Contest

WORTH = 5.0


SPELT = {
    "name_variant": "One spelling for one name: {}.",
    HOUSE_STYLE: "The house style has it: {}.",
}
NEAR = 6  # words on either side of a value that say what it is about


def contests(
    document: Document,
    findings: Sequence[Finding],
    report: ClaimReport | None,
    notes: Sequence[Note] = (),
) -> list[Contest]:
    """Return a contest for each value and spelling to be mended in an editable block. A value that
    stands in a note, said of the same thing, is the writer's own word and stays.
    """
    blocks = [b for b in document.blocks if b.kind in EDITABLE]
    starts = [b.span.start for b in blocks]
    found: list[Contest] = []
    taken: list[Span] = []
    for edit in (*_values(document, report, notes), *_spellings(document, findings)):
        at = bisect_right(starts, edit.span.start) - 1
        if at < 0 or not blocks[at].span.contains(edit.span) or any(edit.span.overlaps(t) for t in taken):
            continue
        if edit.before != edit.after and _plain(blocks[at], edit.span):
            taken.append(edit.span)
            found.append(Contest((Proposal(edit, WORTH, 0.0),), (blocks[at],)))
    return sorted(found, key=lambda c: c.proposals[0].edit.span)


def _plain(block: Block, span: Span) -> bool:
    """Tell whether the span holds visible characters only, no markup between them."""
    first, last = bisect_left(block.offsets.starts, span.start), bisect_right(block.offsets.ends, span.end)
    return last - first == span.end - span.start


def _values(document: Document, report: ClaimReport | None, notes: Sequence[Note]) -> Iterable[Edit]:
    said = [_words(n.text) for n in notes]
    for claim in report.claims if report else ():
        mend = claim.suggestion
        if mend is None or (claim.verdict is not Verdict.CONTRADICTED and mend.kind is SuggestionKind.VALUE):
            continue
        if mend.kind is SuggestionKind.VALUE and _noted(document, mend.span, said):
            continue
        operation = Operation.PUT_VALUE if mend.kind is SuggestionKind.VALUE else Operation.RESPELL
        before = mend.span.of(document.source)
        yield Edit(
            "",
            mend.span,
            before,
            mend.replacement,
            operation,
            f"rule:{claim.kind}",
            claim.reason,
            (claim.id,),
        )


def _noted(document: Document, span: Span, said: Sequence[Sequence[str]]) -> bool:
    """Tell whether a note has the value, with a telling word that stands near it in the text."""
    value = _words(span.of(document.source))
    before = _words(document.source[max(0, span.start - 80) : span.start])[-NEAR:]
    near = {
        w for w in (*before, *_words(document.source[span.end : span.end + 80])[:NEAR]) if not is_function(w)
    }
    return any(
        any(list(note[i : i + len(value)]) == value for i in range(len(note) - len(value) + 1))
        and near & set(note)
        for note in said
    )


def _words(text: str) -> list[str]:
    return [w.fold for w in split_words(text)]


def _spellings(document: Document, findings: Sequence[Finding]) -> Iterable[Edit]:
    """Yield the spellings to put; of two that prefer each other's form of a word, the first counts."""
    put: set[tuple[str, str]] = set()
    for finding in findings:
        preferred = finding.evidence.get("preferred")
        if finding.kind not in SPELT or not isinstance(preferred, str):
            continue
        for span in finding.spans:
            before = span.of(document.source)
            words = [(a, b) for a, b in zip(before.split(), preferred.split(), strict=False) if a != b]
            if any((b, a) in put for a, b in words):
                continue
            put.update(words)
            yield Edit(
                "", span, before, preferred, Operation.RESPELL, f"rule:{finding.kind}",
                SPELT[finding.kind].format(preferred), (finding.id,),
            )  # fmt: skip
