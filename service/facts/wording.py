"""How reasons are worded: lists of names, and where a value came from."""

from __future__ import annotations

from collections.abc import Sequence

from service.films import Film


def cited(film: Film, *names: str) -> str:
    """Return where the fields came from, as a writer reads it: `(Wikidata, retrieved 2026-11-24)`."""
    parts = []
    for name in names:
        source = film.source_of(name)
        if source is not None:
            parts.append(source.source + (f", retrieved {source.retrieved}" if source.retrieved else ""))
    return f" ({'; '.join(dict.fromkeys(parts))})" if parts else ""


def one_of(names: Sequence[str]) -> str:
    """Return names as a phrase: `A`, `A and B`, `A, B and C`.

    >>> one_of(["A", "B", "C"])
    'A, B and C'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
