"""One round: propose, try each alone, rank, apply together, gate the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from service.detectors import Finding
from service.document import Block, Document, Edit, Span, apply, parse
from service.gates import Change, Decision
from service.writing.edit.betterment import never_worse, written_findings
from service.writing.edit.place import Place, Proposal
from service.writing.edit.result import Judged
from service.writing.edit.trial import Trial

MOST_LEFT_OUT = 60  # times that a whole is tried again without some
TRIALS = 10  # candidates of a sentence that are put before the gates, the best first

Winner = tuple[Proposal, tuple[Decision, ...]]
ANYWHERE = ""  # in place of a paragraph: an edit that the whole way from the text given refused
Memory = set[tuple[str, str, str]]  # paragraph, before, after


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to: the text after, the edits that made it, everything refused."""

    document: Document
    accepted: tuple[Judged, ...]
    refused: tuple[Judged, ...]
    set_back: Memory = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Contest:
    """Proposals of which one may win, the best first, with the paragraph that they stand in."""

    proposals: tuple[Proposal, ...]
    blocks: tuple[Block, ...]
    place: Place | None = None


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
    what was refused alone, so that the same paragraph need not be tried with the same edit again;
    `set_back` of the round what was refused together with others.
    """
    refused: list[Judged] = []
    winners: list[tuple[Proposal, tuple[Decision, ...]]] = []
    dropped: set[tuple[int, int]] = set()
    paragraphs: dict[str, tuple[str, str, str]] = {}
    for contest in contests:
        for proposal in contest.proposals[:TRIALS]:
            edit = replace(proposal.edit, id=f"r{number}.{len(winners) + len(refused) + 1}")
            key = contest.blocks[0].span
            mark = (contest.blocks[0].text, edit.before, edit.after)
            if (
                mark in memory
                or (ANYWHERE, *mark[1:]) in memory
                or (edit.operation == "cut_sentence" and key in dropped)
            ):
                continue
            decisions = trial.decisions(edit, contest.blocks)
            if all(d.accepted for d in decisions):
                winners.append((replace(proposal, edit=edit), decisions))
                paragraphs[edit.id] = mark
                dropped |= {key} if edit.operation == "cut_sentence" else set()
                break
            refused.append(Judged(edit, decisions, number))
            memory.add(mark)
    winners = _apart(winners)
    tried = {p.edit.id: paragraphs[p.edit.id] for p, _ in winners}
    made = _together(winners, refused, trial, number=number, max_cut=max_cut, findings=findings)
    kept = {j.edit.id for j in made.accepted}
    return replace(made, set_back={mark for id_, mark in tried.items() if id_ not in kept})


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
    winners: list[Winner],
    refused: list[Judged],
    trial: Trial,
    *,
    number: int,
    max_cut: float | None,
    findings: tuple[Finding, ...],
) -> Round:
    """Apply all winners; while the whole is refused, leave out those that the reason names; where it
    names none, the first, in order of worth, with which the whole is refused.
    """

    def tried(some: Sequence[Winner]) -> tuple[Change, tuple[Decision, ...]]:
        edits = tuple(p.edit for p, _ in some)
        change = whole_change(trial, edits, max_cut, findings, closing=False)
        return change, never_worse(change)

    for _ in range(MOST_LEFT_OUT):
        if not winners:
            break
        change, decisions = tried(winners)
        if decisions[-1].accepted:
            made = tuple(Judged(p.edit, (*ds, *decisions), number) for p, ds in winners)
            return Round(change.after, made, tuple(refused))
        if decisions[-1].gate == "length":
            guilty = _too_much(winners, trial.document.words, max_cut)
        else:
            guilty = culprits(change, decisions[-1], [p for p, _ in winners])
        guilty = guilty or {_first_refused(winners, lambda some: tried(some)[1][-1].accepted)}
        refused += [Judged(p.edit, (*ds, decisions[-1]), number) for p, ds in winners if p.edit.id in guilty]
        winners = [w for w in winners if w[0].edit.id not in guilty]
    return Round(trial.document, (), tuple(refused))


def _first_refused(winners: Sequence[Winner], accepted: Callable[[Sequence[Winner]], bool]) -> str:
    """Return the id of the winner that, added to those of more worth, makes the whole refused."""
    order = sorted(winners, key=lambda w: (-w[0].worth, w[0].edit.span))
    low, high = 0, len(order)  # the first `low` are accepted, the first `high` are not
    while high - low > 1:
        middle = (low + high) // 2
        if accepted(order[:middle]):
            low = middle
        else:
            high = middle
    return order[low][0].edit.id


def _too_much(winners: Sequence[Winner], words: int, max_cut: float | None) -> set[str]:
    """Return the ids of the cuts of least worth a word without which the whole is long enough."""
    excess = sum(_shortens(p) for p, _ in winners) - int((max_cut or 0.0) * words)
    guilty: set[str] = set()
    for proposal, _ in sorted(
        winners, key=lambda w: (w[0].worth / max(1, _shortens(w[0])), -w[0].edit.span.start)
    ):
        if excess <= 0:
            break
        if _shortens(proposal) > 0:
            guilty.add(proposal.edit.id)
            excess -= _shortens(proposal)
    return guilty


def _shortens(proposal: Proposal) -> int:
    return len(proposal.edit.before.split()) - len(proposal.edit.after.split())


def whole_change(
    trial: Trial,
    edits: tuple[Edit, ...],
    max_cut: float | None,
    found: tuple[Finding, ...] | None,
    *,
    closing: bool,
) -> Change:
    """Return the change that the edits make to the whole document; `closing` where it is the last."""
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
        house=trial.house,
        closing=closing,
        found=found,
    )


def culprits(change: Change, decision: Decision, proposals: Sequence[Proposal] = ()) -> set[str]:
    """Return the ids of the edits that the refusal is about; empty where it names none."""
    if decision.gate in {"fact_lost", "fact_invented"}:
        lost = decision.gate == "fact_lost"
        pairs = zip(change.regions, change.settlements, strict=True)
        guilty = [r for r, settled in pairs if (settled.lost if lost else settled.invented)]
        worth = {p.edit.id: p.worth for p in proposals}
        guilty.sort(key=lambda r: sum(worth.get(e.id, 0.0) for e in r.edits))
        return {e.id for r in guilty[: (len(guilty) + 1) // 2] for e in r.edits}
    if decision.gate == "repetition":
        fresh = [_written_at(f, s) for f in written_findings(change) for s in f.spans]
        shift, named = 0, set()
        for edit in sorted(change.edits, key=lambda e: e.span):
            start = edit.span.start + shift
            shift += len(edit.after) - len(edit.before)
            if any(s.start <= start + len(edit.after) and start <= s.end for s in fresh):
                named.add(edit.id)
        return named
    return set()


def _written_at(finding: Finding, span: Span) -> Span:
    """Return where an edit must touch the span to have made it a finding: an opening, at its first letter."""
    return Span(span.start, span.start + 1) if finding.kind == "repeated_opening" else span
