"""`repetition`: the score does not fall and no finding is new."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from service.detectors import Finding, score
from service.document import Document, Edit, Span, fold
from service.gates.gate import Change, Rule
from service.gates.ledger.words import is_function


def refuses(change: Change) -> str:
    """Return the first new finding, or how far the score would fall."""
    fresh = new_findings(change)
    if fresh:
        return f"new finding {fresh[0].kind}: {fresh[0].message}"
    if not change.whole:
        return ""
    before = score(change.before, change.subject, change.findings_before).score
    after = score(change.after, change.subject, change.findings_after, analysis=change.reading_after).score
    return f"the score would fall from {before:g} to {after:g}" if after < before else ""


def new_findings(change: Change) -> list[Finding]:
    """Return the findings of the text after that the text before did not have.

    Where no edit wrote its words, a finding is the same if they were flagged for the same before;
    where one did, if the same family, or most of its words, were flagged before, and as often.
    """
    flagged = _flagged(change.findings_before)
    words = _words_flagged(change.before, change.findings_before)
    families = _families(change.findings_before)
    landed = _Landing(change.edits)
    more = {k for k, n in _families(change.findings_after).items() if n > families[k]}
    return [
        f
        for f in change.findings_after
        if any(_is_new(f, s, change.after, landed, flagged, words, more) for s in f.spans)
    ]


def _is_new(
    finding: Finding,
    span: Span,
    after: Document,
    landed: _Landing,
    flagged: dict[str, list[Span]],
    words: dict[str, frozenset[str]],
    more: set[tuple[str, str]],
) -> bool:
    origin = landed.origin(span)
    if origin is not None:
        return not _covered(origin, flagged.get(finding.kind, ()))
    family = _family(finding)
    if family[1]:
        return family in more
    own = [w for w in _words(span.of(after.source)) if not is_function(w)]
    known = words.get(finding.kind, frozenset())
    return sum(w in known for w in own) < len(own) / 2


def _family(finding: Finding) -> tuple[str, str]:
    return finding.kind, str(finding.evidence.get("family", ""))


def _families(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for f in findings:
        counts[_family(f)] += len(f.spans)
    return counts


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def _words_flagged(document: Document, findings: Iterable[Finding]) -> dict[str, frozenset[str]]:
    by_kind: dict[str, set[str]] = {}
    for f in findings:
        for s in f.spans:
            by_kind.setdefault(f.kind, set()).update(_words(s.of(document.source)))
    return {k: frozenset(v) for k, v in by_kind.items()}


def _flagged(findings: Iterable[Finding]) -> dict[str, list[Span]]:
    by_kind: dict[str, list[Span]] = {}
    for f in findings:
        by_kind.setdefault(f.kind, []).extend(f.spans)
    return {k: sorted(v) for k, v in by_kind.items()}


def _covered(span: Span, flagged: Sequence[Span]) -> bool:
    """Tell whether a flagged span overlaps at least half of `span`."""
    length = max(1, span.end - span.start)
    at = bisect_right(flagged, Span(span.end, span.end))
    return any(
        min(f.end, span.end) - max(f.start, span.start) >= length / 2 for f in flagged[max(0, at - 40) : at]
    )


class _Landing:
    """Leads from the text after back to the text before, outside of edits."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        self._edited: list[Span] = []
        shift = 0
        for e in sorted(edits, key=lambda e: e.span):
            start = e.span.start + shift
            self._edited.append(Span(start, start + len(e.after)))
            shift += len(e.after) - len(e.before)
            self._starts.append(start + len(e.after))
            self._shifts.append(shift)

    def origin(self, span: Span) -> Span | None:
        """Return where the span stood before; None where an edit wrote or joined its characters."""
        at = bisect_right(self._starts, span.start) - 1
        nearest = self._edited[at : at + 1] if at < len(self._edited) else []
        if any(e.start < span.end and span.start < e.end for e in nearest):
            return None
        if any(span.start < e.start < span.end for e in nearest):
            return None
        shift = self._shifts[at]
        return Span(span.start - shift, span.end - shift)


GATE = Rule("repetition", refuses)
