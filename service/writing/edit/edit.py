"""The use case: edits that can only improve a copy."""

from __future__ import annotations

import time
from collections.abc import Sequence

from service.detectors import Finding, Subject, analyse, detect, score
from service.document import Document, parse
from service.facts import ClaimReport, check
from service.writing.edit import merging, meta, values
from service.writing.edit.asking import Asking, tokens_of
from service.writing.edit.compose import compose
from service.writing.edit.place import Place
from service.writing.edit.plan import is_copy
from service.writing.edit.request import EditRequest, Intensity, checked
from service.writing.edit.result import EditResult, Scores
from service.writing.edit.rounds import ANYWHERE, Budget, Contest, Round, run
from service.writing.edit.settling import go_back, made_of, settled
from service.writing.edit.state import Job, State
from service.writing.edit.survey import Survey
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
    state = State(original, findings, Budget.of(original))
    await _mended(job, state, findings, asking)
    return _result(job, state, findings, asking)


async def _mended(job: Job, state: State, findings: tuple[Finding, ...], asking: Asking) -> None:
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


async def _reconsider(job: Job, state: State, findings: tuple[Finding, ...], asking: Asking) -> None:
    """Try once more what was refused for the sake of others that are gone since: a second run would do it."""
    if not any(m[0] == ANYWHERE for m in state.memory):
        return
    stood = state.edits, state.document, state.findings, [*state.steps], [*state.stages]
    state.memory = set()
    await _rounds(job, state, asking)
    if len(settled(job, state, findings)[0]) < len(state.edits):
        state.edits, state.document, state.findings, state.steps, state.stages = stood


def _values(job: Job, state: State) -> None:
    """Put stored values and spellings in place, until there are none to put."""
    for _ in range(3):
        survey = _surveyed(job, state)
        report = check(state.document, job.request.film) if job.request.film else None
        house = job.house_findings(state.document)
        wins = values.contests(state.document, (*house, *survey.findings), report, job.request.notes)
        if not wins or not _play(job, state, wins, survey):
            return


def _surveyed(job: Job, state: State) -> Survey:
    """Return the survey of the text as it stands."""
    found = state.findings
    return Survey(job, state.document, detect(state.document, job.subject) if found is None else found)


async def _rounds(job: Job, state: State, asking: Asking) -> None:
    """Play rounds: plainer words and smaller cuts, then merges, then whole sentences, then the model's."""
    stages = iter(STAGES if job.price <= 1 else (*URGENT, *STAGES))
    stage = next(stages)
    survey = _surveyed(job, state)
    while state.rounds < MAX_ROUNDS and state.budget.left > 0 and not job.spent():
        if survey.document is not state.document:
            survey = _surveyed(job, state)
        sites = asking.unwritten(survey.urgent if stage in URGENT else survey.sites)
        ready = _ready(job, sites, stage)
        if asking.model.reach is Reach.SENTENCE:
            ready = await asking.chosen(ready)
        if _play(job, state, ready, survey):
            continue
        if stage != WHOLE:
            stage = next(stages)
            continue
        if asking.model.reach is not Reach.ARTICLE or not survey.targets:
            return
        asked = await asking.rewrites(survey.sites, state.asked, survey.trial.standing, film=job.request.film)
        state.refused += asking.declines(state.rounds + 1)
        if not asked or not _play(job, state, asked, survey):
            return


def _ready(job: Job, sites: Sequence[Place], stage: str) -> list[Contest]:
    """Return what the rules propose at this stage."""
    if stage == MERGES:
        return merging.contests(sites)
    intensity = job.request.intensity
    eager = intensity is Intensity.STRONG or (job.copy and intensity is not Intensity.LIGHT)
    return job.offers.contests(sites, eager=eager, whole=stage in {WHOLE, WHOLE_FIRST})


def _play(job: Job, state: State, ready: Sequence[Contest], survey: Survey) -> bool:
    """Play a round, again with the next best where all is refused; tell whether it changed the text."""
    for _ in range(AGAIN):
        state.rounds += 1
        outcome = run(
            ready,
            survey.trial,
            number=state.rounds,
            max_cut=job.allowed_cut(state.document),
            findings=survey.findings,
            memory=state.memory,
            budget=state.budget,
        )
        known = {(j.edit.before, j.edit.after, j.refusal) for j in state.refused}
        state.refused += [j for j in outcome.refused if (j.edit.before, j.edit.after, j.refusal) not in known]
        if outcome.accepted:
            _take(job, state, outcome)
            return True
        if not outcome.set_back:
            return False
        state.memory |= outcome.set_back
    return False


def _take(job: Job, state: State, outcome: Round) -> None:
    """Move the state on to the text after the round."""
    state.steps += outcome.accepted
    state.edits = compose(job.original.source, state.edits, [j.edit for j in outcome.accepted])
    state.document, state.findings = outcome.document, outcome.findings
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
    edits, ledger, after = settled(job, state, findings)
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
