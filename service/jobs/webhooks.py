"""Telling other services that a run or a batch has ended: Standard Webhooks, signed, retried.

A message names the run or batch and no more; who receives it reads the result with a key of its own.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import logging
import secrets
import socket
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from standardwebhooks import Webhook as Signer

from service.access import is_address, public
from service.errors import InputError
from service.films import JSON
from service.jobs.ports import EventLog
from service.store.webhooks import Delivery, SqlWebhooks, Webhook
from service.writing.ports import Event

LOG = logging.getLogger("finecut.webhooks")
PAUSES = tuple(timedelta(seconds=s) for s in (5, 60, 300, 1800, 7200, 18_000, 36_000, 86_400))
LEASE = timedelta(seconds=60)
ANSWER_SECONDS = 15
IDLE_SECONDS = 1.0
LONGEST_URL = 2000
ENDS = {"done": "run.done", "failed": "run.failed", "cancelled": "run.cancelled"}


def new_webhook(url: str, *, private: bool, key: str = "") -> Webhook:
    """Return a webhook to `url` with a new secret; with a `key`, one that is derived from it and not stored.

    Raises InputError for what is no https address of the open internet; `private` allows any http too.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or len(url) > LONGEST_URL or parts.username is not None or not url.isprintable():
        raise _wrong(url, "is no address of a web service")
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise _wrong(url, "is not https")
    if not private and (host == "localhost" or (is_address(host) and not public(host))):
        raise _wrong(url, "leads into a private network")
    secret = "" if key else _secret(secrets.token_bytes(32))
    return Webhook(uuid.uuid4().hex[:12], url, secret, datetime.now(UTC))


def secret_of(webhook_id: str, stored: str, key: str) -> str:
    """Return the secret that signs a webhook's messages: as stored, else derived from `key`.

    Raises ValueError where it was derived from a key that is no longer set.
    """
    if stored:
        return stored
    if not key:
        raise ValueError("its secret was derived from FINECUT_WEBHOOK_KEY, which is not set")
    return _secret(hmac.digest(key.encode(), f"finecut webhook {webhook_id}".encode(), hashlib.sha256))


def _secret(raw: bytes) -> str:
    return "whsec_" + base64.b64encode(raw).decode()


def _wrong(url: str, why: str) -> InputError:
    remedy = "Give an https address of the open internet; FINECUT_WEBHOOK_PRIVATE=true allows private ones."
    return InputError(f"{url[:200]!r} {why}.", field="url", remedy=remedy)


class TellingLog:
    """An event log that puts a message out where a run ends."""

    def __init__(self, log: EventLog, webhooks: SqlWebhooks, ended: Callable[[str], None]) -> None:
        self._log = log
        self._webhooks = webhooks
        self._ended = ended

    def append(self, run_id: str, event: Event) -> None:
        """Store an event; the last one of a run is told."""
        self._log.append(run_id, event)
        if _ends(run_id, event):
            self._ended(event.stage)
            data: dict[str, JSON] = {"id": run_id, "job": f"/v1/jobs/{run_id}"}
            self._webhooks.enqueue(f"msg_{run_id}", ENDS[event.stage], data)

    def extend(self, said: Sequence[tuple[str, Event]]) -> None:
        """Store events of runs that go on: an end is told by `append`."""
        self._log.extend(said)

    def after(self, run_id: str, number: int) -> Sequence[Event]:
        """Return the run's events whose number is greater than `number`, in order."""
        return self._log.after(run_id, number)


def _ends(run_id: str, event: Event) -> bool:
    """Return whether it is the run's own last event; a use case may say `done` before that."""
    return event.stage == "failed" or (
        event.stage in ("done", "cancelled") and event.detail.get("id") == run_id
    )


class PublicResolver(AbstractResolver):
    """Resolves a host to addresses of the open internet alone.

    aiohttp connects to what is returned here, so that no second look-up can lead elsewhere.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the host's addresses. Raises OSError where one of them is private."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        if not all(public(str(address[0])) for *_, address in found):
            raise OSError("the host leads into a private network")
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [
            ResolveResult(hostname=host, host=str(a[0]), port=port, family=kind, proto=proto, flags=flags)
            for kind, _, proto, _, a in found
        ]

    async def close(self) -> None:
        """Nothing is held."""


class Deliverer:
    """Sends what is due until closed. `told` counts what came of each attempt."""

    def __init__(
        self, webhooks: SqlWebhooks, *, private: bool, told: Callable[[str], None], key: str = ""
    ) -> None:
        self._key = key
        self._webhooks = webhooks
        self._private = private
        self._told = told
        self._task: asyncio.Task[None] | None = None

    def launch(self) -> None:
        """Begin to send."""
        self._task = asyncio.create_task(self._forever())

    async def close(self) -> None:
        """Stop; what was not sent is sent after the next start."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _forever(self) -> None:
        while True:
            try:
                busy = await self.deliver_due()
            except Exception:  # the database may be away for a while
                LOG.warning("webhooks were not delivered", exc_info=True)
                busy = 0
            if not busy:
                await asyncio.sleep(IDLE_SECONDS)

    async def deliver_due(self) -> int:
        """Try every message that is due once; return how many there were."""
        due = await self._webhooks.claim(LEASE)
        if not due:
            return 0
        resolver = None if self._private else PublicResolver()
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False)
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            await asyncio.gather(*(self._try(session, delivery) for delivery in due))
        return len(due)

    async def _try(self, session: aiohttp.ClientSession, delivery: Delivery) -> None:
        if await self._taken(session, delivery):
            self._told("delivered")
            await self._webhooks.sent(delivery.id)
        elif delivery.attempts < len(PAUSES):
            self._told("failed")
            await self._webhooks.retry(delivery.id, after=PAUSES[delivery.attempts])
        else:
            self._told("given_up")
            LOG.warning("webhook message %s is given up", delivery.id)
            await self._webhooks.sent(delivery.id)

    async def _taken(self, session: aiohttp.ClientSession, delivery: Delivery) -> bool:
        host = urlsplit(delivery.url).hostname or ""
        if not self._private and is_address(host) and not public(host):
            return False
        try:
            secret = secret_of(delivery.webhook, delivery.secret, self._key)
        except ValueError as error:
            LOG.warning("webhook %s cannot be told: %s", delivery.webhook, error)
            return False
        body = json.dumps(delivery.payload, separators=(",", ":"))
        now = datetime.now(UTC)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Signer(secret).sign(delivery.id, now, body),
        }
        try:
            answer = await session.post(delivery.url, data=body, headers=headers, allow_redirects=False)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            LOG.info("webhook message %s was not taken: %s", delivery.id, type(error).__name__)
            return False
        answer.close()
        return 200 <= answer.status < 300
