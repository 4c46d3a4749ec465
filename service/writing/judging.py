"""A model as judge of what no rule decides, where that is asked for. Its verdicts are marked as its own.

The model proposes here too: a verdict counts only where it names a filled field of the record and quotes
words that stand in the sentence. A judge that fails is a state of its own and never a verdict.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from service.document import fold, fold_with_map
from service.errors import BudgetExceeded, ModelError
from service.facts import Verdict
from service.films import Film
from service.writing.draft.record import facts_of
from service.writing.ports import Model, PromptLibrary, Reach, Usage
from service.writing.prompts import Identifier, Inputs, Line, Output, Prompt

BATCH = 8  # sentences a call: few enough for a small context and a short answer
AT_ONCE = 4  # calls in flight


class Asked(Inputs):
    """A sentence as the judge sees it: its number, its text, and the sentence before it."""

    number: int
    text: str
    before: str = ""


class JudgeInputs(Inputs):
    """The film's record in words, field by field, and the sentences to judge."""

    film: str
    facts: dict[str, str]
    sentences: tuple[Asked, ...]


class Ruling(Output):
    """One claim of one sentence: the verdict, the field that decides it, the words that claim it."""

    number: int
    verdict: Literal["supported", "contradicted", "not_in_record", "no_claim"]
    field: Identifier
    words: Line
    reason: Line


class Rulings(Output):
    """The judge's whole answer."""

    rulings: Annotated[list[Ruling], Field(max_length=2 * BATCH)]


JUDGE = Prompt("judge_claim", JudgeInputs, Rulings, max_tokens=1200)


class JudgeState(StrEnum):
    """How the judge fared: no state of these is a verdict on the text."""

    ANSWERED = "answered"
    PARTLY_FAILED = "partly_failed"
    FAILED = "failed"
    NOTHING_TO_ASK = "nothing_to_ask"
    UNFIT = "unfit"  # a model that may not write prose may not judge it either


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that the rules left undecided, and the one before it."""

    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judge says of one question: a verdict, the record's field (empty for none), the range of the
    question's text that claims it, and why.
    """

    question: int
    verdict: Verdict
    field: str
    at: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The judge's opinions in the order of the questions, and why each other question has none."""

    model: str
    state: JudgeState
    opinions: tuple[Opinion, ...] = ()
    failures: Mapping[int, str] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    asked: int = 0


async def judge(questions: Sequence[Question], film: Film, *, model: Model, prompts: PromptLibrary) -> Judged:
    """Return the model's opinions on `questions` about `film`. Raises nothing that a model does wrong."""
    if not questions:
        return Judged(model.name, JudgeState.NOTHING_TO_ASK)
    if model.reach is not Reach.ARTICLE:
        return Judged(model.name, JudgeState.UNFIT)
    bench = _Bench(questions, film, model, prompts, asyncio.Semaphore(AT_ONCE))
    numbers = [range(i, min(i + BATCH, len(questions))) for i in range(0, len(questions), BATCH)]
    parts = await asyncio.gather(*(bench.hear(n) for n in numbers))
    opinions = tuple(o for part in parts for o in part.opinions)
    failures = {n: why for part in parts for n, why in part.failures.items()}
    usage = sum((part.usage for part in parts), Usage())
    return Judged(model.name, _state(len(questions), failures), opinions, failures, usage, len(questions))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What came of one call: opinions, why others are missing, what it cost."""

    opinions: tuple[Opinion, ...] = ()
    failures: Mapping[int, str] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class _Bench:
    """The questions with all that it takes to put them; `gate` bounds the calls in flight."""

    questions: Sequence[Question]
    film: Film
    model: Model
    prompts: PromptLibrary
    gate: asyncio.Semaphore

    async def hear(self, numbers: range) -> _Heard:
        """Return what the model says of the questions with these numbers, in one call."""
        questions, facts = self.questions, facts_of(self.film)
        asked = tuple(
            Asked(number=n + 1, text=questions[n].text, before=questions[n].before) for n in numbers
        )
        inputs = JudgeInputs(film=self.film.title, facts=facts, sentences=asked)
        try:
            async with self.gate:
                reply = await JUDGE.ask(inputs, model=self.model, prompts=self.prompts)
        except (ModelError, BudgetExceeded) as error:
            return _Heard(failures=dict.fromkeys(numbers, error.message))
        said = {n: [r for r in reply.value.rulings if r.number == n + 1] for n in numbers}
        failures = {n: why for n in numbers if (why := _unusable(said[n], questions[n], facts))}
        opinions = (o for n in numbers if n not in failures for o in _opinions(n, said[n], questions[n]))
        return _Heard(tuple(opinions), failures, reply.usage)


def _unusable(rulings: Sequence[Ruling], question: Question, facts: Mapping[str, str]) -> str:
    """Return why the rulings on a sentence cannot stand; empty where they can."""
    if not rulings:
        return "The judge said nothing of this sentence."
    for ruling in rulings:
        if ruling.verdict in {"supported", "contradicted"} and ruling.field not in facts:
            return (
                f"The judge called it {ruling.verdict} by {ruling.field!r}, which the record does not hold."
            )
        if ruling.verdict != "no_claim" and standing(ruling.words, question.text) is None:
            return f"The judge quoted {ruling.words!r}, which does not stand in the sentence."
    return ""


def standing(words: str, text: str) -> tuple[int, int] | None:
    """Return where `words` stand in `text`, case, accents and typography aside; None where they do not."""
    wanted = fold(words).strip()
    folded, origin = fold_with_map(text)
    at = folded.find(wanted) if wanted else -1
    return (origin[at], origin[at + len(wanted)]) if at >= 0 else None


def _opinions(number: int, rulings: Sequence[Ruling], question: Question) -> Iterator[Opinion]:
    for r in rulings:
        at = standing(r.words, question.text)
        if r.verdict == "no_claim" or at is None:
            continue
        decided = r.verdict in {"supported", "contradicted"}
        verdict = Verdict(r.verdict) if decided else Verdict.NOT_IN_METADATA
        yield Opinion(number, verdict, r.field.removeprefix("film.") if decided else "", at, r.reason)


def _state(asked: int, failures: Mapping[int, str]) -> JudgeState:
    if not failures:
        return JudgeState.ANSWERED
    return JudgeState.FAILED if len(failures) == asked else JudgeState.PARTLY_FAILED
