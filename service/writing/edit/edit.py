"""The use case: edits that can only improve a copy."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from service.detectors import Finding, Level, Subject, analyse, detect, score
from service.detectors.house_style import find as house_findings
from service.document import Document, Edit, parse
from service.facts import ClaimReport, check
from service.gates.ledger import Ledger, balance
from service.reviews import Note
from service.writing.edit import merging, meta, values
from service.writing.edit.asking import Asking, tokens_of
from service.writing.edit.betterment import better
from service.writing.edit.compose import compose
from service.writing.edit.plan import is_copy, places, wanted
from service.writing.edit.proposals import contests
from service.writing.edit.request import MAX_CUT, EditRequest, Intensity, checked
from service.writing.edit.result import EditResult, Judged, Scores
from service.writing.edit.rounds import ANYWHERE, Contest, Memory, Round, culprits, run, whole_change
from service.writing.edit.trial import Trial
from service.writing.ports import Model, Progress, PromptLibrary, Reach, silent

MAX_ROUNDS = 60
SECOND_THOUGHTS = 3
SMALL, MERGES, WHOLE = "small", "merges", "whole"
STAGES = (SMALL, MERGES, WHOLE)
SMALL_FIRST, WHOLE_FIRST = "small, must", "whole, must"
URGENT = (SMALL_FIRST, WHOLE_FIRST)  # where few words may go: they go for what must be mended
FEW_GUILTY = 8  # edits of which each is tried as the only one to leave out
AGAIN = 8  # times that a round is played with the next best


@dataclass
class _State:
    """Where the edit stands: the text now, the edits of the original that lead to it, the trail."""

    document: Document
    edits: tuple[Edit, ...] = ()
    steps: list[Judged] = field(default_factory=list)
    refused: list[Judged] = field(default_factory=list)
    memory: Memory = field(default_factory=set)
    rounds: int = 0
    asked: set[tuple[str, str]] = field(default_factory=set)
    stages: list[tuple[Edit, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class _Job:
    request: EditRequest
    original: Document
    subject: Subject
    titles: tuple[str, ...]
    copy: bool
    began: float
    progress: Progress

    def trial(self, document: Document) -> Trial:
        """Return the trial of edits of `document`."""
        r = self.request
        return Trial(document, self.subject, self.notes, r.protect, r.headings, self.titles, r.house)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the writer's notes, and the house's words as notes: either may be put into the text."""
        house = self.request.house
        own = sorted({*house.names.values(), *house.preferred.values()}) if house else []
        return (*self.request.notes, *(Note(f"house{i}", word) for i, word in enumerate(own)))

    def house_findings(self, document: Document) -> tuple[Finding, ...]:
        """Return what in the document is not as the house writes it."""
        house = self.request.house
        return house_findings(document, house, titles=self.titles) if house else ()

    def allowed_cut(self, document: Document) -> float:
        """Return the share of the words now that may still go."""
        floor = (1 - self.request.max_cut) * self.original.words
        return max(0.0, 1 - floor / max(1, document.words))

    @property
    def price(self) -> float:
        """Return how dear a word is: the fewer may go, the dearer. It depends on no text, so that a second
        run on the outcome weighs as the first did.
        """
        return max(1.0, MAX_CUT / max(self.request.max_cut, 0.01))

    def spent(self) -> bool:
        """Tell whether the time granted is over."""
        return self.request.seconds is not None and time.monotonic() - self.began > self.request.seconds


async def edit(
    request: EditRequest, *, model: Model, prompts: PromptLibrary, progress: Progress = silent
) -> EditResult:
    """Return the copy with every edit that all gates accept, and an account of all others.

    Rules propose first; a model of reach `article` then rewrites what they leave, one of reach
    `sentence` chooses among the rules' candidates. Raises InputError for a request that cannot be
    used, and the ModelError of a model that is misconfigured; an unusable answer only costs its
    proposals. The same request with the same answers gives the same result.
    """
    request = checked(request)
    titles = request.film.titles if request.film else ()
    original = parse(request.content, request.format, titles=titles)
    subject = Subject(film=request.film, keyphrase=request.keyphrase)
    findings = detect(original, subject)
    job = _Job(request, original, subject, titles, is_copy(findings), time.monotonic(), progress)
    progress("read", {"words": original.words, "findings": len(findings)})
    asking = Asking(model, prompts, request.seed, tokens_of(original))
    state = _State(original)
    _values(job, state)
    await _rounds(job, state, asking)
    for _ in range(SECOND_THOUGHTS):
        edits, _, after = _settled(job, state, findings)
        if len(edits) < len(state.edits):
            _go_back(state, edits, after)
        steps = len(state.steps)
        state.memory = {m for m in state.memory if m[0] == ANYWHERE}
        await _rounds(job, state, asking)
        if len(state.steps) == steps:
            break
    await _reconsider(job, state, findings, asking)
    return _result(job, state, findings, asking)


async def _reconsider(job: _Job, state: _State, findings: tuple[Finding, ...], asking: Asking) -> None:
    """Try once more what was refused for the sake of others that are gone since: a second run would do it."""
    if not any(m[0] == ANYWHERE for m in state.memory):
        return
    stood = state.edits, state.document, [*state.steps], [*state.stages]
    state.memory = set()
    await _rounds(job, state, asking)
    if len(_settled(job, state, findings)[0]) < len(state.edits):
        state.edits, state.document, state.steps, state.stages = stood


def _go_back(state: _State, edits: tuple[Edit, ...], after: Document) -> None:
    """Take back what the whole way refused, and remember the steps that led there."""
    kept = {(e.span, e.after) for e in edits}
    undone = [e.before for e in state.edits if (e.span, e.after) not in kept]
    taken = [j for j in state.steps if any(j.edit.before.strip() in text for text in undone)]
    state.memory |= {(ANYWHERE, j.edit.before, j.edit.after) for j in taken}
    state.steps = [j for j in state.steps if j not in taken]
    made_of = _made_of(state, edits)
    named = tuple(replace(e, id="+".join(made_of[e.id]) or e.id) for e in edits)
    state.edits, state.document, state.stages = named, after, [named]


def _values(job: _Job, state: _State) -> None:
    """Put stored values and spellings in place, until there are none to put."""
    for _ in range(3):
        found = detect(state.document, job.subject)
        report = check(state.document, job.request.film) if job.request.film else None
        house = job.house_findings(state.document)
        wins = values.contests(state.document, (*house, *found), report, job.request.notes)
        if not wins or not _play(job, state, wins, found):
            return


async def _rounds(job: _Job, state: _State, asking: Asking) -> None:
    """Play rounds: plainer words and smaller cuts, then merges, then whole sentences, then the model's."""
    stages = iter(STAGES if job.price <= 1 else (*URGENT, *STAGES))
    stage = next(stages)
    while state.rounds < MAX_ROUNDS and not job.spent():
        found = detect(state.document, job.subject)
        targets = wanted(found, job.request.intensity, copy=job.copy)
        targets += [f for f in job.house_findings(state.document) if f.level is Level.MUST]
        trial = job.trial(state.document)
        sites = places(
            state.document,
            [f for f in targets if f.level is Level.MUST] if stage in URGENT else targets,
            trial.standing.known,
            titles=job.titles,
            headings=job.request.headings,
            price=job.price,
        )
        eager = job.copy or job.request.intensity is Intensity.STRONG
        own = asking.unwritten(sites)
        eager = eager and job.request.intensity is not Intensity.LIGHT
        ready = (
            merging.contests(own)
            if stage == MERGES
            else contests(own, eager=eager, whole=stage in {WHOLE, WHOLE_FIRST})
        )
        if asking.model.reach is Reach.SENTENCE:
            ready = await asking.chosen(ready)
        if _play(job, state, ready, found, trial):
            continue
        if stage != WHOLE:
            stage = next(stages)
            continue
        if asking.model.reach is not Reach.ARTICLE or not targets:
            return
        asked = await asking.rewrites(sites, state.asked, trial.standing, film=job.request.film)
        state.refused += asking.declines(state.rounds + 1)
        if not asked or not _play(job, state, asked, found, trial):
            return


def _play(
    job: _Job, state: _State, ready: Sequence[Contest], found: tuple[Finding, ...], trial: Trial | None = None
) -> bool:
    """Play a round, again with the next best where all is refused; tell whether it changed the text."""
    for _ in range(AGAIN):
        state.rounds += 1
        outcome = _round(job, state, ready, found, trial)
        known = {(j.edit.before, j.edit.after, j.refusal) for j in state.refused}
        state.refused += [j for j in outcome.refused if (j.edit.before, j.edit.after, j.refusal) not in known]
        if outcome.accepted:
            _take(job, state, outcome)
            return True
        if not outcome.set_back:
            return False
        state.memory |= outcome.set_back
    return False


def _round(
    job: _Job, state: _State, ready: Sequence[Contest], found: tuple[Finding, ...], trial: Trial | None
) -> Round:
    return run(
        ready,
        trial or job.trial(state.document),
        number=state.rounds,
        max_cut=job.allowed_cut(state.document),
        findings=found,
        memory=state.memory,
    )


def _take(job: _Job, state: _State, outcome: Round) -> None:
    """Move the state on to the text after the round."""
    state.steps += outcome.accepted
    state.edits = compose(job.original.source, state.edits, [j.edit for j in outcome.accepted])
    state.document = outcome.document
    state.stages.append(state.edits)
    job.progress(
        "round", {"round": state.rounds, "accepted": len(outcome.accepted), "refused": len(outcome.refused)}
    )


def _meta(
    job: _Job, after: Document, left: tuple[Finding, ...], report: ClaimReport | None
) -> meta.Meta | None:
    asked = job.request
    return meta.proposed(after, left, report, asked.film, asked.keyphrase) if asked.meta else None


def _result(job: _Job, state: _State, findings: tuple[Finding, ...], asking: Asking) -> EditResult:
    edits, ledger, after = _settled(job, state, findings)
    reading = analyse(after, job.subject)
    left = detect(after, job.subject, analysis=reading)
    report = check(after, job.request.film) if job.request.film else None
    result = EditResult(
        content=after.source,
        document=after,
        edits=edits,
        steps=tuple(state.steps),
        refused=tuple(state.refused),
        made_of=_made_of(state, edits),
        claims=ledger,
        facts=report,
        scores=Scores(
            score(job.original, job.subject, findings),
            score(after, job.subject, left, analysis=reading),
        ),
        findings=findings,
        left=left,
        usage=asking.usage,
        model=asking.answered_by,
        reach=asking.model.reach,
        prompts=dict(asking.versions),
        house_before=job.house_findings(job.original),
        house_left=job.house_findings(after),
        meta=_meta(job, after, left, report),
        failures=tuple(asking.failures),
        rounds=state.rounds,
    )
    job.progress("done", {"edits": len(edits), "refused": len(state.refused)})
    return result


def _settled(
    job: _Job, state: _State, findings: tuple[Finding, ...]
) -> tuple[tuple[Edit, ...], Ledger, Document]:
    """Judge the whole way from the text given to the text now; where that refuses it, leave out what the
    reason names, else go back to the last stage that it accepts.
    """
    trial = job.trial(job.original)
    stages: list[tuple[Edit, ...]] = [(), *state.stages]
    edits = _named(state.edits)
    while True:
        change = whole_change(trial, edits, job.request.max_cut, findings, closing=True)
        decisions = better(change)
        if decisions[-1].accepted or not edits:
            ledger = balance(
                job.original, change.after, change.regions, change.settlements, trial.standing.known
            )
            return edits, ledger, change.after
        guilty = _fewest(job, trial, edits, culprits(change, decisions[-1]), findings)
        left = tuple(e for e in edits if e.id not in guilty)
        if not guilty:
            stages = stages[:-1]
            left = _named(stages[-1])
        kept = {(e.span, e.after) for e in left}
        state.refused += [
            Judged(e, (decisions[-1],), state.rounds) for e in edits if (e.span, e.after) not in kept
        ]
        edits = left


def _fewest(
    job: _Job, trial: Trial, edits: Sequence[Edit], guilty: set[str], findings: tuple[Finding, ...]
) -> set[str]:
    """Return the one of the guilty edits without which the whole is accepted, as those of one sentence are
    named together; all of them where there is none.
    """
    for one in sorted(guilty) if 1 < len(guilty) <= FEW_GUILTY else ():
        rest = tuple(e for e in edits if e.id != one)
        if better(whole_change(trial, rest, job.request.max_cut, findings, closing=True))[-1].accepted:
            return {one}
    return guilty


def _made_of(state: _State, edits: Sequence[Edit]) -> dict[str, tuple[str, ...]]:
    """Return, for each edit, the ids of the steps that it is composed of."""
    steps = {(e.span, e.after): tuple(e.id.split("+")) for stage in state.stages for e in stage}
    return {e.id: steps.get((e.span, e.after), ()) for e in edits}


def _named(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    return tuple(replace(e, id=f"e{i}") for i, e in enumerate(edits, 1))
