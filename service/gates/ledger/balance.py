"""The ledger of a whole change: every entry of the text before, and every one that is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.detectors import Finding
from service.detectors.house_style import KIND as HOUSE_STYLE
from service.document import Document, fold
from service.facts import Claim
from service.gates.ledger.entry import Account, Fate, Ledger
from service.gates.ledger.reading import Reading, read, split_words
from service.gates.ledger.region import Region, all_sentences
from service.gates.ledger.settle import Settlement, settle
from service.gates.ledger.standing import Standing

EMPTY_KINDS = frozenset({"cliche", "leaked_instruction"})


def settle_region(
    region: Region, rest: Standing, *, claims: Iterable[Claim] = (), findings: Iterable[Finding] = ()
) -> Settlement:
    """Settle a region; `claims` and `findings` are those of the text before. A value that the record
    contradicts, or a spelling that is not the house's, may be corrected; the words of a cliché or a
    leaked instruction say nothing.
    """
    before = [read(s.text, rest.known) for s in region.before]
    after = [read(s.text, rest.known) for s in region.after]
    findings = tuple(findings)
    respelt = _respelt(region, findings, after)
    empty = _empty(region, findings) | {w.stem for term in respelt for w in split_words(term)}
    return settle(before, after, rest, _corrected(region, claims, after) | respelt, empty)


def _corrected(region: Region, claims: Iterable[Claim], after: Sequence[Reading]) -> frozenset[str]:
    """Return the folded texts in the region whose stored value stands in the text after."""
    found = set()
    for claim in claims:
        mend = claim.suggestion
        if mend is None or not any(s.span.contains(mend.span) for s in region.before):
            continue
        now = " ".join(w.fold for r in after for w in r.words)
        if " ".join(w.fold for w in split_words(mend.replacement)) in now:
            stood = next(s for s in region.before if s.span.contains(mend.span))
            offset = mend.span.start - stood.span.start
            found.add(fold(stood.text[offset : offset + mend.span.end - mend.span.start]))
            found.add(fold(claim.text))
    return frozenset(found)


def _respelt(region: Region, findings: Iterable[Finding], after: Sequence[Reading]) -> frozenset[str]:
    """Return the folded texts in the region for which the text after has what the house writes."""
    now = " ".join(w.fold for r in after for w in r.words)
    found = set()
    for finding in findings:
        preferred, term = finding.evidence.get("preferred"), finding.evidence.get("term")
        if finding.kind != HOUSE_STYLE or not isinstance(preferred, str) or not isinstance(term, str):
            continue
        inside = any(s.span.contains(finding.spans[0]) for s in region.before)
        if inside and " ".join(w.fold for w in split_words(preferred)) in now:
            found.add(fold(term))
    return frozenset(found)


def _empty(region: Region, findings: Iterable[Finding]) -> frozenset[str]:
    """Return the stems that stand inside a cliché in the region."""
    spans = [s for f in findings if f.kind in EMPTY_KINDS for s in f.spans]
    held = [s for s in spans if any(r.span.overlaps(s) for r in region.before)]
    stems: set[str] = set()
    for sentence in region.before:
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
