"""Which model is meant, and how far it may be trusted."""

from __future__ import annotations

import pytest

from service.llm.config import ModelConfig, default_reach
from service.writing.ports import Reach


@pytest.mark.parametrize(
    ("config", "name"),
    [
        (ModelConfig(), "embedded"),
        (ModelConfig(api_key="k"), "openai:gpt-4.1-mini"),
        (ModelConfig(api_key="k", model="embedded"), "embedded"),
        (ModelConfig(api_key="k", model=" None "), "none"),
        (ModelConfig(model="gpt-4.1"), "openai:gpt-4.1"),
        (ModelConfig(model="claude-sonnet-4"), "anthropic:claude-sonnet-4"),
        (ModelConfig(model="anthropic:claude-sonnet-4"), "anthropic:claude-sonnet-4"),
        (ModelConfig(model="llama3.1:8b", base_url="http://127.0.0.1:11434/v1"), "openai:llama3.1:8b"),
        (ModelConfig(model="openai:m", base_url="http://127.0.0.1:1/v1"), "openai:m"),
    ],
)
def test_model_is_resolved(config: ModelConfig, name: str) -> None:
    assert config.resolved == name


@pytest.mark.parametrize(
    ("name", "weights", "reach"),
    [
        ("none", "", Reach.NONE),
        ("embedded", "SmolLM2-135M-Instruct.Q4_1.gguf", Reach.SENTENCE),
        ("embedded", "Qwen3-14B-Q4_K_M.gguf", Reach.ARTICLE),
        ("embedded", "unnamed.gguf", Reach.SENTENCE),
        ("openai:gpt-4.1", "", Reach.ARTICLE),
        ("openai:llama3.2:1b", "", Reach.SENTENCE),
        ("openai:qwen2.5-0.5b-instruct", "", Reach.SENTENCE),
        ("openai:llama3.1:70b", "", Reach.ARTICLE),
    ],
)
def test_small_model_is_not_trusted_with_prose(name: str, weights: str, reach: Reach) -> None:
    assert default_reach(name, weights) is reach


def test_key_is_not_shown() -> None:
    assert "sesame" not in repr(ModelConfig(api_key="sesame"))
