"""The use case: edits that can only improve a copy."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from service.detectors import Finding, Level, Subject, analyse, detect, score
from service.document import Document, parse
from service.facts import ClaimReport, check
from service.writing.edit import merging, meta, values
from service.writing.edit.asking import Asking, tokens_of
from service.writing.edit.compose import compose
from service.writing.edit.plan import is_copy, places, wanted
from service.writing.edit.proposals import contests
from service.writing.edit.request import EditRequest, Intensity, checked
from service.writing.edit.result import EditResult, Scores
from service.writing.edit.rounds import ANYWHERE, Contest, Round, run
from service.writing.edit.settling import go_back, made_of, settled, settled_apart
from service.writing.edit.state import Job, State
from service.writing.edit.stretches import LONG, answering, moved, moved_all, stretches
from service.writing.edit.trial import Trial
from service.writing.ports import Model, Progress, PromptLibrary, Reach, silent

MAX_ROUNDS = 60
SECOND_THOUGHTS = 3
SMALL, MERGES, WHOLE = "small", "merges", "whole"
STAGES = (SMALL, MERGES, WHOLE)
SMALL_FIRST, WHOLE_FIRST = "small, must", "whole, must"
URGENT = (SMALL_FIRST, WHOLE_FIRST)  # where few words may go: they go for what must be mended
AGAIN = 8  # times that a round is played with the next best


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
    job = Job(request, original, subject, titles, is_copy(findings), time.monotonic(), progress)
    progress("read", {"words": original.words, "findings": len(findings)})
    asking = Asking(model, prompts, request.seed, tokens_of(original))
    if original.words > LONG:
        state = await _by_stretches(job, findings, asking)
    else:
        state = await _mended(job, State(original), findings, asking)
    return _result(job, state, findings, asking)


async def _by_stretches(job: Job, findings: tuple[Finding, ...], asking: Asking) -> State:
    """Edit each stretch of a long document alone. Of the model's answers each has its share, and what
    those before it left.
    """
    whole = State(job.original)
    granted, ahead = 0, 0
    for part in stretches(job.original, job.titles):
        alone = replace(job, original=part.document)
        found = detect(part.document, job.subject)
        granted += tokens_of(part.document)
        asking.tokens = granted
        state = State(part.document, rounds=whole.rounds, earlier=whole.rounds)
        state = await _mended(alone, state, found, asking)
        edits, _, after = settled(alone, state, found)
        if len(edits) < len(state.edits):
            go_back(state, edits, after)
        whole.edits += tuple(moved(e, part.start) for e in state.edits)
        whole.steps += moved_all(state.steps, ahead)
        whole.refused += moved_all(state.refused, ahead)
        whole.rounds = state.rounds
        ahead += len(after.source)
    whole.edits = answering(whole.edits, findings)
    whole.stages, whole.apart = [whole.edits], True
    return whole


async def _mended(job: Job, state: State, findings: tuple[Finding, ...], asking: Asking) -> State:
    """Play all rounds on a text."""
    _values(job, state)
    await _rounds(job, state, asking)
    for _ in range(SECOND_THOUGHTS):
        edits, _, after = settled(job, state, findings)
        if len(edits) < len(state.edits):
            go_back(state, edits, after)
        steps = len(state.steps)
        state.memory = {m for m in state.memory if m[0] == ANYWHERE}
        await _rounds(job, state, asking)
        if len(state.steps) == steps:
            break
    await _reconsider(job, state, findings, asking)
    return state


async def _reconsider(job: Job, state: State, findings: tuple[Finding, ...], asking: Asking) -> None:
    """Try once more what was refused for the sake of others that are gone since: a second run would do it."""
    if not any(m[0] == ANYWHERE for m in state.memory):
        return
    stood = state.edits, state.document, [*state.steps], [*state.stages]
    state.memory = set()
    await _rounds(job, state, asking)
    if len(settled(job, state, findings)[0]) < len(state.edits):
        state.edits, state.document, state.steps, state.stages = stood


def _values(job: Job, state: State) -> None:
    """Put stored values and spellings in place, until there are none to put."""
    for _ in range(3):
        found = detect(state.document, job.subject)
        report = check(state.document, job.request.film) if job.request.film else None
        house = job.house_findings(state.document)
        wins = values.contests(state.document, (*house, *found), report, job.request.notes)
        if not wins or not _play(job, state, wins, found):
            return


async def _rounds(job: Job, state: State, asking: Asking) -> None:
    """Play rounds: plainer words and smaller cuts, then merges, then whole sentences, then the model's."""
    stages = iter(STAGES if job.price <= 1 else (*URGENT, *STAGES))
    stage = next(stages)
    while state.rounds - state.earlier < MAX_ROUNDS and not job.spent():
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
        intensity = job.request.intensity
        eager = intensity is Intensity.STRONG or (job.copy and intensity is not Intensity.LIGHT)
        own = asking.unwritten(sites)
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
    job: Job, state: State, ready: Sequence[Contest], found: tuple[Finding, ...], trial: Trial | None = None
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
    job: Job, state: State, ready: Sequence[Contest], found: tuple[Finding, ...], trial: Trial | None
) -> Round:
    return run(
        ready,
        trial or job.trial(state.document),
        number=state.rounds,
        max_cut=job.allowed_cut(state.document),
        findings=found,
        memory=state.memory,
    )


def _take(job: Job, state: State, outcome: Round) -> None:
    """Move the state on to the text after the round."""
    state.steps += outcome.accepted
    state.edits = compose(job.original.source, state.edits, [j.edit for j in outcome.accepted])
    state.document = outcome.document
    state.stages.append(state.edits)
    job.progress(
        "round", {"round": state.rounds, "accepted": len(outcome.accepted), "refused": len(outcome.refused)}
    )


def _meta(
    job: Job, after: Document, left: tuple[Finding, ...], report: ClaimReport | None
) -> meta.Meta | None:
    asked = job.request
    return meta.proposed(after, left, report, asked.film, asked.keyphrase) if asked.meta else None


def _result(job: Job, state: State, findings: tuple[Finding, ...], asking: Asking) -> EditResult:
    settle = settled_apart if state.apart else settled
    edits, ledger, after = settle(job, state, findings)
    reading = analyse(after, job.subject)
    left = detect(after, job.subject, analysis=reading)
    report = check(after, job.request.film) if job.request.film else None
    result = EditResult(
        content=after.source,
        document=after,
        edits=edits,
        steps=tuple(state.steps),
        refused=tuple(state.refused),
        made_of=made_of(state, edits),
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
