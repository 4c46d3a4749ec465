"""How a model is chosen and called: plain values, read from the environment elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from service.writing.ports import Reach

EMBEDDED = "embedded"
NONE = "none"
OPENAI_DEFAULT = "openai:gpt-4.1-mini"
SMALL = 4.0  # billions of parameters below which a model is not trusted with free prose

_PARAMETERS = re.compile(r"(?<![a-z0-9.])(\d+(?:\.\d+)?)\s?([bm])(?![a-z0-9])", re.IGNORECASE)
_REASONING = re.compile(r"(?:^|[:/])(?:o\d|gpt-5(?!.*chat))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    prompt: Decimal
    completion: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """Everything that building a model needs.

    `model` is a name as LangChain's `init_chat_model` takes it (`openai:gpt-4.1`,
    `anthropic:claude-…`), `embedded`, `none`, or empty: OpenAI where a key is given, else embedded.
    `base_url` is any OpenAI-compatible endpoint. `reach` overrides the default by model. `timeout`
    is in seconds and bounds one ask with its retries. `fallbacks` are asked in turn where the
    first is not to be had. `calls_per_minute` and `tokens_per_minute` of 0 mean no quota; a call waits
    `patience` seconds for room in it, and each try of it counts. `cache_size` of 0 turns the exact-match
    cache off. `options` go to the provider as they are (`extra_body` for an OpenAI-compatible one).
    """

    model: str = ""
    api_key: str = field(default="", repr=False)
    base_url: str = ""
    gguf: Path | None = None
    reach: Reach | None = None
    timeout: float = 120.0
    retries: int = 3
    fallbacks: tuple[str, ...] = ()
    calls_per_minute: int = 0
    tokens_per_minute: int = 0
    patience: float = 3600.0
    cache_size: int = 512
    prices: Path | None = None
    tracing: bool = False
    threads: int = 1
    context_tokens: int = 4096
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def resolved(self) -> str:
        """Return the name of the model meant, also where none is named.

        >>> ModelConfig().resolved
        'embedded'
        >>> ModelConfig(model="gpt-4.1").resolved
        'openai:gpt-4.1'
        """
        name = self.model.strip()
        if not name:
            return OPENAI_DEFAULT if self.api_key else EMBEDDED
        if name.lower() in (EMBEDDED, NONE):
            return name.lower()
        if self.base_url and not name.startswith("openai:"):
            return f"openai:{name}"  # a compatible server's own name, which may hold a colon (llama3.1:8b)
        return name if ":" in name else _with_provider(name)


def _with_provider(name: str) -> str:
    for start, provider in (("claude", "anthropic"), ("gemini", "google_genai"), ("mistral", "mistralai")):
        if name.lower().startswith(start):
            return f"{provider}:{name}"
    return f"openai:{name}"


def billions(name: str) -> float | None:
    """Return the number of parameters that a model's name states, in billions.

    >>> billions("openai:qwen2.5-0.5b-instruct"), billions("SmolLM2-135M-Instruct"), billions("gpt-4.1")
    (0.5, 0.135, None)
    """
    found = _PARAMETERS.search(name)
    if not found:
        return None
    return float(found.group(1)) / (1000 if found.group(2).lower() == "m" else 1)


def default_reach(name: str, weights: str = "") -> Reach:
    """Return how far a model may be trusted, by its name: a model that says it is small only
    chooses and joins; one that says nothing of its size is taken for capable.
    """
    if name == NONE:
        return Reach.NONE
    size = billions(weights if name == EMBEDDED else name)
    if size is None:
        return Reach.SENTENCE if name == EMBEDDED else Reach.ARTICLE
    return Reach.SENTENCE if size < SMALL else Reach.ARTICLE


def is_reasoning(name: str) -> bool:
    """Tell whether a model thinks before it answers: its thoughts count as tokens of the answer.

    >>> is_reasoning("openai:o3"), is_reasoning("openai:gpt-5-mini"), is_reasoning("openai:gpt-4o")
    (True, True, False)
    """
    return bool(_REASONING.search(name))
