"""A chat model through LangChain: one call, its usage, its failures put in our words."""

from __future__ import annotations

import asyncio
import os
import time
import weakref
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from service.errors import ModelError, ModelMisconfigured, ModelOutputInvalid, ModelRefused
from service.llm.config import ModelConfig, is_reasoning
from service.llm.failures import as_model_error, message_of, status_of
from service.llm.speaker import Hear
from service.llm.wire import OPENAI_HOST, OPTIONAL, THOUGHTS, options_for, transport
from service.writing.ports import Answer, Ask, Reach, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage

Building = asyncio.Task["BaseChatModel"]
Address = Callable[[], Awaitable[str]]
IMPORTING = 60.0  # seconds at the most: 1-3 on a free machine, many on a busy one


class ChatModel:
    """A model behind LangChain.

    A client belongs to the event loop that made it (a durable run has a loop of its own), so there
    is one for each loop. A parameter that the server says it does not know is left out from then
    on; the answer's form is checked by whoever asked.
    """

    def __init__(
        self, config: ModelConfig, *, name: str, reach: Reach, address: Address | None = None
    ) -> None:
        self._config = config
        self._name = name
        self._reach = reach
        self._address = address
        self._provider, _, self._model = name.partition(":")
        self._unknown: set[str] = {"temperature"} if is_reasoning(name) else set()
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Building] = (
            weakref.WeakKeyDictionary()
        )
        self._transports: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Any] = (
            weakref.WeakKeyDictionary()
        )

    @property
    def name(self) -> str:
        """Return the model's name as `FINECUT_MODEL` would name it."""
        return self._name

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        return self._reach

    async def prepare(self) -> None:
        """Make the client of this event loop, where that is not done. Raises a ModelError."""
        try:
            await self._client()
        except ModelError:
            raise
        except Exception as error:  # as in `ask`
            raise as_model_error(error, model=self._name, timeout=self._config.timeout) from error

    async def ask(self, ask: Ask, hear: Hear | None = None) -> Answer:
        """Return the answer; with `hear`, streamed. Raises a ModelError.

        The timeout bounds the whole ask, retries and all; only what a first ask must import comes before.
        """
        try:
            async with asyncio.timeout(max(IMPORTING, self._config.timeout)):
                client = await self._client()
            started = time.perf_counter()
            async with asyncio.timeout(self._config.timeout):
                message = await self._reply(client, ask, hear)
        except ModelError:
            raise
        except Exception as error:  # each provider's client raises its own kinds
            raise as_model_error(error, model=self._name, timeout=self._config.timeout) from error
        return self._answer(message, ask, time.perf_counter() - started)

    async def _reply(self, client: BaseChatModel, ask: Ask, hear: Hear | None) -> AIMessage:
        messages = _messages(ask)
        while True:
            options = self._options(ask)
            try:
                if hear is not None:
                    return await _streamed(client, messages, options, ask, hear)
                if self._config.tracing or not self._is_compatible:
                    return await client.ainvoke(messages, **options)
                return await _untraced(client, messages, options)
            except Exception as error:
                unknown = _parameter_refused(error, self._unknown)
                if not unknown:
                    raise
                self._unknown.add(unknown)

    def _options(self, ask: Ask) -> dict[str, Any]:
        if not self._is_compatible:
            return {"max_tokens": ask.max_tokens}
        return options_for(
            ask,
            openai=self._is_openai,
            thoughts=THOUGHTS if is_reasoning(self._name) else 0,
            without=self._unknown,
            extra=self._config.options,
        )

    @property
    def _is_compatible(self) -> bool:
        return self._provider in ("openai", "embedded")

    @property
    def _is_openai(self) -> bool:
        base = self._config.base_url or os.environ.get("OPENAI_BASE_URL", "")
        return self._provider == "openai" and self._address is None and (not base or OPENAI_HOST in base)

    async def _client(self) -> BaseChatModel:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            self._clients[loop] = loop.create_task(self._connect(loop))
        building = self._clients[loop]
        try:
            return await asyncio.shield(building)
        except Exception:
            if self._clients.get(loop) is building:
                del self._clients[loop]  # the next ask tries again
            raise

    async def _connect(self, loop: asyncio.AbstractEventLoop) -> BaseChatModel:
        base_url = await self._address() if self._address else self._config.base_url
        return await asyncio.to_thread(self._build, base_url, loop)

    def _build(self, base_url: str, loop: asyncio.AbstractEventLoop) -> BaseChatModel:
        if not self._config.tracing:  # else it calls out to LangSmith where the environment says so
            os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 - 1-3 s, paid at the first ask only

        options: dict[str, Any] = {"max_retries": self._config.retries, "timeout": self._config.timeout}
        if self._is_compatible:
            self._transports[loop] = client = transport(self._config.timeout)
            options |= {"use_responses_api": False, "stream_usage": True, "http_async_client": client}
            options["api_key"] = (
                self._config.api_key or os.environ.get("OPENAI_API_KEY") or self._keyless(base_url)
            )
            if base_url:
                options["base_url"] = base_url
        else:
            options |= dict(self._config.options)
            if self._config.api_key:
                options["api_key"] = self._config.api_key
        provider = "openai" if self._provider == "embedded" else self._provider
        try:
            built: BaseChatModel = init_chat_model(
                self._model or "embedded", model_provider=provider, **options
            )
            return built
        except ImportError as error:
            raise ModelMisconfigured(
                f"{self._name} needs a package that is not installed: {error}",
                model=self._name,
                remedy=f"Install langchain-{provider.replace('_', '-')}.",
            ) from error
        except ValueError as error:
            raise ModelMisconfigured(f"{self._name} cannot be set up: {error}", model=self._name) from error

    def _keyless(self, base_url: str) -> str:
        if self._address or (base_url and OPENAI_HOST not in base_url):
            return "none"  # a server of one's own asks for no key, but the client does
        raise ModelMisconfigured(
            f"{self._name} needs a key.",
            model=self._name,
            remedy="Set OPENAI_API_KEY, or FINECUT_MODEL=embedded to do without.",
        )

    def _answer(self, message: AIMessage, ask: Ask, seconds: float) -> Answer:
        refusal = message.additional_kwargs.get("refusal")
        finish = str(
            message.response_metadata.get("finish_reason") or message.response_metadata.get("stop_reason")
        )
        if refusal or finish in ("content_filter", "refusal"):
            raise ModelRefused(f"{self._name} declined: {refusal or 'its content filter'}", model=self._name)
        text = message.text
        finish = {"max_tokens": "length", "tool_use": "tool_calls", "None": "stop"}.get(finish, finish)
        if message.tool_calls or message.invalid_tool_calls:
            finish = "tool_calls"
        if ask.schema is None and not text.strip():
            raise ModelOutputInvalid(f"{self._name} gave an empty answer ({finish}).", model=self._name)
        used = message.usage_metadata
        usage = Usage(
            1, used["input_tokens"] if used else 0, used["output_tokens"] if used else 0, round(seconds, 4)
        )
        return Answer(text, self._name, usage, finish)

    async def aclose(self) -> None:
        """Close the connections, also those of other event loops that still run."""
        here = asyncio.get_running_loop()
        for loop, client in list(self._transports.items()):
            self._clients.pop(loop, None)
            self._transports.pop(loop, None)
            if loop is here:
                await client.aclose()
            elif loop.is_running():
                await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(client.aclose(), loop))


def _messages(ask: Ask) -> Sequence[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage  # noqa: PLC0415 - as above

    kinds: Mapping[str, type[BaseMessage]] = {
        "system": SystemMessage,
        "user": HumanMessage,
        "assistant": AIMessage,
    }
    return [kinds[m.role](m.content) for m in ask.messages]


async def _untraced(
    client: BaseChatModel, messages: Sequence[BaseMessage], options: Mapping[str, Any]
) -> AIMessage:
    """Return the reply without LangChain's callbacks, which only tracing hears.

    `ainvoke` starts a task for each call, so that of many calls at once none is sent before all are prepared:
    measured, the median added latency of 32 was 1.5 times the bare client's.
    """
    result = await client._agenerate(list(messages), **options)  # noqa: SLF001 - the models' own entry point
    generation = result.generations[0]
    message: Any = generation.message
    message.response_metadata = {**message.response_metadata, **(generation.generation_info or {})}
    reply: AIMessage = message
    return reply


async def _streamed(
    client: BaseChatModel, messages: Sequence[BaseMessage], options: Mapping[str, Any], ask: Ask, hear: Hear
) -> AIMessage:
    whole: Any = None
    async for chunk in client.astream(messages, **options):
        whole = chunk if whole is None else whole + chunk
        if text := chunk.text:
            hear(ask, text)
    if whole is None:
        raise ModelOutputInvalid("The stream ended before it began.")
    message: AIMessage = whole
    return message


def _parameter_refused(error: BaseException, already: set[str]) -> str:
    if status_of(error) not in (400, 422):
        return ""
    said = message_of(error).lower()
    return next((p for p in OPTIONAL if p in said and p not in already), "")
