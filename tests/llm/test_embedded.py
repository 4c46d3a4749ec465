"""The embedded model starts late, answers by the schema, and stops cleanly."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.errors import ModelMisconfigured
from service.films import JSON
from service.llm import ModelConfig, build_model
from service.llm.embedded import EmbeddedServer, find_weights
from service.writing.ports import Ask, Message, Reach

COLOUR: dict[str, JSON] = {
    "type": "object",
    "properties": {"colour": {"type": "string", "maxLength": 12}},
    "required": ["colour"],
    "additionalProperties": False,
}
ASK = Ask("t", "v", (Message("user", "Name a colour."),), COLOUR, max_tokens=32)


def answers(address: str) -> bool:
    parts = urlsplit(address)
    with socket.socket() as s:
        return s.connect_ex((parts.hostname or "", parts.port or 0)) == 0


@pytest.mark.model
async def test_embedded_model_answers_by_the_schema_at_no_cost() -> None:
    model = build_model(ModelConfig(model="embedded"))
    answer = await model.ask(ASK)
    await model.aclose()
    assert isinstance(json.loads(answer.text)["colour"], str)
    assert (model.name, model.reach, answer.model) == ("embedded", Reach.SENTENCE, "embedded")
    assert answer.usage.cost == 0
    assert answer.usage.prompt_tokens > 0


@pytest.mark.model
async def test_server_listens_on_loopback_until_closed_and_can_start_again() -> None:
    server = EmbeddedServer(find_weights(), context_tokens=512)
    address = await server.address()
    assert urlsplit(address).hostname == "127.0.0.1"
    assert await server.address() == address
    assert answers(address)
    server.close()
    assert not answers(address)
    server.close()
    await server.address()
    server.close()


async def test_nothing_is_loaded_before_the_first_ask() -> None:
    model = build_model(ModelConfig(model="embedded"))
    await model.aclose()


def test_weights_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMisconfigured, match="which is no file"):
        build_model(ModelConfig(model="embedded", gguf=tmp_path / "no.gguf"))


async def test_weights_that_are_no_weights_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF but not really")
    with pytest.raises(ModelMisconfigured, match=r"broken\.gguf could not be loaded"):
        await build_model(ModelConfig(model="embedded", gguf=broken)).ask(ASK)
