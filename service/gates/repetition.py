"""`repetition`: the score does not fall and no finding is new."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from service.detectors import Finding, Level, Subject
from service.document import Document, Edit, Span, fold
from service.gates.gate import Change, Rule


def refuses(change: Change) -> str:
    """Return the first new finding, or how far the score would fall."""
    fresh = new_findings(change)
    if fresh:
        return f"new finding {fresh[0].kind}: {fresh[0].message}"
    if not change.whole:
        return ""
    before = _score(change.before, change.subject, change.findings_before)
    after = _score(change.after, change.subject, change.findings_after)
    return f"the score would fall from {before:g} to {after:g}" if after < before else ""


WEIGHTS = {Level.MUST: 4.0, Level.SHOULD: 2.0, Level.MAY: 0.5}


def _score(document: Document, subject: Subject, findings: tuple[Finding, ...]) -> float:
    """Return a stand-in for the score until `service.detectors.score` is there."""
    weight = sum(WEIGHTS[f.level] * len(f.spans) for f in findings)
    return round(100 / (1 + 10 * weight / max(200, document.words)), 1)


def new_findings(change: Change) -> list[Finding]:
    """Return the findings of the text after that the text before did not have.

    A finding is the same where its words were flagged for the same before; where an edit wrote
    them, where the same words were flagged before as often.
    """
    flagged = _flagged(change.findings_before)
    texts = _texts(change.before, change.findings_before)
    landed = _Landing(change.edits)
    left = Counter(texts)
    out = []
    for finding in change.findings_after:
        fresh = False
        for span in finding.spans:
            origin = landed.origin(span)
            key = (finding.kind, _words(span.of(change.after.source)))
            if origin is not None:
                fresh = fresh or not _covered(origin, flagged.get(finding.kind, ()))
            elif left[key] > 0:
                left[key] -= 1
            else:
                fresh = fresh or not _within(key, texts)
        if fresh:
            out.append(finding)
    return out


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _flagged(findings: Iterable[Finding]) -> dict[str, list[Span]]:
    by_kind: dict[str, list[Span]] = {}
    for f in findings:
        by_kind.setdefault(f.kind, []).extend(f.spans)
    return {k: sorted(v) for k, v in by_kind.items()}


def _texts(document: Document, findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((f.kind, _words(s.of(document.source))) for f in findings for s in f.spans)


def _covered(span: Span, flagged: Sequence[Span]) -> bool:
    """Tell whether a flagged span overlaps at least half of `span`."""
    length = max(1, span.end - span.start)
    at = bisect_right(flagged, Span(span.end, span.end))
    return any(
        min(f.end, span.end) - max(f.start, span.start) >= length / 2 for f in flagged[max(0, at - 40) : at]
    )


def _within(key: tuple[str, str], texts: Counter[tuple[str, str]]) -> bool:
    kind, words = key
    return any(k == kind and f" {words} " in f" {t} " for k, t in texts if len(t) > len(words))


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
