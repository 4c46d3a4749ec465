"""The last word on an edit: the whole way from the text given is judged, and what it refuses goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, count

from service.detectors import Finding
from service.detectors.score import COST
from service.document import Document, Edit
from service.gates import Change, Decision
from service.gates.ledger import Ledger, balance
from service.writing.edit.betterment import better
from service.writing.edit.result import Judged
from service.writing.edit.rounds import ANYWHERE, culprits, whole_change
from service.writing.edit.state import Job, State
from service.writing.edit.trial import Trial

FEW_GUILTY = 8  # edits of which each is tried as the only one to leave out
PARTS = 32  # of a long document's edits, by their worth
MOST_NAMED, MOST_JUDGED = 2, 4  # times that a long document is judged: by what is named, by what is found


def settled(
    job: Job, state: State, findings: tuple[Finding, ...]
) -> tuple[tuple[Edit, ...], Ledger, Document]:
    """Judge the whole way from the text given to the text now; where that refuses it, leave out what the
    reason names, else go back to the last stage that it accepts.
    """
    trial = job.trial(job.original)
    stages: list[tuple[Edit, ...]] = [(), *state.stages]
    edits = named(state.edits)
    while True:
        change = whole_change(trial, edits, job.request.max_cut, findings, closing=True)
        decisions = better(change)
        if decisions[-1].accepted or not edits:
            return edits, _ledger(change, trial), change.after
        guilty = _fewest(job, trial, edits, culprits(change, decisions[-1]), findings)
        left = tuple(e for e in edits if e.id not in guilty)
        if not guilty:
            stages = stages[:-1]
            left = named(stages[-1])
        kept = {(e.span, e.after) for e in left}
        state.refused += [
            Judged(e, (decisions[-1],), state.rounds) for e in edits if (e.span, e.after) not in kept
        ]
        edits = left


def settled_apart(
    job: Job, state: State, findings: tuple[Finding, ...]
) -> tuple[tuple[Edit, ...], Ledger, Document]:
    """Judge the whole way of a long document, whose stretches were judged each alone. Judging takes time in
    the measure of the text, so that it is done a bounded number of times: what the reason names is left
    out, all of it; where it names nothing, or again and again, the edits are taken in order of what they are
    worth to the whole, and those left out with which it is refused.
    """
    trial = job.trial(job.original)
    edits = named(state.edits)

    def judged(some: tuple[Edit, ...]) -> tuple[Change, Decision]:
        change = whole_change(trial, some, job.request.max_cut, findings, closing=True)
        return change, better(change)[-1]

    for time in count():
        change, decision = judged(edits)
        if decision.accepted or not edits:
            break
        guilty = culprits(change, decision)
        if not guilty or time >= MOST_NAMED:
            parts = _by_worth(edits, findings)
            ahead = _accepted_ahead(parts, lambda some: judged(_in_order(some))[1].accepted)
            last = ahead + 1 if time < MOST_JUDGED else len(parts)
            guilty = {e.id for part in parts[ahead:last] for e in part}
        state.refused += [Judged(e, (decision,), state.rounds) for e in edits if e.id in guilty]
        edits = tuple(e for e in edits if e.id not in guilty)
    return edits, _ledger(change, trial), change.after


def _by_worth(edits: Sequence[Edit], findings: Sequence[Finding]) -> list[tuple[Edit, ...]]:
    """Return the edits in parts of equal size, those first that answer most in the fewest words."""
    cost = {f.id: COST[f.level] for f in findings}

    def worth(edit: Edit) -> float:
        shorter = len(edit.before.split()) - len(edit.after.split())
        return sum(cost[a] for a in edit.answers) / max(1, shorter)

    order = sorted(edits, key=lambda e: (-worth(e), e.span))
    size = -(-len(order) // PARTS)
    return [tuple(order[i : i + size]) for i in range(0, len(order), size)]


def _in_order(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda e: e.span))


def _accepted_ahead(parts: Sequence[tuple[Edit, ...]], accepted: Callable[[tuple[Edit, ...]], bool]) -> int:
    """Return how many parts from the first on are accepted together, where all are not."""
    low, high = 0, len(parts)
    while high - low > 1:
        middle = (low + high) // 2
        if accepted(tuple(chain.from_iterable(parts[:middle]))):
            low = middle
        else:
            high = middle
    return low


def _ledger(change: Change, trial: Trial) -> Ledger:
    return balance(change.before, change.after, change.regions, change.settlements, trial.standing.known)


def _fewest(
    job: Job, trial: Trial, edits: Sequence[Edit], guilty: set[str], findings: tuple[Finding, ...]
) -> set[str]:
    """Return the one of the guilty edits without which the whole is accepted, as those of one sentence are
    named together; all of them where there is none.
    """
    for one in sorted(guilty) if 1 < len(guilty) <= FEW_GUILTY else ():
        rest = tuple(e for e in edits if e.id != one)
        if better(whole_change(trial, rest, job.request.max_cut, findings, closing=True))[-1].accepted:
            return {one}
    return guilty


def made_of(state: State, edits: Sequence[Edit]) -> dict[str, tuple[str, ...]]:
    """Return, for each edit, the ids of the steps that it is composed of."""
    steps = {(e.span, e.after): tuple(e.id.split("+")) for stage in state.stages for e in stage}
    return {e.id: steps.get((e.span, e.after), ()) for e in edits}


def named(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits numbered from 1, as a result gives them."""
    return tuple(replace(e, id=f"e{i}") for i, e in enumerate(edits, 1))


def go_back(state: State, edits: tuple[Edit, ...], after: Document) -> None:
    """Take back what the whole way refused, and remember the steps that led there."""
    kept = {(e.span, e.after) for e in edits}
    undone = [e.before for e in state.edits if (e.span, e.after) not in kept]
    taken = [j for j in state.steps if any(j.edit.before.strip() in text for text in undone)]
    state.memory |= {(ANYWHERE, j.edit.before, j.edit.after) for j in taken}
    state.steps = [j for j in state.steps if j not in taken]
    steps = made_of(state, edits)
    stay = tuple(replace(e, id="+".join(steps[e.id]) or e.id) for e in edits)
    state.edits, state.document, state.stages = stay, after, [stay]
