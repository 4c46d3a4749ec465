"""The models in use: built once each, within budgets and quotas."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from service.films import JSON
from service.llm import BatchApi, Budget, Budgeted, Charged, ModelConfig, Speaker, build_model
from service.settings import Settings
from service.writing.ports import Model, Reach
from service.writing.quota import Ledger
from service.writing.spending import Purse


def model_config(settings: Settings, name: str | None = None) -> ModelConfig:
    """Return how the model is built: the service's own, or the one that a request names."""
    return ModelConfig(
        model=name or settings.model,
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        gguf=settings.gguf,
        reach=Reach(settings.reach) if settings.reach else None,
        timeout=settings.model_timeout,
        retries=settings.model_retries,
        cache_size=512 if settings.model_cache else 0,
        prices=settings.prices,
        calls_per_minute=settings.requests_per_minute,
        tokens_per_minute=settings.tokens_per_minute,
        fallbacks=tuple(n.strip() for n in settings.model_fallbacks.split(",") if n.strip()),
        tracing=settings.tracing,
    )


class Models:
    """The models in use, each built once and kept until the end. `ledger` keeps account of their quotas,
    `purse` of what an API key spends on them.
    """

    def __init__(
        self, settings: Settings, ledger: Callable[[], Ledger], purse: Callable[[str], Purse]
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._purse = purse
        self._built: dict[str, Speaker] = {}

    def __call__(self, name: str | None = None) -> Model:
        """Return the model of that name, or the service's own, within the budget of one request."""
        config = model_config(self._settings, name)
        if config.resolved not in self._built:
            self._built[config.resolved] = build_model(config, self._ledger())
        return self.within_budget(self._built[config.resolved])

    def charged(self, model: Model, key_id: str) -> Model:
        """Return the model, its calls charged to an API key."""
        return Charged(model, self._purse(key_id))

    def within_budget(self, model: Model) -> Model:
        """Return the model within the budget of one request."""
        dollars = Decimal(str(self._settings.budget_usd))
        return Budgeted(model, Budget(self._settings.budget_tokens, dollars or None))

    def batch_api(self, name: str | None = None) -> BatchApi:
        """Return the provider's own Batch API for a model. Raises ModelMisconfigured where it has none."""
        return BatchApi(model_config(self._settings, name))

    def describe(self) -> dict[str, JSON]:
        """Return the service's own model: its name, its reach, and a sentence for a reader."""
        from service.writing.routes import SAID  # noqa: PLC0415 - few commands need its rules

        model = self()
        return {"name": model.name, "reach": model.reach.value, "said": SAID[model.reach].format(model.name)}

    async def aclose(self) -> None:
        """Close them all."""
        for model in self._built.values():
            await model.aclose()
