"""When the film came out, finer or coarser than a year: a date, a season, a decade, a century."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of
from service.facts.kinds.country import shown_elsewhere
from service.facts.reading import FILM, Reading
from service.films import Film, Release

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? |(?P<day2>\d{{1,2}})(?:st"
    rf"|nd|rd|th)? (?:of )?(?P<month2>{MONTH}),? )(?P<year>\d{{4}})\b"
)
SEASON = re.compile(
    r"\b(?P<season>spring|summer|autumn|fall|winter)(?: (?:of|in"
    r"|season of))?(?: the)?(?: year)? ?(?P<year>\d{4})?\b"
)
IN_WORDS = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
DECADE = re.compile(
    r"\b(?P<part>early |mid-?|late )?(?:the )?(?:(?P<full>1[89]\d0|20[012]0) ?'?s"
    rf"|(?P<short>[2-9]0) ?'?s|(?<=the )(?P<word>{IN_WORDS}))\b"
)
DECADES = {w: 10 * i for i, w in enumerate(IN_WORDS.split("|"), 2)}
BOUNDED = re.compile(
    rf"{FILM}(?: (?:was|had been|is))?(?: first)?"
    r" (?:releas\w+|premier\w+|came out|made|produced|opened|shown)"
    r" (?P<bound>before|prior to|earlier than|after|later than|since)(?: the year)?"
    r" (?P<year>(?:18|19|20)\d\d)(?=[.,;]|$)"
)
IN_MONTH = re.compile(
    rf"\b(?:in|during) (?:early |mid-?|late )?(?P<month>{MONTH})(?:,? (?:of )?(?P<year>(?:18|19|20)\d\d))?\b"
    r"(?! \d)"
)
CENTURY = re.compile(
    r"\b(?:(?P<part>(?:first|second|latter|last) (?:half|decade|quarter)) of the )?"
    r"(?P<century>20th|21st|twentieth|twenty-first) century\b"
)
PARTS_OF_CENTURY = {
    "first half": (1, 50),
    "second half": (51, 100),
    "latter half": (51, 100),
    "last half": (51, 100),
    "first decade": (1, 10),
    "last decade": (91, 100),
    "first quarter": (1, 25),
    "last quarter": (76, 100),
}
CAME_OUT = re.compile(r"\b(?:releas\w+|premier\w+|debut\w+|came out|come out|opened|film|movie|theat\w+)\b")
MONTHS_OF = {
    "spring": {3, 4, 5, 6},
    "summer": {6, 7, 8, 9},
    "autumn": {9, 10, 11, 12},
    "fall": {9, 10, 11, 12},
    "winter": {12, 1, 2, 3},
}
SET_IN = re.compile(
    r"\b(?:set|takes place|during (?!the (?:spring|summer|fall|autumn|winter))"
    r"|story|between|novel|book"
    r"|series|born)\b"
)

FIRST_OUT = re.compile(r"\b(?:initially|originally) (?:releas|premier|debut|shown|aired|came)")
OF_OTHERS = re.compile(
    r"\b(?:like|about|than|recalls?|reminiscent|homage|looks?|feels?|inspired|style"
    r"|throwback|letter|tribute|films"
    r"|movies|era|set)\b"
)
DATED = re.compile(
    r"\b(?:releas\w+|premier\w+|debut\w+|came out|come out|film|movie|hit)(?: (?:in|of|from"
    r"|during|the|mid|late|early|back)){0,4} $"
)
SHOWN = re.compile(
    r"\b(?:releas\w+|premier\w+|debut\w+|came out|comes out|come out|opened|opening|hit|arrived"
    r"|screened|shown)"
    r"(?: (?!and\b)[a-z⟦⟧0-9,'-]+){0,6} $"
)
RELEASED_THEN = re.compile(r"(?:\d{4})? ?(?:theatrical |cinema )?(?:releases?|premiere|debut)\b")
DATES = re.compile(r" (?:[a-z]+ )?(?:film|movie|classic|production)\b")
FESTIVAL = re.compile(r"\b(?:festival|premier\w*|limited|dvd|video|re-releas\w+|digital\w*|blu-ray)\b")
NEAR = 7  # days between a first showing and the release proper, or two countries' releases
RECORD = Film(id="e23", title="The Long Harbour", year=1999, releases=(Release("1999-05-03", "Sweden"),))


def full_dates(film: Film) -> list[date]:
    """Return the recorded release dates that name a day."""
    out = []
    for r in film.releases:
        try:
            out.append(date.fromisoformat(r.date))
        except ValueError:
            continue
    return out


@dataclass(frozen=True, slots=True)
class ReleaseKind:
    """Dates of release. A day that the record lacks contradicts only where no recorded one is near."""

    name: str = "release"
    examples: Sequence[Example] = (
        Example("The film was released on May 3, 1999.", RECORD, Verdict.SUPPORTED),
        Example("The film was released on 21 November 1999.", RECORD, Verdict.CONTRADICTED),
        Example("It came out in the spring of 1999.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour was released in the fall.", RECORD, Verdict.CONTRADICTED),
        Example("It is a film of the 1990s.", RECORD, Verdict.SUPPORTED),
        Example("It came out in the 21st century.", RECORD, Verdict.CONTRADICTED),
        Example("It is set in the summer of 1970.", RECORD, None),
        Example("The film came out in the summer of love.", RECORD, None),
        Example("It feels like a film from the 1970s.", RECORD, None),
        Example("The film is a film about the 1980s.", RECORD, None),
        Example("It is a film for the 21st century.", RECORD, None),
        Example("It looks back at the films released in the 1970s.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a date, season, decade or century of release."""
        s = reading.skeleton
        if not CAME_OUT.search(s) or "⟦o" in s or SET_IN.search(s):
            return ()
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        s, film = reading.skeleton, reading.film
        days = full_dates(film)
        dates = list(DATE.finditer(s))
        elsewhere = shown_elsewhere(film, s)
        for m in dates:
            yield self._assertion(
                reading, m, right=_on_day(m, days, alone=len(dates) == 1 and not elsewhere, whole=s)
            )
        for m in IN_MONTH.finditer(s) if not dates else ():
            if SHOWN.search(s, 0, m.start()):
                yield self._assertion(reading, m, right=None if elsewhere else _in_month(m, days, s))
        for m in SEASON.finditer(s) if not dates else ():
            if m.group().rstrip().endswith(" of") or OF_OTHERS.search(s, 0, m.start()):
                continue  # the summer of love
            if not (SHOWN.search(s, 0, m.start()) or RELEASED_THEN.match(s, m.end())):
                continue
            yield self._assertion(reading, m, right=_in_season(m, days))
        for m in DECADE.finditer(s):
            if not _is_of_film(s, m) or s.startswith(("who ", "whose "), reading.clause(m.start())[0]):
                continue
            yield self._assertion(reading, m, right=_in_decade(m, film.year))
        for m in BOUNDED.finditer(s):
            yield self._assertion(reading, m, right=_in_bounds(m, film))
        for m in CENTURY.finditer(s):
            if not _is_of_film(s, m):
                continue
            yield self._assertion(reading, m, right=_in_century(m, film.year))

    def _assertion(self, reading: Reading, m: re.Match[str], *, right: bool | None) -> Assertion:
        film, negated = reading.film, reading.negated(*m.span())
        verdict = Verdict.NOT_IN_METADATA
        if right is not None and (not reading.hedged(m.start()) or FIRST_OUT.search(reading.skeleton)):
            verdict = Verdict.SUPPORTED if right != negated else Verdict.CONTRADICTED
        known = [f"{r.date} ({r.place})" if r.place else r.date for r in film.releases] or [str(film.year)]
        field = "releases" if film.releases else "year"
        came = [c.span() for c in CAME_OUT.finditer(reading.skeleton)]
        return Finder(self.name, reading).assertion(
            m.span(),
            {"date": m.group().strip(), "negated": negated},
            verdict,
            f"The record gives the release {one_of(known[:5])}{cited(film, field)}.",
            fields=(field,),
            covers=(m.span(), *came),
        )


def _is_of_film(s: str, m: re.Match[str]) -> bool:
    """Tell whether a decade or century is when the film was made, not what it is about or like."""
    if OF_OTHERS.search(s, 0, m.start()):
        return False
    last = s[m.end() :] in {"", "."} and re.search(r"\b(?:for|to|with|of) (?:the )?$", s[: m.start()]) is None
    return bool(last or DATED.search(s, max(0, m.start() - 40), m.start()) or DATES.match(s, m.end()))


def _on_day(m: re.Match[str], days: Sequence[date], *, alone: bool, whole: str) -> bool | None:
    try:
        stated = date(
            int(m.group("year")),
            MONTHS.index(m.group("month") or m.group("month2")) + 1,
            int(m.group("day") or m.group("day2")),
        )
    except ValueError:
        return False
    if stated in days:
        return True
    if not days or not alone or FESTIVAL.search(whole) or min(abs((stated - d).days) for d in days) <= NEAR:
        return None
    return False


def _in_month(m: re.Match[str], days: Sequence[date], whole: str) -> bool | None:
    """Tell whether a recorded day is in the month said; None where one is near, or none is of that year."""
    month = MONTHS.index(m.group("month")) + 1
    of_year = [d for d in days if m.group("year") is None or d.year == int(m.group("year"))]
    if any(d.month == month for d in of_year):
        return True
    if not of_year or FESTIVAL.search(whole) or any(abs(d.month - month) in {1, 11} for d in of_year):
        return None
    return False


def _in_century(m: re.Match[str], year: int | None) -> bool | None:
    """Tell whether the film's year is in the century said, and in its half or decade."""
    if year is None:
        return None
    start = 1900 if m.group("century") in {"20th", "twentieth"} else 2000
    low, high = PARTS_OF_CENTURY.get(m.group("part") or "", (1, 100))
    return start + low <= year <= start + high or (year == start + low - 1 and low > 1)


def _in_season(m: re.Match[str], days: Sequence[date]) -> bool | None:
    year = int(m.group("year")) if m.group("year") else None
    of_year = [
        d
        for d in days
        if year is None or d.year == year or (m.group("season") == "winter" and d.year - year == 1)
    ]
    if not of_year:
        return None
    return any(d.month in MONTHS_OF[m.group("season")] for d in of_year)


def _in_bounds(m: re.Match[str], film: Film) -> bool | None:
    """Tell whether the film came out before or after the year said; None where the record has no year."""
    years = [
        *([film.year] if film.year else []),
        *(int(r.date[:4]) for r in film.releases if r.date[:4].isdigit()),
    ]
    if not years:
        return None
    said = int(m.group("year"))
    if m.group("bound") in {"before", "prior to", "earlier than"}:
        return min(years) < said
    return min(years) > said or (m.group("bound") == "since" and min(years) == said)


def _in_decade(m: re.Match[str], year: int | None) -> bool | None:
    if year is None:
        return None
    if m.group("full"):
        start = int(m.group("full"))
    else:
        start = 1900 + (DECADES[m.group("word")] if m.group("word") else int(m.group("short")))
    within = year - start
    part = (m.group("part") or "").strip(" -")
    low, high = {"early": (0, 4), "mid": (3, 6), "late": (5, 9)}.get(part, (0, 9))
    return low <= within <= high


RELEASE = ReleaseKind()
