"""Who may ask, and how often: API keys and their rate limits, before any route is reached."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.access import ApiKey, Rate, Taken, key_id_of, matches, needed_scope, take
from service.web.errors import FORBIDDEN, MISDIRECTED, RATE_LIMITED, UNAUTHORIZED, refuse
from service.web.services import Keys, Rates

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="finecut", Basic realm="finecut"'}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What the settings say of access. `per_minute` is the rate of a key that has none of its own.

    `required` asks every caller for a key; without it only callers of an address that other machines
    reach are asked, unless `never`. `hosts` are the names that requests may be addressed to; none: any where
    a key is asked for, else loopback's own.
    """

    required: bool = False
    never: bool = False
    per_minute: int = 600
    hosts: tuple[str, ...] = ()


class Access:
    """ASGI middleware: 401 without a key, 403 beyond its scope, 429 beyond its rate, 421 for another's name.

    The rate is counted in the database where processes share one, else in this process.
    """

    def __init__(self, app: ASGIApp, rules: AccessRules) -> None:
        self._app = app
        self._rules = rules
        self._arrivals: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if refused := self._misdirected(scope) or _cross_site(scope):
            await refused(scope, receive, send)
            return
        needed = needed_scope(scope["method"], scope["path"])
        if needed is None or not self._asked_for(scope):
            await self._app(scope, receive, send)
            return
        key = await _key_of(scope)
        if key is None:
            await _unauthorized(scope["path"])(scope, receive, send)
            return
        scope.setdefault("state", {})["key_id"] = key.id
        rate = Rate(key.per_minute or self._rules.per_minute)
        taken = await self._take(scope, key, rate)
        headers = rate_headers(rate, taken)
        if not taken.allowed:
            await _limited(scope["path"], rate, taken, headers)(scope, receive, send)
        elif not key.scope.allows(needed):
            detail = f"This key's scope is {key.scope.value!r}; the request needs {needed.value!r}."
            await refuse(FORBIDDEN, detail, scope["path"], headers)(scope, receive, send)
        else:
            await self._app(scope, receive, _adding(headers, send))

    async def _take(self, scope: Scope, key: ApiKey, rate: Rate) -> Taken:
        shared: Rates | None = scope["app"].state.services.rates
        if shared is not None:
            return await shared.take(key.id, rate)
        taken = take(rate, self._arrivals.get(key.id, 0.0), time.monotonic())
        self._arrivals[key.id] = taken.arrival
        return taken

    def _misdirected(self, scope: Scope) -> JSONResponse | None:
        """Refuse a request for a name that is not ours.

        Else a stranger's page, whose name is made to lead to 127.0.0.1 after it was loaded (DNS rebinding),
        could read what loopback gives without a key.
        """
        host = _host_of(scope)
        if self._rules.hosts:
            ours = host in self._rules.hosts
        else:
            guarded = self._rules.never or self._asked_for(scope) or not _on_loopback(scope.get("server"))
            ours = guarded or loopback(host) or host.endswith(".localhost")
        if ours:
            return None
        remedy = "Address it to 127.0.0.1 or localhost, or name the host in FINECUT_HOSTS."
        return refuse(MISDIRECTED, f"{host[:100]!r} is not served here.", scope["path"], remedy=remedy)

    def _asked_for(self, scope: Scope) -> bool:
        return not self._rules.never and (self._rules.required or _reachable(scope.get("server")))


def loopback(host: str) -> bool:
    """Return whether an address is this machine's own and no other's.

    >>> loopback("127.0.0.1"), loopback("::1"), loopback("localhost"), loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def rate_headers(rate: Rate, taken: Taken) -> dict[str, str]:
    """Return `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers)."""
    return {
        "RateLimit-Policy": f'"key";q={rate.quota};w={round(rate.window)}',
        "RateLimit": f'"key";r={taken.remaining};t={taken.full_in}',
    }


def _on_loopback(server: tuple[str, int | None] | None) -> bool:
    return server is not None and server[1] is not None and loopback(server[0])


def _host_of(scope: Scope) -> str:
    """Return the name that a request is addressed to, in lower case, without its port."""
    given = Headers(scope=scope).get("host", "").strip().lower()
    if given.startswith("["):
        return given[1:].partition("]")[0]
    return given.partition(":")[0].rstrip(".")


def _reachable(server: tuple[str, int | None] | None) -> bool:
    if server is None or server[1] is None:  # a Unix socket
        return False
    try:
        return not ipaddress.ip_address(server[0]).is_loopback
    except ValueError:
        return False


def _cross_site(scope: Scope) -> JSONResponse | None:
    """Refuse what a foreign page makes a reader's browser send, which needs no key on loopback.

    Browsers say so in `Sec-Fetch-Site`, older ones by an `Origin` that is not the host asked.
    """
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if scope["method"] in SAFE or (site or "none") in {"none", "same-origin"}:
        own = origin is None or site is not None or scope["method"] in SAFE
        if own or (origin or "").partition("://")[2].lower() == headers.get("host", "").lower():
            return None
    return refuse(FORBIDDEN, "A page of another site sent this request.", scope["path"])


async def _key_of(scope: Scope) -> ApiKey | None:
    text = _presented(Headers(scope=scope).get("authorization", ""))
    key_id = key_id_of(text)
    keys: Keys = scope["app"].state.services.keys
    key = None if key_id is None else await keys.get(key_id)
    return key if matches(text, key) else None


def _presented(authorization: str) -> str:
    """Return the key in a Bearer header, or the password in a Basic one, which is how a browser asks."""
    kind, _, value = authorization.partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode("ascii").partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _unauthorized(path: str) -> JSONResponse:
    detail = "This address asks for an API key, and none that is in force was sent."
    remedy = "Send `Authorization: Bearer KEY`; `finecut keys create NAME` makes one."
    return refuse(UNAUTHORIZED, detail, path, CHALLENGE, remedy=remedy)


def _limited(path: str, rate: Rate, taken: Taken, headers: Mapping[str, str]) -> JSONResponse:
    detail = f"This key may send {rate.quota} requests in {round(rate.window)} seconds."
    remedy = f"Try again in {taken.retry_after} s."
    return refuse(
        RATE_LIMITED, detail, path, {**headers, "Retry-After": str(taken.retry_after)}, remedy=remedy
    )


def _adding(headers: Mapping[str, str], send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sending
