"""What goes over the wire: the options of one call, the schema as a provider takes it, the client."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from service.writing.ports import Ask

OPENAI_HOST = "api.openai.com"
THOUGHTS = 8192  # tokens that a reasoning model may think before it answers
OPTIONAL = (
    "response_format",
    "temperature",
    "seed",
)  # left out where a server says that it does not know one
UNSUPPORTED = frozenset({"maxLength", "minLength", "pattern", "format"})  # in OpenAI's strict mode


def options_for(
    ask: Ask,
    *,
    openai: bool,
    thoughts: int = 0,
    without: Collection[str] = (),
    extra: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Return the keyword arguments of one call of LangChain's `ChatOpenAI`.

    A compatible server is given `max_tokens` in `extra_body`: LangChain would rename it to a name that
    older servers do not know. The response format goes there too: as an argument it would be parsed at
    twice the cost, raising on a truncated answer instead of returning it.
    """
    options: dict[str, Any] = {"temperature": ask.temperature, "seed": ask.seed}
    body: dict[str, Any] = dict(extra or {})
    limit = ask.max_tokens + thoughts
    if openai:
        options["max_completion_tokens"] = limit
    else:
        body["max_tokens"] = limit
    if ask.schema is not None and "response_format" not in without:
        body["response_format"] = response_format(ask, strict=openai)
    if body:
        options["extra_body"] = body
    return {k: v for k, v in options.items() if k not in without and v is not None}


def response_format(ask: Ask, *, strict: bool) -> dict[str, Any]:
    """Return the `response_format` for the ask's schema; OpenAI's strict mode knows no bounds of strings."""
    name = "".join(c if c.isalnum() or c in "_-" else "_" for c in ask.name)[:64]
    schema = without_bounds(ask.schema) if strict else ask.schema
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": strict}}


def without_bounds(node: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return a JSON Schema without the keywords that OpenAI's strict mode refuses.

    >>> without_bounds({"properties": {"format": {"type": "string", "maxLength": 9}}})
    {'properties': {'format': {'type': 'string'}}}
    """
    if isinstance(node, list):
        return [without_bounds(n) for n in node]
    if not isinstance(node, Mapping):
        return node
    out = {k: without_bounds(v) for k, v in node.items() if k not in UNSUPPORTED}
    if isinstance(named := node.get("properties"), Mapping):
        out["properties"] = {k: without_bounds(v) for k, v in named.items()}
    return out


def transport(timeout: float) -> Any:  # noqa: ANN401 - of openai's client, which is imported late
    """Return an HTTP client that one event loop may use for all its calls.

    It rides on aiohttp: measured here, a call costs 1.8 ms of CPU that way, and 2.8-3.6 ms on the default.
    """
    from openai import DefaultAioHttpClient  # noqa: PLC0415 - openai takes 0.7 s to import

    return DefaultAioHttpClient(timeout=timeout)
