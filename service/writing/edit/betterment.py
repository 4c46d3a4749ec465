"""What "never worse" means for a whole text, on the way and at the end.

Cutting filler gathers what is left on fewer words: a rate rises over its bound, and the score, which
counts by the thousand words, may fall for a while, though nobody wrote anything. So a step is judged by
what its edits wrote: no finding that they wrote, none more of any level. The end is judged by the
score as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.detectors import Finding, Level, score
from service.document import Document, fold
from service.gates import GATES, Change, Decision
from service.gates.repetition import WORD, new_findings

BY_RATE = frozenset(["restated_opening"])  # a comparison of paragraphs, whose words stood there before


@dataclass(frozen=True, slots=True)
class Judgement:
    """The gates' decisions on a whole change up to the first refusal, and the findings that it wrote."""

    change: Change
    decisions: tuple[Decision, ...]
    written: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """Tell whether no gate refused."""
        return self.decisions[-1].accepted

    @property
    def refusal(self) -> Decision:
        """Return the decision that counts: the last."""
        return self.decisions[-1]

    def refused(self, decision: Decision) -> Judgement:
        """Return the judgement with one decision more."""
        return replace(self, decisions=(*self.decisions, decision))


def never_worse(change: Change) -> Judgement:
    """Judge a step by all gates, `repetition` weighed by findings alone."""
    decisions: list[Decision] = []
    written: tuple[Finding, ...] = ()
    for gate in GATES:
        if gate.name == "repetition":
            written = tuple(written_findings(change))
            decisions.append(_by_findings(change, written))
        else:
            decisions.append(gate(change))
        if not decisions[-1].accepted:
            break
    return Judgement(change, tuple(decisions), written)


def better(change: Change) -> Judgement:
    """Judge the whole way from the text given: as a step, and by the score, which must not be lower."""
    judged = never_worse(change)
    if not judged.accepted:
        return judged
    before = score(change.before, change.subject, change.findings_before).score
    after = score(change.after, change.subject, change.findings_after, analysis=change.reading_after).score
    if after >= before:
        return judged
    reason = f"the score would fall from {before:g} to {after:g}"
    return judged.refused(Decision("repetition", accepted=False, reason=reason))


def _by_findings(change: Change, written: Sequence[Finding]) -> Decision:
    reason = "nothing to object"
    before, after = _levels(change.findings_before), _levels(change.findings_after)
    more = next((level for level in before if after[level] > before[level]), None)
    if written:
        reason = f"new finding {written[0].kind}: {written[0].message}"
    elif more is not None:
        reason = f"more findings of level {more} or above"
    return Decision("repetition", accepted=not written and more is None, reason=reason)


def _levels(findings: Sequence[Finding]) -> dict[Level, int]:
    """Return how many findings there are of each level or a worse one."""
    counts = Counter(f.level for f in findings)
    must = counts[Level.MUST]
    return {Level.MUST: must, Level.SHOULD: must + counts[Level.SHOULD], Level.MAY: len(findings)}


def written_findings(change: Change) -> list[Finding]:
    """Return the new findings but those whose words all stood in the text before, as often."""
    fresh = new_findings(change)
    if not fresh:
        return []
    before, after = _words(change.before), _words(change.after)
    return [f for f in fresh if f.kind not in BY_RATE and not _stood(f, change.after, before, after)]


def _stood(finding: Finding, written: Document, before: str, after: str) -> bool:
    """Tell whether all its words stood in the text before, as often: of an opening, as often at the beginning
    of a sentence.
    """
    if finding.kind == "repeated_opening":
        return False
    said = {_spaced(s.of(written.source)) for s in finding.spans}
    return all(before.count(t) >= after.count(t) for t in said)


def _words(document: Document) -> str:
    return _spaced(document.source)


def _spaced(text: str) -> str:
    return " " + "  ".join(WORD.findall(fold(text))) + " "
