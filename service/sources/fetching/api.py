"""One service reached by HTTP: its rate, its key, its retries, and its answers kept for a while.

The key is added to a request as it leaves (`Keyed`), below everything that logs or raises, so that
no log line, exception or stored request has it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx

from service.access import Rate, take
from service.errors import (
    FilmNotFound,
    SourceAnswerInvalid,
    SourceError,
    SourceMisconfigured,
    SourceTimeout,
    SourceUnavailable,
)
from service.sources.fetching.answers import Answer, AnswerStore, Refusal, Refused

PAUSES = (0.5, 2.0)  # seconds before each further try, where the service names none
LONGEST_PAUSE = 20.0  # a service that asks for more is told to the caller instead
LARGEST_ANSWER = 32 * 1024 * 1024
LONGEST_SAID = 200
TOO_MANY = 429
Reads = Callable[[int, Mapping[str, Any]], Refused | None]


@dataclass(frozen=True, slots=True)
class Service:
    """What is known of a service: its name, how often it may be asked, and how it takes a key.

    `parameter` is the query parameter of the key, empty where none is needed; `setting` names what to set
    and `keys_at` where keys come from. `refused` reads what an answer refuses, beyond its HTTP status.
    """

    name: str
    rate: Rate
    refused: Reads
    parameter: str = ""
    setting: str = ""
    keys_at: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A steady clock in seconds, and waiting by it."""

    now: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]


CLOCK = Clock(time.monotonic, asyncio.sleep)


class Keyed(httpx.AsyncBaseTransport):
    """Adds the key to each request as it leaves.

    A key in three parts joined by points is a token (JWT), which goes into a header; else it is a parameter.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, parameter: str, key: str) -> None:
        self._inner = inner
        self._parameter = parameter
        self._key = key

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request with the key."""
        url, headers = request.url, request.headers.copy()
        if self._key.count(".") == 2:
            headers["Authorization"] = f"Bearer {self._key}"
        elif self._key:
            url = url.copy_merge_params({self._parameter: self._key})
        sent = httpx.Request(
            request.method, url, headers=headers, stream=request.stream, extensions=request.extensions
        )
        return await self._inner.handle_async_request(sent)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class Api:
    """A service that can be asked. Raises a SourceError; FilmNotFound where the service has no such thing."""

    def __init__(
        self,
        service: Service,
        *,
        base_url: str,
        key: str,
        agent: str,
        timeout: float,
        answers: AnswerStore,
        keep: timedelta,
        clock: Clock = CLOCK,
    ) -> None:
        self.service = service
        self._key = key.strip()
        self._timeout = timeout
        self._answers = answers
        self._keep = keep
        self._clock = clock
        self._arrival = 0.0
        self._base_url = base_url.rstrip("/") + "/"
        self._agent = agent
        self._client: httpx.AsyncClient | None = None

    @property
    def usable(self) -> bool:
        """Return whether the service needs no key, or has one."""
        return bool(self._key) or not self.service.parameter

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def get(self, path: str, parameters: Mapping[str, str], *, fresh: bool = False) -> Answer:
        """Return the service's answer, a kept one where there is one; `fresh` asks the service anyway."""
        self._need_key()
        query = httpx.QueryParams(sorted(parameters.items()))
        request = f"{path}?{query}"
        since = datetime.now(UTC) - self._keep
        if not fresh and (kept := await self._answers.get(self.service.name, request, since=since)):
            return Answer(*kept)
        answer = Answer(await self._ask(path, query), datetime.now(UTC))
        await self._answers.put(self.service.name, request, answer.value, answer.fetched, since=since)
        return answer

    def _need_key(self) -> None:
        if not self.usable:
            raise SourceMisconfigured(
                f"{self.service.name} needs a key, and none is set.",
                source=self.service.name,
                remedy=f"Set {self.service.setting}; keys: {self.service.keys_at}.",
            )

    async def _ask(self, path: str, query: httpx.QueryParams) -> Mapping[str, Any]:
        """Return the answer, after as many tries as there are pauses and one more."""
        for pause in PAUSES:
            try:
                return await self._try(path, query)
            except SourceUnavailable as error:
                if not error.transient or (error.retry_after or 0.0) > LONGEST_PAUSE:
                    raise
                await self._clock.sleep(error.retry_after if error.retry_after is not None else pause)
        return await self._try(path, query)

    async def _try(self, path: str, query: httpx.QueryParams) -> Mapping[str, Any]:
        await self._take_turn()
        try:
            async with asyncio.timeout(self._timeout):
                response, body = await self._send(path, query)
        except (TimeoutError, httpx.TimeoutException):
            raise SourceTimeout(
                f"{self.service.name} did not answer within {self._timeout:g} seconds.",
                source=self.service.name,
                remedy="Try again later.",
            ) from None
        except httpx.HTTPError as error:
            raise SourceUnavailable(
                f"{self.service.name} cannot be reached ({type(error).__name__}).",
                source=self.service.name,
                remedy="Check the network and the address that is set for it.",
            ) from None
        return self._read(response, body)

    async def _send(self, path: str, query: httpx.QueryParams) -> tuple[httpx.Response, bytes]:
        if self._client is None:
            self._client = self._connect()
        body = bytearray()
        async with self._client.stream("GET", path, params=query) as response:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise self._unusable("its answer is over 32 MiB")
        return response, bytes(body)

    def _connect(self) -> httpx.AsyncClient:
        connections = httpx.AsyncHTTPTransport(verify=_certificates())
        return httpx.AsyncClient(
            base_url=self._base_url,
            headers={"User-Agent": self._agent, "Accept": "application/json"},
            timeout=self._timeout,
            transport=Keyed(connections, self.service.parameter, self._key),
        )

    async def _take_turn(self) -> None:
        """Wait until the service may be asked again."""
        while True:
            taken = take(self.service.rate, self._arrival, self._clock.now())
            self._arrival = taken.arrival
            if taken.allowed:
                return
            await self._clock.sleep(taken.retry_after)

    def _read(self, response: httpx.Response, body: bytes) -> Mapping[str, Any]:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        held: Mapping[str, Any] = value if isinstance(value, dict) else {}
        refused = self.service.refused(response.status_code, held) or by_status(response.status_code)
        if refused is not None:
            raise self._error(refused, response)
        if not isinstance(value, dict):
            raise self._unusable("its answer is no JSON object")
        return value

    def _error(self, refused: Refused, response: httpx.Response) -> SourceError | FilmNotFound:
        name, status = self.service.name, response.status_code
        said = f" ({self._quoted(refused.said)})" if refused.said else ""
        if refused.kind is Refusal.MISSING:
            return FilmNotFound(f"{name} has no such film{said}.", remedy="Check the id, or give the title.")
        if refused.kind is Refusal.KEY:
            if not self._key:
                why, remedy = f"refuses to answer: {status}", "Check the address and FINECUT_FETCH_AGENT."
            else:
                why, remedy = (
                    "does not take the key",
                    f"Check {self.service.setting}; keys: {self.service.keys_at}.",
                )
            return SourceMisconfigured(f"{name} {why}{said}.", source=name, remedy=remedy)
        if refused.kind is Refusal.UNUSABLE:
            return self._unusable(f"it answered {status}{said}")
        wait = retry_after(response.headers.get("Retry-After", ""))
        why = "is asked too often" if status == TOO_MANY else "cannot answer at present"
        return SourceUnavailable(
            f"{name} {why}: {status}{said}.",
            source=name,
            remedy=f"Try again in {wait:.0f} seconds." if wait else "Try again later.",
            retry_after=wait,
            transient=refused.kind is Refusal.BUSY,
        )

    def _unusable(self, why: str) -> SourceAnswerInvalid:
        return SourceAnswerInvalid(
            f"{self.service.name} gave no usable answer: {why}.",
            source=self.service.name,
            remedy="Check the address that is set for it.",
        )

    def _quoted(self, said: str) -> str:
        """Return a service's words on one line, cut, and without the key if it repeats it."""
        plain = " ".join(said.split())
        return (plain.replace(self._key, "…") if self._key else plain)[:LONGEST_SAID].rstrip(".")


@cache
def _certificates() -> SSLContext:
    """Return the certificates that services are checked by; reading them takes a fifth of a second."""
    return httpx.create_ssl_context()


def by_status(status: int) -> Refused | None:
    """Return what an HTTP status refuses, None for success."""
    if 200 <= status < 300:
        return None
    if status in (401, 403):
        return Refused(Refusal.KEY)
    if status in (404, 410):
        return Refused(Refusal.MISSING)
    return Refused(Refusal.BUSY if status in (408, 425, 429) or status >= 500 else Refusal.UNUSABLE)


def retry_after(header: str) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3), None where it says nothing.

    >>> retry_after("7"), retry_after(""), retry_after("soon")
    (7.0, None, None)
    """
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
