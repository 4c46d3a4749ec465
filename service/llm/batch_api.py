"""OpenAI's Batch API: asks go up as one file of JSON Lines and come back within a day at half the price.

A submission bears a token of ours in its metadata, so that one whose answer was lost (the process died
between sending it and writing down its id) is found again instead of being paid twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Final

import orjson

from service.errors import ModelError, ModelMisconfigured, ModelOutputInvalid, ModelOverloaded, ModelRefused
from service.llm.config import ModelConfig, Price, default_reach, is_reasoning
from service.llm.failures import as_model_error
from service.llm.prices import cost_of, load_prices, price_of
from service.llm.quota import guess_tokens
from service.llm.wire import OPENAI_HOST, OPTIONAL, THOUGHTS, options_for, transport
from service.writing.ports import Answer, Ask, Reach, Usage

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import Batch

ENDPOINT: Final = "/v1/chat/completions"
MARK = "finecut"  # the key of our token in a submission's metadata
DISCOUNT = 2
IN_MEMORY = 4_000_000  # bytes of a file that are not yet written to disk
KEPT_SECONDS = 7 * 86_400  # what nobody deletes the provider deletes
TRANSIENT = frozenset({"batch_expired", "batch_cancelled", "server_error", "rate_limit_exceeded"})
UNDER_WAY = frozenset({"validating", "in_progress", "finalizing", "cancelling"})


class Ended(StrEnum):
    """How a submission ended: with answers, refused as a whole, or refused as too much at one time."""

    ANSWERED = "answered"
    REFUSED = "refused"
    CROWDED = "crowded"


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission as the provider sees it; `ended` is None while it is under way."""

    id: str
    ended: Ended | None = None
    said: str = ""
    files: tuple[str, ...] = ()  # of answers and of errors
    sent_file: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the ask with that `custom_id`; `again` says that another try may do better."""

    custom_id: str
    answer: Answer | None = None
    error: ModelError | None = None
    again: bool = False


class BatchApi:
    """The Batch API of one model. Belongs to the event loop that first used it."""

    def __init__(self, config: ModelConfig) -> None:
        """Take the model as configured. Raises ModelMisconfigured for one that is not OpenAI's or like it."""
        self.name = config.resolved
        provider, _, self._model = self.name.partition(":")
        if provider != "openai":
            raise ModelMisconfigured(
                f"{self.name} has no Batch API.",
                model=self.name,
                remedy="Name a model of OpenAI's (openai:…), or send the batch without `via`.",
            )
        self._config = config
        full = price_of(self.name, load_prices(config.prices))
        self.price = full and Price(full.prompt / DISCOUNT, full.completion / DISCOUNT)
        self._without: set[str] = {"temperature"} if is_reasoning(self.name) else set()
        self._connected: AsyncOpenAI | None = None

    @property
    def reach(self) -> Reach:
        """Return how far the model may be trusted with prose."""
        return self._config.reach or default_reach(self.name)

    def guess(self, ask: Ask) -> Usage:
        """Return the most that the ask is likely to use, and what that costs; None without a price."""
        answer = ask.max_tokens + (THOUGHTS if is_reasoning(self.name) else 0)
        usage = Usage(1, max(0, guess_tokens(ask) - ask.max_tokens), answer)
        return Usage(1, usage.prompt_tokens, answer, cost=cost_of(usage, self.price))

    def line(self, custom_id: str, ask: Ask) -> bytes:
        """Return the ask as a line of the file that is sent."""
        options = options_for(
            ask,
            openai=OPENAI_HOST in (self._config.base_url or OPENAI_HOST),
            thoughts=THOUGHTS if is_reasoning(self.name) else 0,
            without=self._without,
            extra=self._config.options,
        )
        rest = options.pop("extra_body", {})
        messages = [{"role": m.role, "content": m.content} for m in ask.messages]
        body = {"model": self._model, "messages": messages, **options, **rest}
        line = {"custom_id": custom_id, "method": "POST", "url": ENDPOINT, "body": body}
        return orjson.dumps(line) + b"\n"

    async def submit(self, token: str, lines: Iterable[bytes]) -> str:
        """Send the lines under our token and return the provider's id. Raises a ModelError."""
        expiry: Any = {"anchor": "created_at", "seconds": KEPT_SECONDS}
        with SpooledTemporaryFile(IN_MEMORY) as file:
            file.writelines(lines)
            file.seek(0)
            try:
                sent = await self._client.files.create(
                    file=(f"{MARK}-{token}.jsonl", file),
                    purpose="batch",
                    expires_after=expiry,
                )
                made = await self._client.batches.create(
                    input_file_id=sent.id, endpoint=ENDPOINT, completion_window="24h", metadata={MARK: token}
                )
            except Exception as error:  # the client raises its own kinds
                raise self._as_ours(error) from error
        return made.id

    async def find(self, token: str) -> str | None:
        """Return the id of the submission that bears the token, or None. Raises a ModelError."""
        try:
            async for batch in self._client.batches.list(limit=100):
                if (batch.metadata or {}).get(MARK) == token:
                    return batch.id
        except Exception as error:
            raise self._as_ours(error) from error
        return None

    async def look(self, submission_id: str) -> Submission:
        """Return where the submission is. Raises a ModelError."""
        try:
            return _submission(await self._client.batches.retrieve(submission_id))
        except Exception as error:
            raise self._as_ours(error) from error

    async def cancel(self, submission_id: str) -> None:
        """Ask the provider to stop it; one that has ended stays as it is. Raises a ModelError."""
        try:
            await self._client.batches.cancel(submission_id)
        except Exception as error:
            if getattr(error, "status_code", None) not in (400, 404, 409):
                raise self._as_ours(error) from error

    async def outcomes(self, submission: Submission) -> AsyncIterator[Outcome]:
        """Yield what came of each ask, in no order. Raises a ModelError."""
        for file in submission.files:
            try:
                async with self._client.files.with_streaming_response.content(file) as answer:
                    async for line in answer.iter_lines():
                        if line.strip():
                            yield self._outcome(line)
            except ModelError:
                raise
            except Exception as error:
                raise self._as_ours(error) from error

    async def discard(self, submission: Submission) -> None:
        """Delete the submission's files at the provider: they hold the writer's copy."""
        for file in filter(None, (submission.sent_file, *submission.files)):
            try:
                await self._client.files.delete(file)
            except Exception as error:
                if getattr(error, "status_code", None) != 404:
                    raise self._as_ours(error) from error

    async def aclose(self) -> None:
        """Close the connections."""
        if self._connected is not None:
            await self._connected.close()
            self._connected = None

    @property
    def _client(self) -> AsyncOpenAI:
        if self._connected is None:
            from openai import AsyncOpenAI  # noqa: PLC0415 - 0.7 s to import, paid where it is used

            self._connected = AsyncOpenAI(
                api_key=self._config.api_key or "none",
                base_url=self._config.base_url or None,
                max_retries=self._config.retries,
                timeout=self._config.timeout,
                http_client=transport(self._config.timeout),
            )
        return self._connected

    def _as_ours(self, error: Exception) -> ModelError:
        return as_model_error(error, model=self.name, timeout=self._config.timeout)

    def _outcome(self, line: str) -> Outcome:
        try:
            given = orjson.loads(line)
            custom_id = str(given["custom_id"])
        except (ValueError, KeyError, TypeError) as error:
            raise ModelOutputInvalid(f"A line of the answers of {self.name} does not read.") from error
        response = given.get("response") or {}
        status = response.get("status_code")
        if status == 200:
            return self._answered(custom_id, response.get("body"))
        failure = _Failure(status, response.get("body") or {"error": given.get("error") or {}})
        code = str((given.get("error") or {}).get("code"))
        if status is None and code in TRANSIENT:
            said = f"{self.name} did not answer: {failure}"
            return Outcome(custom_id, error=ModelOverloaded(said, model=self.name), again=True)
        # A parameter that the server does not know is left out when the ask is sent again.
        unknown = {p for p in OPTIONAL if status in (400, 422) and p in str(failure).lower()}
        self._without |= unknown
        ours = self._as_ours(failure)
        return Outcome(custom_id, error=ours, again=bool(unknown) or isinstance(ours, ModelOverloaded))

    def _answered(self, custom_id: str, body: Any) -> Outcome:  # noqa: ANN401 - JSON of a provider
        try:
            choice, used = body["choices"][0], body.get("usage") or {}
            message, finish = choice["message"], str(choice.get("finish_reason") or "stop")
            text = message.get("content") or ""
            usage = Usage(1, int(used.get("prompt_tokens", 0)), int(used.get("completion_tokens", 0)))
        except (KeyError, IndexError, TypeError, AttributeError, ValueError):
            wrong = ModelOutputInvalid(f"The answer of {self.name} could not be read.", model=self.name)
            return Outcome(custom_id, error=wrong)
        if message.get("refusal") or finish == "content_filter":
            said = message.get("refusal") or "its content filter"
            refused = ModelRefused(f"{self.name} declined: {said}", model=self.name)
            return Outcome(custom_id, error=refused)
        if message.get("tool_calls"):
            finish = "tool_calls"
        usage = Usage(1, usage.prompt_tokens, usage.completion_tokens, cost=cost_of(usage, self.price))
        return Outcome(custom_id, Answer(text, self.name, usage, finish))


class _Failure(Exception):
    """A failed line, in the form of the client's own errors."""

    def __init__(self, status: int | None, body: Mapping[str, Any]) -> None:
        inner = body.get("error", body)
        super().__init__(str(inner.get("message", "") if isinstance(inner, Mapping) else inner))
        self.status_code = status
        self.body = body


def _submission(batch: Batch) -> Submission:
    """Return the provider's account of a submission in our words."""
    files = tuple(f for f in (batch.output_file_id, batch.error_file_id) if f)
    if batch.status in UNDER_WAY:
        return Submission(batch.id, None, files=files, sent_file=batch.input_file_id)
    faults = list((batch.errors and batch.errors.data) or [])
    said = "; ".join(str(f.message) for f in faults[:3] if f.message)
    ended = Ended.ANSWERED
    if batch.status == "failed":
        crowded = any(f.code == "token_limit_exceeded" for f in faults)
        ended = Ended.CROWDED if crowded else Ended.REFUSED
    return Submission(batch.id, ended, said, files, batch.input_file_id)
