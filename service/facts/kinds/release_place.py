"""Where the film came out, where first, and in how many places: "in Germany before the United States"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.document import fold
from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.kinds.country import places
from service.facts.numbers import COUNT, read_count
from service.facts.reading import Reading
from service.facts.subject import film_is_subject
from service.facts.words import lines
from service.facts.written import write_out
from service.films import Film, Release

CAME = (
    r"(?:released|releases|release|premi[eè]red?|debuted|opened|shown|aired|screened|viewed"
    r"|came out|come out"
    r"|available|airing|run)"
)
CAME_OUT = re.compile(rf"\b{CAME}\b")
KNOWN_AS = {"us": "united states", "u.s": "united states", "uk": "united kingdom", "u.k": "united kingdom"}
RECORD = Film(
    id="e31",
    title="The Long Harbour",
    year=1999,
    releases=(
        Release("1999-05-03", "Berlin"),
        Release("1999-05-21", "Germany"),
        Release("1999-06-11", "United States"),
    ),
)


@lru_cache(maxsize=1)
def continents() -> dict[str, str]:
    """Return the continent of each folded country."""
    return {
        fold(c): name
        for name, *cs in (x.split("\t") for x in lines("continents.tsv"))
        for c in cs[0].split(";")
    }


@lru_cache(maxsize=512)
def place_of(text: str) -> str:
    """Return a folded place under one name: `the US` is `united states`."""
    key = re.sub(r"^the | (?:world )?premi[eè]re$", "", fold(text)).strip(" .")
    return fold(places().get(key, KNOWN_AS.get(key, key)))


@lru_cache(maxsize=1)
def cities() -> dict[str, str]:
    """Return the country of each folded city and festival where films are shown first."""
    return {fold(c): name for name, cs in (x.split("\t") for x in lines("cities.tsv")) for c in cs.split(";")}


def _country(place: str) -> str:
    return place_of(cities().get(place, place))


def lies_in(place: str, area: str) -> bool:
    """Tell whether a recorded place is, or lies in, the place named: Germany in Europe."""
    stored, named = place_of(place), place_of(area)
    known = {stored, place_of(cities().get(stored, "")), continents().get(_country(stored))} - {""}
    return named in known or stored.startswith(f"{named} ")


@lru_cache(maxsize=1)
def every_place() -> re.Pattern[str]:
    """Return the pattern of all countries and continents by any of their names."""
    every = {*places(), *continents().values(), *KNOWN_AS, *cities()} - {""}
    return re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in sorted(every, key=len, reverse=True))})(?!\w)")


PLACE = r"(?:the )?⟪(?P<{}>\d+)⟫\.?"
AT = r"(?:in|at|to|throughout|across|on)"
GAP = r"(?:,? (?:[a-z]+|⟦f\d+⟧(?:'s)?)){0,7}?"
ORDER = re.compile(
    rf"\b{CAME}{GAP} {AT} {PLACE.format('a')}(?:,? (?:film )?(?:theaters|cinemas|audiences))?{GAP}"
    rf" (?P<order>before|earlier than|prior to|ahead of|after|later than"
    rf"|then)\b{GAP} (?:{AT} )?(?:its )?{PLACE.format('b')}"
)
FIRST = re.compile(rf"\bfirst {CAME} {AT} {PLACE.format('a')}|\b{CAME} first {AT} {PLACE.format('a2')}")
THERE = re.compile(
    rf"\b{CAME} (?P<only>only |solely "
    rf"|exclusively )?{AT} (?P<only2>only )?{PLACE.format('a')}(?: (?P<only3>only)\b)?"
    rf"|\bonly {CAME} {AT} {PLACE.format('a3')}"
)
MANY = re.compile(
    rf"\b{CAME}(?: [a-z]+){{0,2}}? (?:in|on|across"
    rf"|over) (?P<number>{COUNT}) (?:[a-z]+ )?(?P<what>countries|country"
    r"|continents?|dates|years|days|places|locations|cities|occasions)\b"
)
SAME_TIME = re.compile(
    rf"\b{CAME} (?:(?:in|on) {COUNT} (?:[a-z]+ )?[a-z]+ )?simultaneously\b"
    rf"|\b{CAME}\b.* (?:at the same time|on the same (?:day|date))\b"
)
SPARED = re.compile(r"\b(?:dvd|video|sequel|trailer|soundtrack|book|novel|streaming)\b")


@dataclass(frozen=True, slots=True)
class ReleasePlace:
    """Places and their order by the recorded dates; a place not recorded contradicts nothing alone."""

    name: str = "release_place"
    examples: Sequence[Example] = (
        Example("The film was released in Germany before the United States.", RECORD, Verdict.SUPPORTED),
        Example(
            "The film came out in the US before it was released in Germany.", RECORD, Verdict.CONTRADICTED
        ),
        Example("It premiered in Europe before being released in the US.", RECORD, Verdict.SUPPORTED),
        Example("It was first released in the United States.", RECORD, Verdict.CONTRADICTED),
        Example("It was first shown in Berlin.", RECORD, Verdict.SUPPORTED),
        Example("The film was only released in Germany.", RECORD, Verdict.CONTRADICTED),
        Example("It was released in more than one country.", RECORD, Verdict.SUPPORTED),
        Example("It was not released in Germany.", RECORD, Verdict.CONTRADICTED),
        Example("It was released in three countries simultaneously.", RECORD, Verdict.CONTRADICTED),
        Example("The film was released in Sweden.", RECORD, Verdict.NOT_IN_METADATA),
        Example("The album was released in Germany before the United States.", RECORD, None),
        Example("Marta goes to Germany before the United States.", RECORD, None),
        Example("A prisoner is released in Germany.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return at most one assertion of place or order, and one of number."""
        s = reading.skeleton
        if (
            "⟦o" in s
            or "⟦f" not in s
            or not reading.film.releases
            or not CAME_OUT.search(s)
            or SPARED.search(s)
        ):
            return ()
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film, plain = reading.film, Plain.of(reading)
        dated = [r for r in film.releases if r.place and len(r.date) >= 4]
        order, first, one = (p.search(plain.text) for p in (ORDER, FIRST, THERE))
        many = MANY.search(plain.text)
        same = SAME_TIME.search(plain.text)
        if many or same:
            m = same or many
            if m is not None and plain.is_films(m.start()):
                yield self._assertion(plain, m, right=_several(many, same, dated))
        ordered = _ordered(order, plain.places, dated) if order else None
        if many or same:
            return
        if order and plain.is_films(order.start()) and not (first and ordered is None):
            yield self._assertion(plain, order, right=ordered)
        elif first and plain.is_films(first.start()):
            yield self._assertion(
                plain, first, right=_is_first(plain.places[int(first.group("a") or first.group("a2"))], dated)
            )
        elif one and plain.is_films(one.start()):
            yield self._assertion(plain, one, right=_there(one, plain.places, dated))

    def _assertion(self, plain: Plain, m: re.Match[str], *, right: bool | None) -> Assertion:
        reading, film = plain.reading, plain.reading.film
        at = plain.range(m.start(), m.end())
        negated = reading.negated(*at)
        verdict = verdict_on(right=right, negated=negated, hedged=reading.hedged(at[0]))
        known = [f"{r.place or 'no place named'} ({r.date})" for r in film.releases]
        return Finder(self.name, reading).assertion(
            at,
            {"release": reading.text(*at), "negated": negated},
            verdict,
            f"The record gives {one_of(known[:6])}{cited(film, 'releases')}.",
            fields=("releases",),
            covers=(at,),
        )


@dataclass(frozen=True, slots=True)
class Plain:
    """A skeleton with its names written out, folded, its places as `⟪0⟫`; `at` leads back to the skeleton."""

    reading: Reading
    text: str
    at: tuple[int, ...]
    places: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> Plain:
        """Return the plain text of a reading; mentions of the film stay tags."""
        whole = write_out(reading)
        written, at = whole.text, whole.at
        spans = [m.span() for m in every_place().finditer(written)]
        for r in reading.film.releases:
            start = written.find(fold(r.place)) if r.place else -1
            if start >= 0:
                spans.append((start, start + len(r.place)))
        out: list[str] = []
        origin: list[int] = []
        named: list[str] = []
        end = 0
        for start, stop in sorted(spans, key=lambda x: (x[0], -x[1])):
            if start < end:
                continue
            tag = f"⟪{len(named)}⟫"
            named.append(written[start:stop])
            out += (written[end:start], tag)
            origin += [*at[end:start], at[start], *[at[stop - 1]] * (len(tag) - 1)]
            end = stop
        return cls(reading, "".join((*out, written[end:])), (*origin, *at[end:]), tuple(named))

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the skeleton's range of the plain text's `[start, end)`."""
        last = self.at[end - 1]
        tag = re.compile(r"⟦n\d+⟧").match(self.reading.skeleton, last)
        return self.at[start], tag.end() if tag else last + 1

    def is_films(self, start: int) -> bool:
        """Tell whether the release said at `start` is the film's own."""
        at = self.at[start]
        before = self.reading.skeleton[:at]
        return (
            film_is_subject(self.reading, at)
            or before.rstrip().endswith(("⟧ had", "⟧'s", "⟧"))
            or (re.fullmatch(r"(?:[a-z]+ )?", before) is not None)
        )


def _first_day(area: str, dated: Sequence[Release]) -> str | None:
    days = [r.date for r in dated if lies_in(r.place, area)]
    return min(days) if days else None


def _ordered(m: re.Match[str], named: Sequence[str], dated: Sequence[Release]) -> bool | None:
    here, there = (named[int(m.group(g))] for g in "ab")
    a = _first_day(here, dated)
    b = _first_day(there, [r for r in dated if not lies_in(r.place, here)])  # a city before its country
    if a is None and lies_in(here, there):
        return None
    if a is None and b is not None and m.group("order") not in {"after", "later than"}:
        return False if b == min(r.date for r in dated) else None  # the record knows nothing before it
    if a is None or b is None or (a[: len(b)] == b[: len(a)] and len(a) != len(b)):
        return None
    return a < b if m.group("order") not in {"after", "later than"} else a > b


def _is_first(area: str, dated: Sequence[Release]) -> bool | None:
    day = _first_day(area, dated)
    if not dated:
        return None
    if day is None:  # a record of several places is held to know the first
        return False if len({place_of(r.place) for r in dated}) > 1 else None
    return day == min(r.date for r in dated)


def _there(m: re.Match[str], named: Sequence[str], dated: Sequence[Release]) -> bool | None:
    area = named[int(m.group("a") or m.group("a3"))]
    known = any(lies_in(r.place, area) for r in dated)
    only = any(m.group(g) for g in ("only", "only2", "only3", "a3"))
    if only:
        countries = {fold(c) for c in places().values()}
        elsewhere = any(not lies_in(r.place, area) and place_of(r.place) in countries for r in dated)
        return False if elsewhere else None
    return True if known else None


def _several(many: re.Match[str] | None, same: re.Match[str] | None, dated: Sequence[Release]) -> bool | None:
    if same is not None:
        return False if len(dated) > 1 and len({r.date for r in dated}) == len(dated) else None
    assert many is not None
    what, said = many.group("what"), read_count(many)
    if what.startswith(("countr", "place", "locat", "cit")):
        n = len({place_of(r.place) for r in dated})
    elif what.startswith("continent"):
        n = len({continents().get(place_of(r.place)) for r in dated} - {None})
    else:
        n = len({r.date[:4] if what == "years" else r.date for r in dated})
    if said.high is None:
        return True if n >= said.low else None
    if what in {"years", "dates", "days", "occasions"} and n == said.low == said.high:
        return True
    return False if n > said.high else None  # more may go unrecorded


RELEASE_PLACE = ReleasePlace()
