"""Say "the film" where the title stands too often and the text has named it before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from service.document import Operation
from service.writing.edit.joinery import mended
from service.writing.edit.place import Candidate, Place

NAME = "rule:title"
KINDS = frozenset(["keyword_stuffing", "repeated_opening", "repeated_phrase"])
CALLED = re.compile(r"\b(?:the|this) (?:film|movie)\b|\bit\b", re.IGNORECASE)
FILM = re.compile(r"\b(?:film|movie)\b", re.IGNORECASE)
IS_A_FILM = re.compile(r"^( (?:is|was)) an? (?:film|movie)(?= (?:about|of|for)\b)")


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence with "the film" for a flagged title that an earlier paragraph names."""
    if CALLED.search(place.text) or not place.titles:
        return
    for title in sorted(place.titles, key=len, reverse=True):
        found = [m for m in naming(title).finditer(place.text) if _flagged(place, *m.span())]
        if len(found) != 1 or title not in place.named:
            continue
        m = found[0]
        owner = m.group("owner") or ""
        rest = IS_A_FILM.sub(r"\1", place.text[m.end() :])
        if FILM.search(place.text[: m.start()] + rest):
            return  # "the film is a film"
        new = mended(place.text, place.text[: m.start()] + f"the film{owner}" + rest)
        reason = f"‘{title}’ stands in the text before; ‘the film’ says as much."
        yield Candidate(new, Operation.REWRITE, NAME, reason, 0.4)
        return


@lru_cache(maxsize=64)
def naming(title: str) -> re.Pattern[str]:
    """Return the pattern of the title where it names the film, its owner's ending apart."""
    words = r"[\s.,:]+".join(re.escape(w.strip(".,:")) for w in title.split())
    return re.compile(rf"(?<![\w“\"'‘*_-]){words}(?P<owner>['’]s)?(?![\w”\"'*_-])(?! (?:\(|[A-Z0-9]))")


def _flagged(place: Place, start: int, end: int) -> bool:
    return any(t.finding.kind in KINDS and t.start < end and start < t.end for t in place.open_targets)
