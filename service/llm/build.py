"""From a configuration to a model: the only place of this room that puts its parts together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from service.llm.cache import Cached
from service.llm.chat import ChatModel
from service.llm.config import EMBEDDED, NONE, ModelConfig, Price, default_reach
from service.llm.embedded import EmbeddedServer, find_weights
from service.llm.fallbacks import Fallbacks
from service.llm.prices import Priced, load_prices, price_of
from service.llm.quota import MemoryLedger, Throttled
from service.llm.speaker import Hear, NoModel, Speaker
from service.llm.traced import Traced
from service.writing.ports import Answer, Ask, Reach
from service.writing.quota import Ledger, Quota


class EmbeddedModel:
    """The embedded model with the server that it closes."""

    def __init__(self, config: ModelConfig) -> None:
        weights = find_weights(config.gguf)
        self._server = EmbeddedServer(weights, threads=config.threads, context_tokens=config.context_tokens)
        reach = config.reach or default_reach(EMBEDDED, weights.name)
        self._chat = ChatModel(config, name=EMBEDDED, reach=reach, address=self._server.address)
        self.weights = weights.name

    @property
    def name(self) -> str:
        """Return `embedded`."""
        return self._chat.name

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        return self._chat.reach

    async def prepare(self) -> None:
        """Start the server and connect, where that is not done."""
        await self._chat.prepare()

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer, starting the server where it is not up."""
        return await self._chat.ask(ask, hear)

    async def aclose(self) -> None:
        """Close the connections and stop the server."""
        await self._chat.aclose()
        self._server.close()


def build_model(config: ModelConfig, ledger: Ledger | None = None) -> Speaker:
    """Return the model that `config` describes, within its quota, with its cache and fallbacks.

    The calls that its quota bounds are entered in `ledger`; without one, this process counts its own.
    Nothing is imported or started before the first ask. Raises ModelMisconfigured for weights that
    are not there, a price table that does not read, or a fallback of less reach.
    """
    prices = load_prices(config.prices)
    others = tuple(replace(config, model=name, reach=None, fallbacks=()) for name in config.fallbacks)
    models = [_one(c, prices, ledger or MemoryLedger()) for c in (config, *others)]
    return Fallbacks(models) if len(models) > 1 else models[0]


def _one(config: ModelConfig, prices: Mapping[str, Price], ledger: Ledger) -> Speaker:
    name = config.resolved
    if name == NONE:
        return NoModel()
    quota = Quota(config.calls_per_minute, config.tokens_per_minute)
    throttled = quota != Quota()
    alone = replace(config, retries=0) if throttled else config  # a quota counts every try
    said: EmbeddedModel | ChatModel
    if name == EMBEDDED:
        said = EmbeddedModel(alone)
    else:
        said = ChatModel(alone, name=name, reach=config.reach or default_reach(name))
    model: Speaker = Traced(Priced(said, price_of(name, prices)))
    if throttled:
        model = Throttled(
            model, ledger, quota, retries=config.retries, patience=config.patience, prepare=said.prepare
        )
    return Cached(model, config.cache_size) if config.cache_size else model
