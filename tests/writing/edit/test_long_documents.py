"""A long document is edited as a short one is, under the same guarantees, and judged fewer times."""

from __future__ import annotations

import asyncio

import pytest

from service.document import Format, apply, parse
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, EditResult, Intensity, edit, rounds, trial
from service.writing.edit.rounds import Budget
from tests.fakes.prompts import FakePrompts

CONSONANTS, VOWELS = "bdfglmnprstvk", "aeiou"
FILLER = "It is important to note that this film is a testament to the power of cinema. "
AGAIN = "A letter that nobody ever answered changed the whole course of the war."


def _name(number: int) -> str:
    first, second = divmod(number, len(CONSONANTS) * len(VOWELS))
    return "".join(
        CONSONANTS[n // len(VOWELS) % len(CONSONANTS)] + VOWELS[n % len(VOWELS)]
        for n in (first, second, number * 7)
    ).capitalize()


def _sentences(number: int, *, filler: str = "") -> str:
    return (
        f"{_name(number)} left {_name(number + 300)} in {1500 + number} with {number + 2} horses. {filler}"
        f"A letter to {_name(number + 600)} names the price, {number + 40} coins, and the road they took."
    )


def _text(paragraphs: int, *, joint: str = "\n\n") -> str:
    """Return a text in which every tenth paragraph has filler; `AGAIN` stands at its ends."""
    told = (_sentences(i, filler=FILLER if i % 10 == 5 else "") for i in range(paragraphs))
    return joint.join([f"{AGAIN} {_sentences(900)}", *told, f"{AGAIN} {_sentences(901)}"])


def _edited(content: str) -> EditResult:
    request = EditRequest(content=content, format=Format.MARKDOWN, intensity=Intensity.STRONG)
    return asyncio.run(edit(request, model=NoModel(), prompts=FakePrompts()))


def _holds(content: str, result: EditResult) -> None:
    assert result.edits
    assert apply(content, result.edits) == result.content
    assert result.scores.after.score >= result.scores.before.score
    assert result.claims.balanced
    ids = [j.edit.id for j in result.steps]
    assert len(set(ids)) == len(ids)
    assert {step for steps in result.made_of.values() for step in steps} <= set(ids)


def test_a_repeat_is_found_however_far_apart_it_stands() -> None:
    content = _text(60)
    result = _edited(content)
    _holds(content, result)
    assert result.content.count(AGAIN) == 1


def test_a_paragraph_that_does_not_end_is_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "ENDLESS", 900)
    monkeypatch.setattr(trial, "NEAR", 300)
    content = _text(16, joint=" ")
    result = _edited(content)
    _holds(content, result)
    assert FILLER.strip() not in result.content


def test_a_long_text_is_judged_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "JUDGED", 4_000)
    few, many = (Budget.of(parse("One two three four. " * times)) for times in (10, 100))
    assert few.left > many.left == rounds.TIMES


def test_a_budget_that_is_spent_ends_the_edit_with_what_was_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _text(16)
    monkeypatch.setattr(rounds, "JUDGED", 0)
    monkeypatch.setattr(rounds, "TIMES", 1)
    _holds(content, _edited(content))
