"""The ledger of a whole change: every entry of the text before, and every one that is new."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from service.detectors import Finding
from service.detectors.house_style import KIND as HOUSE_STYLE
from service.document import Document, Span, fold
from service.facts import Claim
from service.gates.ledger.entry import Account, Fate, Ledger
from service.gates.ledger.reading import Reading, read
from service.gates.ledger.region import Region, all_sentences
from service.gates.ledger.settle import Settlement, settle
from service.gates.ledger.standing import Standing
from service.gates.ledger.tokens import split_words

EMPTY_KINDS = frozenset({"cliche", "leaked_instruction"})
LONGEST = 600  # characters of a marked stretch


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of the text before, each in order of its place, so that a region's are found at once:
    claims with a suggestion by its span, findings against the house style, spans of words that say nothing.
    """

    claims: tuple[tuple[Span, Claim], ...] = ()
    house: tuple[tuple[Span, Finding], ...] = ()
    empty: tuple[tuple[Span, Finding], ...] = ()

    @classmethod
    def of(cls, claims: Iterable[Claim], findings: Iterable[Finding]) -> Marks:
        """Return the marks of a text's claims and findings."""
        findings = tuple(findings)
        return cls(
            _ordered((c.suggestion.span, c) for c in claims if c.suggestion is not None),
            _ordered((f.spans[0], f) for f in findings if f.kind == HOUSE_STYLE),
            _ordered((s, f) for f in findings if f.kind in EMPTY_KINDS for s in f.spans),
        )


Placed = TypeVar("Placed")


def _ordered(placed: Iterable[tuple[Span, Placed]]) -> tuple[tuple[Span, Placed], ...]:
    return tuple(sorted(placed, key=lambda p: p[0]))


def _within(placed: Sequence[tuple[Span, Placed]], region: Region) -> Sequence[tuple[Span, Placed]]:
    """Return what begins in the region, or so little before it that it may reach into it."""
    if not region.before:
        return ()
    start = bisect_left(placed, region.before[0].span.start - LONGEST, key=lambda p: p[0].start)
    end = bisect_left(placed, region.before[-1].span.end, key=lambda p: p[0].start)
    return placed[start:end]


def settle_region(region: Region, rest: Standing, marks: Marks) -> Settlement:
    """Settle a region. A value that the record contradicts, or a spelling that is not the house's, may be
    corrected; the words of a cliché or a leaked instruction say nothing.
    """
    before = [read(s.text, rest.known) for s in region.before]
    after = [read(s.text, rest.known) for s in region.after]
    respelt = _respelt(region, _within(marks.house, region), after)
    empty = _empty(region, [s for s, _ in _within(marks.empty, region)])
    empty |= {w.stem for term in respelt for w in split_words(term)}
    return settle(
        before, after, rest, _corrected(region, _within(marks.claims, region), after) | respelt, empty
    )


def _corrected(
    region: Region, claims: Iterable[tuple[Span, Claim]], after: Sequence[Reading]
) -> frozenset[str]:
    """Return the folded texts in the region whose stored value stands in the text after."""
    found = set()
    now = " ".join(w.fold for r in after for w in r.words)
    for span, claim in claims:
        mend = claim.suggestion
        stood = next((s for s in region.before if s.span.contains(span)), None)
        if mend is None or stood is None:
            continue
        if " ".join(w.fold for w in split_words(mend.replacement)) in now:
            offset = span.start - stood.span.start
            found.add(fold(stood.text[offset : offset + span.end - span.start]))
            found.add(fold(claim.text))
    return frozenset(found)


def _respelt(
    region: Region, findings: Iterable[tuple[Span, Finding]], after: Sequence[Reading]
) -> frozenset[str]:
    """Return the folded texts in the region for which the text after has what the house writes."""
    now = " ".join(w.fold for r in after for w in r.words)
    found = set()
    for span, finding in findings:
        preferred, term = finding.evidence.get("preferred"), finding.evidence.get("term")
        if not isinstance(preferred, str) or not isinstance(term, str):
            continue
        inside = any(s.span.contains(span) for s in region.before)
        if inside and " ".join(w.fold for w in split_words(preferred)) in now:
            found.add(fold(term))
    return frozenset(found)


def _empty(region: Region, held: Sequence[Span]) -> frozenset[str]:
    """Return the stems that stand inside a cliché in the region."""
    stems: set[str] = set()
    for sentence in region.before if held else ():
        for token in sentence.words:
            if any(s.start <= token.span.start and token.span.end <= s.end for s in held):
                stems |= {w.stem for w in split_words(token.text)}
    return frozenset(stems)


def balance(
    before: Document,
    after: Document,  # noqa: ARG001 - callers give a change's two texts in order
    regions: Sequence[Region],
    settlements: Sequence[Settlement],
    known: frozenset[str],
) -> Ledger:
    """Return the whole ledger: the entries of untouched sentences are kept, the others settled."""
    touched = {s.span for r in regions for s in r.before}
    accounts = [
        Account(Fate.KEPT, e.kind, e.text, s.source_span(e.start, e.end), "")
        for s in all_sentences(before)
        if s.span not in touched
        for e in read(s.text, known).entries
    ]
    unbalanced: list[Account] = []
    for region, settlement in zip(regions, settlements, strict=True):
        for line in settlement.lines:
            side = region.before if line.side == "before" else region.after
            sentence = side[line.sentence]
            span = sentence.source_span(line.entry.start, line.entry.end)
            accounts.append(Account(line.fate, line.entry.kind, line.entry.text, span, line.reason))
        unbalanced += [
            Account(
                Fate.DROPPED, line.entry.kind, line.entry.text, region.before[line.sentence].span, line.reason
            )
            for line in settlement.open_lines
        ]
    accounts.sort(key=lambda a: a.span)
    chosen = {fate: tuple(a for a in accounts if a.fate is fate) for fate in Fate}
    return Ledger(
        chosen[Fate.KEPT],
        chosen[Fate.MERGED],
        chosen[Fate.CORRECTED],
        chosen[Fate.DROPPED],
        chosen[Fate.ADDED],
        tuple(unbalanced),
    )
