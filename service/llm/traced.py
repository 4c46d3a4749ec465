"""A span for every call of a model, by OpenTelemetry's conventions for generative AI."""

from __future__ import annotations

from dataclasses import dataclass

from opentelemetry.trace import SpanKind

from service.llm.speaker import AroundSpeaker, Hear, Speaker
from service.tracing import Value, span
from service.writing.ports import Answer, Ask

PROVIDERS = {"google_genai": "gcp.gemini", "mistralai": "mistral_ai", "embedded": "finecut.embedded"}


@dataclass(frozen=True, slots=True)
class Traced(AroundSpeaker):
    """`inner`, each ask of which is a span: which prompt, how many tokens, how it ended; no text."""

    inner: Speaker

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer."""
        provider, _, model = self.name.partition(":")
        model = model or provider
        asked: dict[str, Value | None] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": PROVIDERS.get(provider, provider),
            "gen_ai.request.model": model,
            "gen_ai.request.max_tokens": ask.max_tokens,
            "gen_ai.request.temperature": ask.temperature,
            "gen_ai.request.seed": ask.seed,
            "gen_ai.output.type": "text" if ask.schema is None else "json",
            "gen_ai.prompt.name": ask.name,
            "finecut.prompt.version": ask.version,
        }
        with span(f"chat {model}", asked, kind=SpanKind.CLIENT) as current:
            answer = await self.inner.ask(ask, hear)
            current.set_attribute("gen_ai.response.model", model)
            current.set_attribute("gen_ai.response.finish_reasons", [answer.finish_reason])
            current.set_attribute("gen_ai.usage.input_tokens", answer.usage.prompt_tokens)
            current.set_attribute("gen_ai.usage.output_tokens", answer.usage.completion_tokens)
            if answer.usage.cost is not None:
                current.set_attribute("finecut.cost_usd", float(answer.usage.cost))
            return answer
