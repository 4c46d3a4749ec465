"""Ratings: `8/10`, `3.5 stars`, `★★★½`."""

from __future__ import annotations

import re

_REMARK = r"(?:\s*\([^()]*\))?"  # what a rating is made up of, in brackets
_RATING = re.compile(
    r"(?:(?:my )?(?:rating|score|grade|verdict)\s*[:=]?\s*|i(?:'d)? (?:give|gave) (?:it|this)(?: a)? )?"
    r"((?:\d+(?:[.,]\d+)?\s*(?:stars? )?(?:/|out of)\s*\d+(?:\s*stars?)?|\d+(?:\.\d+)?½?\s*stars?|[★☆]+½?)"
    + _REMARK
    + ")[.!]*",
    re.IGNORECASE,
)


def rating_in(text: str) -> str | None:
    """Return the rating where the text is one and nothing else.

    >>> rating_in("Rating: 3.5/5"), rating_in("8 out of 10"), rating_in("two stars shine")
    ('3.5/5', '8 out of 10', None)
    """
    match = _RATING.fullmatch(text.strip())
    return match[1] if match else None


def is_rating(text: str) -> bool:
    """Tell whether the text is a rating and nothing else."""
    return rating_in(text) is not None
