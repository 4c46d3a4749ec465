"""One round: propose, try each alone, rank, apply together, gate the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.detectors import Finding
from service.document import Block, Document, Edit, apply, parse
from service.gates import Change, Decision, decide
from service.gates.repetition import new_findings
from service.writing.edit.place import Place, Proposal
from service.writing.edit.result import Judged
from service.writing.edit.trial import Trial

TRIALS = 10  # candidates of a sentence that are put before the gates, the best first


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to: the text after, the edits that made it, everything refused."""

    document: Document
    accepted: tuple[Judged, ...]
    refused: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """Proposals of which one may win, the best first, with the paragraph that they stand in."""

    proposals: tuple[Proposal, ...]
    blocks: tuple[Block, ...]
    place: Place | None = None


Memory = set[tuple[str, str, str]]  # paragraph, before, after


def run(
    contests: Sequence[Contest],
    trial: Trial,
    *,
    number: int,
    max_cut: float | None,
    findings: tuple[Finding, ...],
    memory: Memory,
) -> Round:
    """Return the round in which each contest's best acceptable proposal is applied. `memory` holds
    what was refused alone, so that the same paragraph need not be tried with the same edit again.
    """
    refused: list[Judged] = []
    winners: list[tuple[Proposal, tuple[Decision, ...]]] = []
    dropped: set[tuple[int, int]] = set()
    for contest in contests:
        for proposal in contest.proposals[:TRIALS]:
            edit = replace(proposal.edit, id=f"r{number}.{len(winners) + len(refused) + 1}")
            key = contest.blocks[0].span
            mark = (contest.blocks[0].text, edit.before, edit.after)
            if mark in memory or (edit.operation == "cut_sentence" and key in dropped):
                continue
            decisions = trial.decisions(edit, contest.blocks)
            if all(d.accepted for d in decisions):
                winners.append((replace(proposal, edit=edit), decisions))
                dropped |= {key} if edit.operation == "cut_sentence" else set()
                break
            refused.append(Judged(edit, decisions, number))
            memory.add(mark)
    winners = _apart(winners)
    return _together(winners, refused, trial, number=number, max_cut=max_cut, findings=findings)


def _apart(
    winners: list[tuple[Proposal, tuple[Decision, ...]]],
) -> list[tuple[Proposal, tuple[Decision, ...]]]:
    """Return the winners without those that overlap a better one."""
    chosen: list[tuple[Proposal, tuple[Decision, ...]]] = []
    at = -1
    for winner in sorted(winners, key=lambda w: w[0].edit.span):
        span = winner[0].edit.span
        if span.start > at or not chosen:
            chosen.append(winner)
        elif winner[0].worth > chosen[-1][0].worth:
            chosen[-1] = winner
        at = max(at, chosen[-1][0].edit.span.end)
    return chosen


def _together(
    winners: list[tuple[Proposal, tuple[Decision, ...]]],
    refused: list[Judged],
    trial: Trial,
    *,
    number: int,
    max_cut: float | None,
    findings: tuple[Finding, ...],
) -> Round:
    """Apply all winners; while the whole is refused, leave out those that the reason names, else the
    one of least worth (the last of equals).
    """
    known: dict[str, tuple[Finding, ...]] = {"before": findings}
    while winners:
        edits = tuple(p.edit for p, _ in winners)
        change = whole_change(trial, edits, max_cut, known["before"])
        decisions = decide(change, first=True)
        if all(d.accepted for d in decisions):
            return Round(
                change.after,
                tuple(Judged(p.edit, (*ds, *decisions), number) for p, ds in winners),
                tuple(refused),
            )
        guilty = culprits(change, decisions[-1]) or {_least([p for p, _ in winners], decisions[-1]).edit.id}
        refused += [Judged(p.edit, (*ds, decisions[-1]), number) for p, ds in winners if p.edit.id in guilty]
        winners = [w for w in winners if w[0].edit.id not in guilty]
    return Round(trial.document, (), tuple(refused))


def _least(proposals: Sequence[Proposal], decision: Decision) -> Proposal:
    """Return the proposal to leave out first: of least worth, or of least worth a word it cuts where
    too much would be cut; the last of equals.
    """
    if decision.gate == "length":
        cutting = [p for p in proposals if _shortens(p) > 0] or list(proposals)
        return min(cutting, key=lambda p: (p.worth / max(1, _shortens(p)), -p.edit.span.start))
    return min(proposals, key=lambda p: (p.worth, -p.edit.span.start))


def _shortens(proposal: Proposal) -> int:
    return len(proposal.edit.before.split()) - len(proposal.edit.after.split())


def whole_change(
    trial: Trial, edits: tuple[Edit, ...], max_cut: float | None, found: tuple[Finding, ...] | None
) -> Change:
    """Return the change that the edits make to the whole document."""
    before = trial.document
    after = parse(apply(before.source, edits), before.format, titles=trial.titles)
    return Change(
        before,
        after,
        edits,
        trial.subject,
        notes=trial.notes,
        protect=trial.protect,
        max_cut=max_cut,
        headings=trial.headings,
        found=found,
    )


def culprits(change: Change, decision: Decision) -> set[str]:
    """Return the ids of the edits that the refusal is about; empty where it names none."""
    if decision.gate in {"fact_lost", "fact_invented"}:
        lost = decision.gate == "fact_lost"
        for region, settled in zip(change.regions, change.settlements, strict=True):
            if settled.lost if lost else settled.invented:
                return {e.id for e in region.edits}
    if decision.gate == "repetition":
        fresh = [s for f in new_findings(change)[:1] for s in f.spans]
        shift, named = 0, set()
        for edit in sorted(change.edits, key=lambda e: e.span):
            start = edit.span.start + shift
            shift += len(edit.after) - len(edit.before)
            if any(s.start <= start + len(edit.after) + 1 and start - 1 <= s.end for s in fresh):
                named.add(edit.id)
        return named
    return set()
