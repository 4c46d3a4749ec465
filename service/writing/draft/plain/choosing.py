"""What a small model may decide in a plain draft: whether two neighbouring sentences are joined, and how.

It never writes. Rules make the versions, each of which has every content word of both sentences and
adds a connective at most. The model is asked twice, the versions moved on by one place the second time:
a choice that follows the place and not the version is none, and then the sentences stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from service.errors import BudgetExceeded, FinecutError
from service.reviews import Review, ReviewSentence
from service.writing.draft.asking import Asking
from service.writing.draft.plain.content import content
from service.writing.draft.plain.polarity import polarity
from service.writing.draft.result import Outcome, Step
from service.writing.prompts import Inputs, Output, Prompt

MOST = 4  # pairs asked about in a review
LONGEST = 14  # words of a sentence that may be joined to another
_BROKEN = re.compile(r"[;:–—()\"“”?!…]|\b(?:but|because|though|although|while|if|when|which|who)\b")
_LINKED = re.compile(r",|\b(?:and|or)\b")
_LOWERED = re.compile(r"(?:The|A|An|It|He|She|They|There|This|That|His|Her|Its|Their|Some|Every|No)\b")


class JoinInputs(Inputs):
    """The versions to choose from."""

    versions: tuple[str, ...]


class Choice(Output):
    """The number of a version, from 1."""

    choice: Annotated[int, Field(ge=1, le=3)]


JOIN = Prompt("draft_join", JoinInputs, Choice, max_tokens=16)
PROMPTS = (JOIN,)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two neighbouring sentences at `[section][paragraph][at]`, and how they might stand, apart first."""

    section: int
    paragraph: int
    at: int
    versions: tuple[str, ...]


def versions(one: str, two: str) -> tuple[str, ...]:
    """Return the ways in which two sentences may stand, as they are first; one only where none may join.

    >>> versions("The plot is thin.", "The jokes are superb.")
    ('The plot is thin. The jokes are superb.',
     'The plot is thin; the jokes are superb.',
     'The plot is thin, but the jokes are superb.')
    """
    apart = f"{one} {two}"
    if not (_joinable(one) and _joinable(two) and _LOWERED.match(two)):
        return (apart,)
    head, tail = one[:-1], two[0].lower() + two[1:]
    ways = [f"{head}; {tail}"]
    if not _LINKED.search(one) and not _LINKED.search(two):
        ways.append(f"{head}, but {tail}" if polarity(one) * polarity(two) < 0 else f"{head}, and {tail}")
    return (apart, *(w for w in ways if content(w) == content(apart)))


def _joinable(sentence: str) -> bool:
    return (
        sentence.endswith(".")
        and "." not in sentence[:-1]
        and len(sentence.split()) <= LONGEST
        and not _BROKEN.search(sentence)
    )


def pairs(review: Review) -> Iterator[Pair]:
    """Yield the pairs that may be joined, no sentence in two of them: both made of notes alone."""
    for s, section in enumerate(review.sections):
        for p, paragraph in enumerate(section.paragraphs):
            at = 0
            while at + 1 < len(paragraph):
                one, two = paragraph[at : at + 2]
                made = versions(one.text, two.text) if _of_notes(one) and _of_notes(two) else ()
                if len(made) > 1:
                    yield Pair(s, p, at, made)
                    at += 1
                at += 1


def _of_notes(sentence: ReviewSentence) -> bool:
    return not any(source.startswith("film.") for source in sentence.sources)


async def join(review: Review, asking: Asking) -> tuple[Review, tuple[Step, ...]]:
    """Return the review with the joins that the model chose, and a step of the trail for each question.

    A model that fails leaves the sentences apart; `asking.failures` says why. Raises BudgetExceeded alone.
    """
    steps: list[Step] = []
    chosen: list[tuple[Pair, str]] = []
    for number, pair in zip(range(MOST), pairs(review), strict=False):
        try:
            text = await _choose(pair.versions, asking, f"join {number + 1}")
        except BudgetExceeded:
            raise
        except FinecutError as error:
            asking.failures["joining"] = error.message
            break
        section = review.sections[pair.section]
        two = section.paragraphs[pair.paragraph][pair.at : pair.at + 2]
        sources = tuple(dict.fromkeys(i for s in two for i in s.sources))
        kept = text == pair.versions[0]
        why = "the model left them apart, or chose by place" if kept else "the model chose this join"
        outcome = Outcome.OWN_WORDS if kept else Outcome.KEPT
        steps.append(Step(outcome, section.name, " | ".join(pair.versions), text, sources, (why,)))
        if not kept:
            chosen.append((pair, text))
    for pair, text in reversed(chosen):
        review = _with(review, pair, text)
    return review, tuple(steps)


async def _choose(ways: Sequence[str], asking: Asking, about: str) -> str:
    """Return the version chosen in both orders, or the first where the two answers differ."""
    picks = []
    for order in (tuple(ways), (*ways[1:], ways[0])):
        answer = await asking.ask(JOIN, JoinInputs(versions=order), about=about)
        if answer is None or answer.choice > len(order):
            return ways[0]
        picks.append(order[answer.choice - 1])
    return picks[0] if picks[0] == picks[1] else ways[0]


def _with(review: Review, pair: Pair, text: str) -> Review:
    section = review.sections[pair.section]
    paragraph = section.paragraphs[pair.paragraph]
    two = paragraph[pair.at : pair.at + 2]
    sources = tuple(dict.fromkeys(i for s in two for i in s.sources))
    joined = (*paragraph[: pair.at], ReviewSentence(text, sources), *paragraph[pair.at + 2 :])
    paragraphs = [joined if i == pair.paragraph else p for i, p in enumerate(section.paragraphs)]
    sections = [
        replace(s, paragraphs=tuple(paragraphs)) if i == pair.section else s
        for i, s in enumerate(review.sections)
    ]
    return replace(review, sections=tuple(sections))
