"""The year that a sentence gives for the film: "a 1999 film", "released in 1999", "on May 3, 1999"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited
from service.facts.reading import FILM, Reading
from service.films import Film, Release

YEAR = r"(?P<year>(?:18|19|20)\d\d)"
OF_FILM = re.compile(rf"{FILM},?(?: \({YEAR}\)| (?:is|was) an? {YEAR.replace('year', 'year2')} )")
RELEASED = re.compile(
    rf"{FILM}(?:(?! {FILM}|⟦o|⟦n\d+⟧'s).)*?\b(?:released|premiered|debuted|opened|came out"
    rf"|made|aired)\b(?:(?!⟦o|\bfilm\b|\bafter\b|\bbased\b|\band was\b"
    rf"|\bin \d{{4}} and\b).){{0,60}}?"
    rf"\b(?:in|on|of)(?: the year)? (?:\d{{1,2}} [a-z]+ |[a-z]+ (?:\d{{1,2}},? )?(?:of )?)?{YEAR}\b(?!s)"
)
LATER = re.compile(
    r"\b(?:dvd|video|blu-ray|streaming|limited|wide|re-releas\w+|again|television|festival|later)\b"
)
RECORD = Film(id="e3", title="The Long Harbour", year=1999, releases=(Release("1999-05-03"),))


@dataclass(frozen=True, slots=True)
class Year:
    """The film's year; a year of any recorded release is right too."""

    name: str = "year"
    examples: Sequence[Example] = (
        Example("The Long Harbour is a 1999 drama film.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour is a 2005 drama film.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("It was released on May 3, 2001.", RECORD, Verdict.CONTRADICTED, "1999"),
        Example("It is a sequel to the 1985 film Silence.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a year for the film."""
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film = reading.film
        years: set[int] = {
            *([film.year] if film.year else []),
            *(int(r.date[:4]) for r in film.releases if r.date[:4].isdigit()),
        }
        if not years:
            return
        for pattern in (OF_FILM, RELEASED):
            m = pattern.search(reading.skeleton)
            if m is None:
                continue
            group = "year" if m.group("year") else "year2"
            year = int(m.group(group))
            right = year in years
            if not right and m.group().rstrip().endswith(")"):
                continue  # "Willard (1971)" is another film of the name
            unsure = year in {y - 1 for y in years} or (year - 1 in years and LATER.search(reading.skeleton))
            if not right and not film.releases and unsure:
                verdict = Verdict.NOT_IN_METADATA  # dated by its production or first showing, or shown again
            else:
                verdict = Verdict.SUPPORTED if right else Verdict.CONTRADICTED
            yield Finder(self.name, reading).assertion(
                m.span(group),
                year,
                verdict,
                f"The record gives the year {film.year}{cited(film, 'year')}.",
                fields=("year",),
                covers=((m.start(), m.end()),),
                put=None if right or verdict is not Verdict.CONTRADICTED else str(film.year),
            )


YEAR_KIND = Year()
