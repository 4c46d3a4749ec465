"""Access: who may ask, for what, and how often. Values and arithmetic; no store and no HTTP."""

from service.access.addresses import is_address, public
from service.access.keys import ApiKey, Scope, digest_of, issue, key_id_of, matches
from service.access.rates import Rate, Taken, take
from service.access.rights import needed_scope

__all__ = [
    "ApiKey",
    "Rate",
    "Scope",
    "Taken",
    "digest_of",
    "is_address",
    "issue",
    "key_id_of",
    "matches",
    "needed_scope",
    "public",
    "take",
]
