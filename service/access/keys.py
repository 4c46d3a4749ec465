"""API keys: `fc_ID_SECRET`, of which only the ID and a hash of the whole are kept.

A plain SHA-256 is the right hash here. Slow, salted hashes (bcrypt, Argon2) protect words that people
choose, because those can be guessed; the secret is 256 random bits, which nobody can try out, and a slow
hash would only let a stranger keep the processor busy with wrong keys.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

FORM = re.compile(r"fc_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
NOBODY = hashlib.sha256(b"the digest that a key nobody holds is compared with").hexdigest()


class Scope(StrEnum):
    """What a key allows; each includes the ones before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def allows(self, other: Scope) -> bool:
        """Return whether a key of this scope may do what needs `other`.

        >>> Scope.WRITE.allows(Scope.READ), Scope.READ.allows(Scope.WRITE)
        (True, False)
        """
        order = tuple(Scope)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is stored. `per_minute` is its own rate of requests, None the service's; the budgets are
    what it may spend on models in a calendar month (UTC), None without bound.
    """

    id: str
    name: str
    scope: Scope
    digest: str
    created: datetime
    per_minute: int | None = None
    revoked: datetime | None = None
    budget_tokens: int | None = None
    budget_usd: Decimal | None = None


def issue(
    name: str,
    scope: Scope,
    per_minute: int | None = None,
    *,
    budget_tokens: int | None = None,
    budget_usd: Decimal | None = None,
) -> tuple[ApiKey, str]:
    """Return a new key and its text, which is told once and kept nowhere."""
    key_id = secrets.token_hex(6)
    text = f"fc_{key_id}_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        key_id,
        name,
        scope,
        digest_of(text),
        datetime.now(UTC),
        per_minute,
        budget_tokens=budget_tokens,
        budget_usd=budget_usd,
    )
    return key, text


def digest_of(text: str) -> str:
    """Return the SHA-256 of a key's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def key_id_of(text: str) -> str | None:
    """Return the id within a key's text, or None where it does not have a key's form.

    >>> key_id_of("fc_0123456789ab_" + "x" * 43)
    '0123456789ab'
    >>> key_id_of("sk-something") is None
    True
    """
    form = FORM.fullmatch(text)
    return form[1] if form else None


def matches(text: str, key: ApiKey | None) -> bool:
    """Return whether `text` is that key and the key is in force.

    The comparison takes the same time wherever the two differ, and as long where there is no such key.
    """
    same = hmac.compare_digest(digest_of(text), NOBODY if key is None else key.digest)
    return same and key is not None and key.revoked is None
