"""How long the film runs, in minutes or hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited
from service.facts.reading import Reading
from service.films import Film

LENGTH = re.compile(
    r"\b(?:runs?|running time|runtime|run time|length|lasts?|minutes long"
    r"|minute)\b.{0,30}?\b(?P<n>\d+) ?(?:minutes|mins?)\b|\b(?P<m>\d+)(?: "
    r"|-)minutes?(?: long|-long)?\b"
)
RECORD = Film(id="e4", title="The Long Harbour", runtime_minutes=127)


@dataclass(frozen=True, slots=True)
class Runtime:
    """A runtime in minutes; two minutes either way are one length."""

    name: str = "runtime"
    examples: Sequence[Example] = (
        Example("The film has a running time of 127 minutes.", RECORD, Verdict.SUPPORTED),
        Example("The film runs for 90 minutes.", RECORD, Verdict.CONTRADICTED, "127"),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a length."""
        m = LENGTH.search(reading.skeleton)
        film = reading.film
        if (
            m is None
            or not film.runtime_minutes
            or re.search(r"\b(?:over|under|more|less|nearly|almost|about)\b", m.group())
        ):
            return ()
        group = "n" if m.group("n") else "m"
        minutes = int(m.group(group))
        longest = film.runtime_max or film.runtime_minutes
        right = film.runtime_minutes - 2 <= minutes <= longest + 2
        return (
            Finder(self.name, reading).assertion(
                m.span(group),
                minutes,
                Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
                f"The record gives {film.runtime_minutes} minutes{cited(film, 'runtime_minutes')}.",
                fields=("runtime_minutes",),
                covers=(m.span(),),
                put=None if right else str(film.runtime_minutes),
            ),
        )


RUNTIME = Runtime()
