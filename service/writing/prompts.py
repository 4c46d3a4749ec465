"""Typed prompts: frozen inputs, a bounded pydantic output, one repair where the answer has no form.

The words of a prompt stand in `prompts/NAME.md.j2`. Here stands what goes in and what must come out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from service.errors import ModelOutputInvalid
from service.films import JSON
from service.writing.ports import Answer, Ask, Message, Model, PromptLibrary, Usage

REPAIR = "repair"
ERRORS_SHOWN = 6
ANSWER_SHOWN = 4000  # characters of a broken answer that the repair is shown

Identifier = Annotated[str, StringConstraints(max_length=60)]
Line = Annotated[str, StringConstraints(max_length=200)]


class Inputs(BaseModel):
    """What a prompt is filled with."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Output(BaseModel):
    """What a prompt must be answered with: every string and every list has a bound.

    Keys nobody asked for are dropped rather than refused; the schema still forbids them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", json_schema_extra={"additionalProperties": False})


I = TypeVar("I", bound=Inputs)  # noqa: E741 - one capital letter is the custom for a type variable
O = TypeVar("O", bound=Output)  # noqa: E741 - as above


@dataclass(frozen=True, slots=True)
class Reply(Generic[O]):
    """A checked answer: `value`, what it cost with its repair, who gave it, the prompt's hash, and
    the reason for the repair where one was needed.
    """

    value: O
    usage: Usage
    model: str
    version: str
    repaired: str = ""


@dataclass(frozen=True, slots=True)
class Prompt(Generic[I, O]):
    """A prompt file with its types. `max_tokens` bounds the answer."""

    name: str
    inputs: type[I]
    output: type[O]
    max_tokens: int = 1024
    temperature: float = 0.0

    def build(self, inputs: I, prompts: PromptLibrary, *, seed: int | None = None) -> Ask:
        """Return the call of a model that asks this prompt with `inputs`."""
        messages, version = prompts.render(self.name, inputs.model_dump(mode="json"))
        return Ask(
            name=self.name,
            version=version,
            messages=messages,
            schema=schema_of(self.output),
            max_tokens=self.max_tokens,
            temperature=self.temperature,
            seed=seed,
        )

    async def ask(
        self, inputs: I, *, model: Model, prompts: PromptLibrary, seed: int | None = None
    ) -> Reply[O]:
        """Return the model's answer, checked; asks once more, with the errors, where it has no form.

        Raises ModelOutputInvalid after that, and whatever ModelError the call itself raises. The
        exception's `usage` attribute is not set: a failed call's cost is counted by the model room.
        """
        asked = self.build(inputs, prompts, seed=seed)
        answer = await model.ask(asked)
        try:
            return Reply(read(answer, self.output), answer.usage, answer.model, asked.version)
        except ModelOutputInvalid as error:
            problem = error.message
        second = await model.ask(_repair(asked, answer, problem, prompts))
        usage = answer.usage + second.usage
        return Reply(read(second, self.output), usage, second.model, asked.version, problem)


@cache
def schema_of(output: type[Output]) -> Mapping[str, JSON]:
    """Return the JSON Schema of `output` with its definitions put in place and no titles: the
    form that most servers understand.
    """
    schema = output.model_json_schema()
    definitions = schema.pop("$defs", {})
    inlined: dict[str, JSON] = _inline(schema, definitions)
    return inlined


def _inline(node: Any, definitions: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON of any shape
    if isinstance(node, list):
        return [_inline(n, definitions) for n in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inline(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
    named = node.get("properties")
    out = {
        k: _inline(v, definitions) for k, v in node.items() if k not in ("title", "default", "description")
    }
    if isinstance(named, dict):
        out["properties"] = {k: _inline(v, definitions) for k, v in named.items()}
        out["required"] = list(named)
    return out


def read(answer: Answer, output: type[O]) -> O:
    """Return the typed value of `answer`.

    Accepts JSON inside a code fence or between other words. Raises ModelOutputInvalid with the
    reasons as a reader (or the model) can understand them.
    """
    text = json_in(answer.text)
    if not text:
        raise ModelOutputInvalid(_no_json(answer), model=answer.model)
    try:
        return output.model_validate_json(text)
    except ValidationError as error:
        if answer.finish_reason == "length":
            raise ModelOutputInvalid(_no_json(answer), model=answer.model) from error
        reasons = "; ".join(
            f"{'.'.join(str(p) for p in e['loc']) or 'the answer'}: {e['msg']}"
            for e in error.errors(include_url=False, include_input=False)[:ERRORS_SHOWN]
        )
        raise ModelOutputInvalid(f"The JSON does not fit: {reasons}.", model=answer.model) from error


FENCE = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)


def json_in(text: str) -> str:
    """Return the JSON object that stands in `text`, or "" where none begins.

    >>> json_in('Sure! {"a": 1} Anything else?')
    '{"a": 1}'
    """
    fenced = FENCE.search(text)
    if fenced:
        return fenced.group(1)
    start = text.find("{")
    if start < 0:
        return ""
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        return text[start:]
    return text[start:end]


def _no_json(answer: Answer) -> str:
    if answer.finish_reason == "length":
        return "The answer was cut off before its JSON was complete."
    if answer.finish_reason == "tool_calls":
        return "The answer called a tool, and there are none."
    return "The answer holds no JSON object." if answer.text.strip() else "The answer is empty."


def _repair(asked: Ask, answer: Answer, problem: str, prompts: PromptLibrary) -> Ask:
    cut = answer.finish_reason == "length"
    messages, version = prompts.render(REPAIR, {"problem": problem, "cut": cut})
    shown = answer.text[:ANSWER_SHOWN].strip() or "(nothing)"
    asks = tuple(m for m in messages if m.role == "user")
    return replace(
        asked,
        name=f"{asked.name}+{REPAIR}",
        version=f"{asked.version}+{version}",
        messages=(*asked.messages, Message("assistant", shown), *asks),
        max_tokens=asked.max_tokens * 2 if cut else asked.max_tokens,
    )
