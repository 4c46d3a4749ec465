"""A model as a judge of articles: grades by a rubric, from several seeds, never taken at their word.

A judge that fails is a state of the judge, not of the article: its articles keep every other measure. What
it says counts only where it answered everything, told texts apart, and agrees with people's grades.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from statistics import fmean
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from service.errors import FinecutError
from service.evaluation.agreement import Agreement
from service.evaluation.outages import IN_A_ROW, NOT_ASKED, OUTAGES
from service.films import JSON
from service.writing.ports import Model, PromptLibrary
from service.writing.prompts import Inputs, Line, Output, Prompt, read

SEEDS = 3
TEMPERATURE = 0.5  # with 0 all seeds answer the same, and their spread says nothing
UNASKED = "NotAsked"
SAME = 0.95  # share of equal answers from which a judge says the same to everything

Told = Callable[[int, int], None]
Grade = Annotated[int, Field(strict=True, ge=1, le=5)]


class Subject(Inputs):
    """What the judge is shown."""

    title: str
    notes: tuple[str, ...]
    text: str


class Grades(Output):
    """Grades from 1 to 5; `follows_notes` is None where there are no notes."""

    specific: Grade
    coherent: Grade
    in_voice: Grade
    follows_notes: Grade | None


class Judgement(Grades):
    """The grades of one seed, and the judge's reason."""

    why: Line = ""


JUDGE = Prompt("judge_article", Subject, Judgement, max_tokens=300, temperature=TEMPERATURE)
CRITERIA = ("specific", "coherent", "in_voice", "follows_notes")


class JudgeState(StrEnum):
    """What a judge's grades are worth."""

    USABLE = "usable"
    FAILED = "failed"  # it did not answer everything, or not in the form asked for
    CONSTANT = "constant"  # it says the same to everything
    DISAGREES = "disagrees"  # no agreement with people that chance would not give


@dataclass(frozen=True, slots=True)
class Judged:
    """A text to grade: its id, the film's title, the writer's notes."""

    id: str
    text: str
    title: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the seeds said of a text, or why one did not."""

    grades: tuple[Mapping[str, Any], ...]
    errors: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Return whether every seed answered."""
        return bool(self.grades) and not self.errors

    def mean(self, criterion: str) -> float | None:
        """Return the mean grade; None where it was not given, or a seed failed."""
        given = [g[criterion] for g in self.grades if g[criterion] is not None]
        return fmean(given) if given and self.whole else None

    @property
    def overall(self) -> float | None:
        """Return the mean of the criteria's means."""
        return _mean(self.mean(c) for c in CRITERIA)

    @property
    def measures(self) -> dict[str, float | None]:
        """Return the measures of an item; `judge_spread` is the range of its seeds' means."""
        each = [fmean(_numbers(g)) for g in self.grades] if self.whole else []
        return {
            "judge": self.overall,
            **{f"judge_{c}": self.mean(c) for c in CRITERIA},
            "judge_spread": max(each) - min(each) if each else None,
        }


Keep = Callable[[str, Mapping[str, Any]], None]
"""Hears of each new judgement: its key and grades."""


def forget(_key: str, _grades: Mapping[str, Any]) -> None:
    """Keep nothing."""


async def opinions(
    subjects: Sequence[Judged],
    *,
    model: Model,
    prompts: PromptLibrary,
    seeds: int = SEEDS,
    at_once: int = 1,
    kept: Mapping[str, Any] = MappingProxyType({}),
    keep: Keep = forget,
    told: Told = lambda _done, _of: None,
) -> list[Opinion]:
    """Return the opinion on each subject, in order; `at_once` asks run side by side.

    What is in `kept` is not asked again; what is new is given to `keep`.

    After IN_A_ROW failures of the provider in a row the rest is not asked. With `at_once` 1 the asks come in
    the order of subjects and seeds, which a durable run needs.
    """
    asking = _Asking(model, prompts, kept, keep)
    jobs = [(subject, seed) for subject in subjects for seed in range(seeds)]
    done = 0

    async def one(subject: Judged, seed: int) -> dict[str, Any]:
        nonlocal done
        outcome = await asking.judgement(subject, seed)
        done += 1
        told(done, len(jobs))
        return outcome

    outcomes = await _in_order([partial(one, *job) for job in jobs], at_once)
    parts = [outcomes[i : i + seeds] for i in range(0, len(outcomes), seeds)]
    return [_opinion(part) for part in parts]


class _Asking:
    """Asks for single judgements, and no more once the provider is gone."""

    def __init__(self, model: Model, prompts: PromptLibrary, kept: Mapping[str, Any], keep: Keep) -> None:
        self._model = model
        self._prompts = prompts
        self._kept = kept
        self._keep = keep
        self._failures = 0

    async def judgement(self, subject: Judged, seed: int) -> dict[str, Any]:
        """Return `{"grades": …}`, or `{"error": …}` where there are none."""
        inputs = Subject(title=subject.title, notes=subject.notes, text=subject.text)
        ask = JUDGE.build(inputs, self._prompts, seed=seed)
        key = _key(self._model.name, ask.version, inputs, seed)
        if key in self._kept:
            return {"grades": self._kept[key]}
        if self._failures >= IN_A_ROW:
            return {"error": f"{UNASKED}: {NOT_ASKED}"}
        try:
            grades = _checked(read(await self._model.ask(ask), Judgement), subject)
        except FinecutError as error:
            self._failures = self._failures + 1 if isinstance(error, OUTAGES) else 0
            return {"error": f"{type(error).__name__}: {error}"}
        self._failures = 0
        self._keep(key, grades)
        return {"grades": grades}


def _checked(judgement: Judgement, subject: Judged) -> dict[str, Any]:
    """Return the grades; one for notes that do not exist is none."""
    grades = judgement.model_dump()
    if not subject.notes:
        grades["follows_notes"] = None
    return grades


def _key(model: str, version: str, inputs: Subject, seed: int) -> str:
    held = json.dumps([model, version, inputs.model_dump(mode="json"), seed, TEMPERATURE], sort_keys=True)
    return hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest()[:32]


async def _in_order(
    jobs: Sequence[Callable[[], Awaitable[dict[str, Any]]]], at_once: int
) -> list[dict[str, Any]]:
    if at_once == 1:
        return [await job() for job in jobs]
    free = asyncio.Semaphore(at_once)

    async def when_free(job: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        async with free:
            return await job()

    return list(await asyncio.gather(*map(when_free, jobs)))


def _opinion(outcomes: Iterable[Mapping[str, Any]]) -> Opinion:
    each = list(outcomes)
    return Opinion(
        tuple(o["grades"] for o in each if "grades" in o), tuple(o["error"] for o in each if "error" in o)
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a judge: its state, a sentence on it, how often it was asked and answered, why it
    failed, and its agreement with people by criterion (`overall` for their mean).
    """

    state: JudgeState
    said: str
    asked: int
    answered: int
    errors: Mapping[str, int]
    agreement: Mapping[str, Agreement]


def verdict(
    labelled: Sequence[Opinion], others: Sequence[Opinion], agreed: Mapping[str, Agreement]
) -> Verdict:
    """Return what a judge's grades are worth, from its opinions on the labelled texts and on the articles."""
    every = [*labelled, *others]
    errors = [e for o in every for e in o.errors]
    answers = [g for o in every for g in o.grades]
    asked, answered = len(answers) + len(errors), len(answers)
    state, said = _state(answers, errors, agreed.get("overall"))
    return Verdict(state, said, asked, answered, dict(_kinds(errors)), agreed)


def _kinds(errors: Iterable[str]) -> Counter[str]:
    return Counter(e.partition(":")[0] for e in errors)


def _state(
    answers: Sequence[Mapping[str, Any]], errors: Sequence[str], overall: Agreement | None
) -> tuple[JudgeState, str]:
    if errors or not answers:
        first = next((e for e in errors if not e.startswith(UNASKED)), "")
        kinds = ", ".join(f"{n} {kind}" for kind, n in _kinds(errors).most_common())
        said = f"{len(errors)} of {len(errors) + len(answers)} judgements are missing ({kinds})."
        return JudgeState.FAILED, f"{said} The first: {first}" if first else said
    (common, count), *_ = Counter(_of_the_text(a) for a in answers).most_common(1)
    if count >= SAME * len(answers) and len(answers) > 1:
        grades = ", ".join(map(str, common))
        return JudgeState.CONSTANT, f"It gave {grades} {count} times of {len(answers)}, whatever the text."
    if overall is None or overall.spearman is None or overall.spearman_low is None:
        return JudgeState.DISAGREES, "Its agreement with people could not be measured."
    found = f"Spearman {overall.spearman:.2f} [{overall.spearman_low:.2f}, {overall.spearman_high:.2f}]"
    if overall.spearman_low <= 0:
        return (
            JudgeState.DISAGREES,
            f"No agreement with people's grades beyond chance: {found}, n {overall.n}.",
        )
    return JudgeState.USABLE, f"Agreement with people's grades: {found}, n {overall.n}."


def _numbers(grades: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(grades[c] for c in CRITERIA if grades[c] is not None)


def _of_the_text(grades: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the grades that every text is given, with notes or without."""
    return tuple(grades[c] for c in CRITERIA[:-1])


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return fmean(known) if known else None


def verdict_json(found: Verdict, *, model: str, seeds: int) -> dict[str, JSON]:
    """Return the verdict as `results.json` has it under `judge`."""
    return {
        "model": model,
        "seeds": seeds,
        "state": found.state.value,
        "said": found.said,
        "asked": found.asked,
        "answered": found.answered,
        "errors": dict(found.errors),
        "agreement": {name: agreement_json(a) for name, a in found.agreement.items()},
    }


def agreement_json(found: Agreement) -> dict[str, JSON]:
    """Return an agreement as `results.json` has it."""
    return {
        "n": found.n,
        "spearman": [found.spearman, found.spearman_low, found.spearman_high],
        "kappa": [found.kappa, found.kappa_low, found.kappa_high],
    }
