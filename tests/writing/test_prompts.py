"""A typed prompt reads what can be read, and asks once more for what cannot."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field, StringConstraints

from service.errors import ModelOutputInvalid
from service.writing.draft.asks import PROMPTS
from service.writing.ports import Answer, Usage
from service.writing.prompts import Inputs, Output, Prompt, json_in, read, schema_of
from tests.fakes.model import FakeModel
from tests.fakes.prompts import FakePrompts


class Question(Inputs):
    topic: str


class Part(Output):
    title: Annotated[str, StringConstraints(max_length=10)]


class Reply(Output):
    parts: Annotated[list[Part], Field(max_length=2)]


PROMPT = Prompt("question", Question, Reply, max_tokens=50)
GOOD = '{"parts": [{"title": "one"}]}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Sure! Here it is:\n{GOOD}\nAnything else?",
        '{"parts": [{"title": "one", "extra": 1}], "note": "x"}',
    ],
)
def test_object_is_found_among_other_words(text: str) -> None:
    assert read(Answer(text, "m"), Reply).parts[0].title == "one"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer("", "m"), "The answer is empty"),
        (Answer("No.", "m"), "holds no JSON object"),
        (Answer("", "m", finish_reason="tool_calls"), "called a tool"),
        (Answer('{"parts": [{"ti', "m", finish_reason="length"), "cut off"),
        (Answer('{"parts": 1}', "m"), "parts: Input should be a valid array"),
        (Answer('{"parts": [{"title": "far too long a title"}]}', "m"), r"parts\.0\.title"),
    ],
)
def test_answer_that_does_not_fit_says_why(answer: Answer, says: str) -> None:
    with pytest.raises(ModelOutputInvalid, match=says):
        read(answer, Reply)


async def test_good_answer_needs_one_call() -> None:
    model = FakeModel(lambda _: GOOD)
    reply = await PROMPT.ask(Question(topic="x"), model=model, prompts=FakePrompts(), seed=3)
    assert reply.repaired == ""
    assert (reply.usage.calls, reply.version, model.asked[0].seed) == (1, "hash-of-question", 3)


async def test_bad_answer_is_shown_again_with_the_reason_and_both_are_paid() -> None:
    answers = iter(["nonsense", GOOD])
    model = FakeModel(lambda _: next(answers))
    reply = await PROMPT.ask(Question(topic="x"), model=model, prompts=FakePrompts())
    assert reply.usage.calls == 2
    assert "no JSON object" in reply.repaired
    last = model.asked[1]
    assert last.messages[-2].content == "nonsense"
    assert "no JSON object" in last.messages[-1].content
    assert last.schema == model.asked[0].schema


async def test_second_bad_answer_is_the_end() -> None:
    model = FakeModel(lambda _: Answer("nonsense", "m", Usage(1)))
    with pytest.raises(ModelOutputInvalid):
        await PROMPT.ask(Question(topic="x"), model=model, prompts=FakePrompts())
    assert len(model.asked) == 2


def test_json_in_gives_what_there_is_of_a_broken_object() -> None:
    assert json_in('well {"a": "b') == '{"a": "b'
    assert json_in("nothing") == ""


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda p: p.name)
def test_every_string_and_list_of_an_answer_is_bounded(prompt: Prompt[Inputs, Output]) -> None:
    def walk(node: object) -> None:
        if isinstance(node, list):
            for n in node:
                walk(n)
        if isinstance(node, dict):
            kind = node.get("type")
            assert kind != "string" or "maxLength" in node or "enum" in node, node
            assert kind != "array" or "maxItems" in node, node
            assert kind != "object" or (
                node["additionalProperties"] is False and node["required"] == list(node["properties"])
            )
            for n in node.values():
                walk(n)

    walk(schema_of(prompt.output))
