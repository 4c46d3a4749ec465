"""The few verb forms that cutting a frame asks for."""

from __future__ import annotations

import re

SINGULAR = {"have": "has", "do": "does", "go": "goes", "be": "is", "are": "is", "were": "was"}
PLURAL = {v: k for k, v in SINGULAR.items() if k not in {"be"}} | {"is": "are"}
SIBILANT = re.compile(r"(?:s|x|z|ch|sh|o)$")


def third_person(verb: str) -> str:
    """Return the third person singular of a verb's plain form.

    >>> third_person("evoke"), third_person("carry"), third_person("reach")
    ('evokes', 'carries', 'reaches')
    """
    if verb in SINGULAR:
        return SINGULAR[verb]
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if SIBILANT.search(verb) else "s")


def plain_form(verb: str) -> str:
    """Return the plain form of a third person singular.

    >>> plain_form("evokes"), plain_form("carries"), plain_form("reaches")
    ('evoke', 'carry', 'reach')
    """
    if verb in PLURAL:
        return PLURAL[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    if re.search(r"(?:ss|x|z|ch|sh|o)es$", verb):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb


def is_plural(noun: str) -> bool:
    """Tell whether a noun looks like a plural."""
    lower = noun.lower()
    return lower in {"people", "men", "women", "children", "they", "these", "those"} or (
        lower.endswith("s") and not lower.endswith(("ss", "us", "is", "’s", "'s")) and lower != "series"
    )
