"""A note's sentences."""

from __future__ import annotations

from service.document import parse
from service.films import Film


def parts(text: str, film: Film) -> tuple[str, ...]:
    """Return the sentences of a tidied note; a title of the record is never split."""
    found = [s.text.strip() for s in parse(text, titles=film.titles).sentences]
    return tuple(s for s in found if any(c.isalnum() or c in "★☆" for c in s))
