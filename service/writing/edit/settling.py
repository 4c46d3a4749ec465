"""The last word on an edit: the whole way from the text given is judged, and what it refuses goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.detectors import Finding
from service.document import Document, Edit
from service.gates import Change
from service.gates.ledger import Ledger, balance
from service.writing.edit.betterment import better
from service.writing.edit.result import Judged
from service.writing.edit.rounds import ANYWHERE, culprits, whole_change
from service.writing.edit.state import Job, State
from service.writing.edit.trial import Trial

FEW_GUILTY = 8  # edits of which each is tried as the only one to leave out


Settled = tuple[tuple[Edit, ...], Ledger, Document]


def settled(job: Job, state: State, findings: tuple[Finding, ...]) -> Settled:
    """Judge the whole way from the text given to the text now; where that refuses it, leave out what the
    reason names, else go back to the last stage that it accepts. A way is judged once.
    """
    if state.settled is None or state.settled[0] is not state.edits:
        state.settled = state.edits, _settle(job, state, findings)
    return state.settled[1]


def _settle(job: Job, state: State, findings: tuple[Finding, ...]) -> Settled:
    trial = job.trial(job.original)
    stages: list[tuple[Edit, ...]] = [(), *state.stages]
    edits = named(state.edits)
    while True:
        change = whole_change(trial, edits, job.request.max_cut, findings, closing=True)
        judged = better(change)
        if judged.accepted or not edits:
            return edits, _ledger(change, trial), change.after
        guilty = culprits(judged)
        if 1 < len(guilty) <= FEW_GUILTY and state.budget.affords(len(guilty)):
            guilty = _fewest(job, trial, edits, guilty, findings)
        left = tuple(e for e in edits if e.id not in guilty)
        if not guilty:
            stages = stages[:-1]
            left = named(stages[-1])
        kept = {(e.span, e.after) for e in left}
        state.refused += [
            Judged(e, (judged.refusal,), state.rounds) for e in edits if (e.span, e.after) not in kept
        ]
        edits = left


def _ledger(change: Change, trial: Trial) -> Ledger:
    return balance(change.before, change.after, change.regions, change.settlements, trial.standing.known)


def _fewest(
    job: Job, trial: Trial, edits: Sequence[Edit], guilty: set[str], findings: tuple[Finding, ...]
) -> set[str]:
    """Return the one of the guilty edits without which the whole is accepted, as those of one sentence are
    named together; all of them where there is none.
    """
    for one in sorted(guilty):
        rest = tuple(e for e in edits if e.id != one)
        if better(whole_change(trial, rest, job.request.max_cut, findings, closing=True)).accepted:
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
    undone = "\0".join(e.before for e in state.edits if (e.span, e.after) not in kept)
    taken = [j for j in state.steps if j.edit.before.strip() in undone]
    state.memory |= {(ANYWHERE, j.edit.before, j.edit.after) for j in taken}
    state.steps = [j for j in state.steps if j not in taken]
    steps = made_of(state, edits)
    stay = tuple(replace(e, id="+".join(steps[e.id]) or e.id) for e in edits)
    state.edits, state.document, state.findings, state.stages = stay, after, None, [stay]
