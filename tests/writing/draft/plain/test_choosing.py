"""A small model chooses among joins that rules made; it writes nothing."""

from __future__ import annotations

import json
import re

import pytest

from service.errors import BudgetExceeded, ModelTimeout
from service.llm import PromptFiles
from service.reviews import Review, ReviewSentence, Section, SectionName
from service.writing.draft.asking import Asking, Counting
from service.writing.draft.plain.choosing import join, pairs, versions
from service.writing.draft.plain.content import content
from service.writing.ports import Ask, Reach
from tests.fakes.model import FakeModel, Handler

ONE = ReviewSentence("The plot is thin.", ("n1",))
TWO = ReviewSentence("The jokes are superb.", ("n2",))
FACT = ReviewSentence("The film runs for 99 minutes.", ("film.runtime_minutes",))


def review_of(*sentences: ReviewSentence) -> Review:
    plot = Section(SectionName.PLOT, (sentences,))
    return Review("A Film", "a-film", (plot,), ("n1", "n2"), ())


def asking_of(handler: Handler) -> Asking:
    return Asking(Counting(FakeModel(handler, reach=Reach.SENTENCE)), PromptFiles())


def shown(ask: Ask) -> list[str]:
    return [json.loads(v) for v in re.findall(r"^\d\. (\".*\")$", ask.messages[-1].content, re.MULTILINE)]


def picking(part: str) -> Handler:
    """Return a model that picks the version with `part` in it, wherever it stands."""

    def handler(ask: Ask) -> dict[str, int]:
        return {"choice": next(i for i, v in enumerate(shown(ask), 1) if part in v)}

    return handler  # type: ignore[return-value]  # a JSON object of integers


def texts(review: Review) -> list[str]:
    return [s.text for section in review.sections for s in section.sentences]


async def test_a_join_chosen_in_both_orders_stands_with_the_sources_of_both() -> None:
    made, steps = await join(review_of(ONE, TWO), asking_of(picking("but")))
    assert texts(made) == ["The plot is thin, but the jokes are superb."]
    assert made.sections[0].sentences[0].sources == ("n1", "n2")
    assert steps[0].reasons == ("the model chose this join",)


@pytest.mark.parametrize("place", [1, 2, 3])
async def test_a_model_that_picks_by_place_joins_nothing(place: int) -> None:
    given = review_of(ONE, TWO)
    made, steps = await join(given, asking_of(lambda _: {"choice": place}))
    assert made == given
    assert "by place" in steps[0].reasons[0]


@pytest.mark.parametrize(
    "answer", ["yes", {"choice": 9}, {"choice": "but"}, {"text": "The plot is a triumph."}, ""]
)
async def test_an_answer_without_a_choice_leaves_the_sentences_apart(answer: object) -> None:
    given = review_of(ONE, TWO)
    made, _ = await join(given, asking_of(lambda _: answer))  # type: ignore[arg-type,return-value]  # faulty on purpose
    assert made == given


async def test_a_model_that_is_away_costs_the_joins_and_nothing_else() -> None:
    asking = asking_of(lambda _: ModelTimeout("no answer"))
    given = review_of(ONE, TWO)
    assert (await join(given, asking))[0] == given
    assert asking.failures == {"joining": "no answer"}


async def test_a_spent_budget_is_the_callers_to_hear_of() -> None:
    with pytest.raises(BudgetExceeded):
        await join(review_of(ONE, TWO), asking_of(lambda _: BudgetExceeded("spent")))


def test_sentences_of_the_record_are_never_joined() -> None:
    assert list(pairs(review_of(ONE, FACT, TWO))) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("He asks why?", "The jokes are superb."),
        ("The plot is thin; it shows.", "The jokes are superb."),
        ("The plot is thin.", "Kim Ji-young is superb."),
        ("The plot is thin because nobody wrote one.", "The jokes are superb."),
        ("The plot is " + "very " * 14 + "thin.", "The jokes are superb."),
    ],
)
def test_what_is_not_safe_to_join_has_one_version(one: str, two: str) -> None:
    assert versions(one, two) == (f"{one} {two}",)


def test_every_version_has_every_content_word_and_no_other() -> None:
    made = versions("The yard is cold.", "The cell is warm.")
    assert len(made) == 3
    assert len({frozenset(content(v).items()) for v in made}) == 1
