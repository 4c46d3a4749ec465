"""One round: propose, try each alone, rank, apply together, gate the whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate

from service.detectors import Finding
from service.document import Block, Document, Edit, Operation, Span, apply, parse
from service.gates import Change, Decision
from service.gates.ledger.tokens import split_words
from service.writing.edit.betterment import Judgement, never_worse
from service.writing.edit.place import Place, Proposal
from service.writing.edit.result import Judged
from service.writing.edit.trial import Trial

JUDGED, TIMES = 2_000_000, 60  # words that an edit may read in judging; times that it may judge any text
IDLE = "what was found there is found in the new words"
DEAR = 8  # a search for the edit that harms the whole takes at most this part of the judgements left
TRIALS = 10  # candidates of a sentence that are put before the gates, the best first

Winner = tuple[Proposal, tuple[Decision, ...]]
ANYWHERE = ""  # in place of a paragraph: an edit that the whole way from the text given refused
Memory = set[tuple[str, str, str]]  # paragraph, before, after


@dataclass(slots=True)
class Budget:
    """How often an edit may still judge the whole text. A judgement takes time in the measure of the text,
    so that their number has a bound; only a text of many thousand words ever comes to it.
    """

    left: int

    @classmethod
    def of(cls, document: Document) -> Budget:
        """Return the budget of an edit of `document`."""
        return cls(max(TIMES, JUDGED // max(1, document.words)))

    def affords(self, judgements: int) -> bool:
        """Tell whether a search may take as many judgements."""
        return DEAR * judgements <= self.left


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to: the text after with its findings, the edits that made it, everything refused,
    what was refused together with others, and the ids of what the whole refused each by itself.
    """

    document: Document
    findings: tuple[Finding, ...]
    accepted: tuple[Judged, ...]
    refused: tuple[Judged, ...]
    set_back: Memory = field(default_factory=set)
    alone: frozenset[str] = frozenset()


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
    budget: Budget,
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
    made = _together(
        winners, refused, trial, number=number, max_cut=max_cut, findings=findings, budget=budget
    )
    kept = {j.edit.id for j in made.accepted}
    memory |= {tried[id_] for id_ in made.alone}
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
    budget: Budget,
) -> Round:
    """Apply all winners; while the whole is refused, leave out those that the reason names; where it
    names none, the first, in order of worth, with which the whole is refused. Where it would take too
    many judgements to find that one, the half of most worth is tried, and the others wait.
    """

    def judge(some: Sequence[Winner]) -> Judgement:
        budget.left -= 1
        edits = tuple(p.edit for p, _ in some)
        return never_worse(whole_change(trial, edits, max_cut, findings, closing=False))

    alone: set[str] = set()
    while winners and budget.left > 0:
        judged = judge(winners)
        guilty = idle(judged) if judged.accepted else set()
        if judged.accepted and not guilty:
            made = tuple(Judged(p.edit, (*ds, *judged.decisions), number) for p, ds in winners)
            after = judged.change
            return Round(after.after, after.findings_after, made, tuple(refused), alone=frozenset(alone))
        if judged.accepted:
            judged = judged.refused(Decision("repetition", accepted=False, reason=IDLE))
        elif judged.refusal.gate == "length":
            guilty = _too_much(winners, trial.document.words, max_cut)
        else:
            guilty = culprits(judged, [p for p, _ in winners])
        if not guilty:
            order = sorted(winners, key=lambda w: (-w[0].worth, w[0].edit.span))
            if len(order) > 1 and not budget.affords(len(order).bit_length()):
                winners = order[: len(order) // 2]
                continue
            guilty = {_first_refused(order, lambda some: judge(some).accepted)}
        alone |= guilty if len(guilty) == 1 or judged.refusal.gate == "repetition" else set()
        refused += [Judged(p.edit, (*ds, judged.refusal), number) for p, ds in winners if p.edit.id in guilty]
        winners = [w for w in winners if w[0].edit.id not in guilty]
    return Round(trial.document, findings, (), tuple(refused), alone=frozenset(alone))


def _first_refused(order: Sequence[Winner], accepted: Callable[[Sequence[Winner]], bool]) -> str:
    """Return the id of the winner that, added to those ahead of it, makes the whole refused."""
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
        checked=trial.claims,
        told=trial.standing,
    )


def culprits(judged: Judgement, proposals: Sequence[Proposal] = ()) -> set[str]:
    """Return the ids of the edits that the refusal is about; empty where it names none."""
    change, gate = judged.change, judged.refusal.gate
    if gate in {"fact_lost", "fact_invented"}:
        lost = gate == "fact_lost"
        pairs = zip(change.regions, change.settlements, strict=True)
        guilty = [r for r, settled in pairs if (settled.lost if lost else settled.invented)]
        worth = {p.edit.id: p.worth for p in proposals}
        guilty.sort(key=lambda r: sum(worth.get(e.id, 0.0) for e in r.edits))
        return {e.id for r in guilty[: (len(guilty) + 1) // 2] for e in r.edits}
    return _wrote(change, judged.written)


def idle(judged: Judgement) -> set[str]:
    """Return the ids of the edits that put other words in the place of as many and mend nothing by it: all
    that was found there is found in the new words.
    """
    edits = sorted(judged.change.edits, key=lambda e: e.span)
    now = _touched(_after(edits), judged.change.findings_after)
    before = _touched([e.span for e in edits], judged.change.findings_before)
    return {
        e.id
        for i, e in enumerate(edits)
        if e.operation is Operation.REWRITE
        and len(e.before.split()) == len(e.after.split())
        and i in before
        and before[i] <= now.get(i, set())
    }


def _wrote(change: Change, written: Sequence[Finding]) -> set[str]:
    """Return the ids of the edits that touch what was written; of them, where there are any, those alone
    that stand where nothing of the family was found before, else those that put words of their own.
    """
    edits = sorted(change.edits, key=lambda e: e.span)
    families = set(map(_family, written))
    now = _touched(_after(edits), written)
    before = _touched([e.span for e in edits], [f for f in change.findings_before if _family(f) in families])
    made = {edits[i].id for i, found in now.items() if not found <= before.get(i, set())}
    put = {edits[i].id for i in now if _words(edits[i].after) - _words(edits[i].before)}
    return made or put or {edits[i].id for i in now}


def _words(text: str) -> set[str]:
    return {w.fold for w in split_words(text)}


def _after(edits: Sequence[Edit]) -> list[Span]:
    """Return where the texts of the edits stand in the text after."""
    shifts = accumulate((len(e.after) - len(e.before) for e in edits), initial=0)
    return [
        Span(e.span.start + shift, e.span.start + shift + len(e.after))
        for e, shift in zip(edits, shifts, strict=False)
    ]


def _touched(places: Sequence[Span], findings: Iterable[Finding]) -> dict[int, set[tuple[str, object]]]:
    """Return the families of the findings that touch each place, by its index. Places are in order."""
    starts, ends = [p.start for p in places], [p.end for p in places]
    found: dict[int, set[tuple[str, object]]] = {}
    for finding in findings:
        for span in map(partial(_written_at, finding), finding.spans):
            for i in range(bisect_left(ends, span.start), bisect_right(starts, span.end)):
                found.setdefault(i, set()).add(_family(finding))
    return found


def _family(finding: Finding) -> tuple[str, object]:
    return finding.kind, finding.evidence.get("family") or finding.evidence.get("construction")


def _written_at(finding: Finding, span: Span) -> Span:
    """Return where an edit must touch the span to have made it a finding: an opening, at its first letter."""
    return Span(span.start, span.start + 1) if finding.kind == "repeated_opening" else span
