"""How many companies, countries and languages: "made by three companies", "in two languages"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.numbers import COUNT, read_count
from service.facts.reading import FILM, Reading
from service.films import Film

THINGS = (
    (
        "distributors",
        re.compile(
            rf"\b(?:distributed|released) (?:[a-z]+ )?by (?P<number>{COUNT}) (?:different "
            rf"|separate )?(?:compan|studio|distribut|firms)"
            rf"|{FILM} (?:has|had) (?P<number2>{COUNT.replace('<', '<x')}) (?:different "
            rf"|separate )?(?:distributors?|distribution compan(?:y|ies))"
        ),
    ),
    (
        "production_companies",
        re.compile(
            rf"\b(?:produced|made|produced jointly) (?:[a-z]+ )?by (?P<number>{COUNT}) (?:different "
            rf"|separate |production |film )*(?:compan|studio|firms)"
            rf"|{FILM} (?:has|had|used) (?P<number2>{COUNT.replace('<', '<x')}) (?:different "
            rf"|separate )?(?:production (?:compan|studio)|companies that produced)"
        ),
    ),
    (
        "countries",
        re.compile(
            rf"\b(?:produced|made|filmed and produced|co-produced) (?:[a-z]+ )?(?:in|by"
            rf"|between) (?P<number>{COUNT}) (?:different |separate )?countr"
            rf"|{FILM} (?:has|had) (?P<number2>{COUNT.replace('<', '<x')}) (?:different )?countr(?:y"
            rf"|ies) of origin"
        ),
    ),
    (
        "languages",
        re.compile(
            rf"\b(?:released|made|filmed|available|produced|shot|spoken|is"
            rf"|was) (?:[a-z]+ )?in (?P<number>{COUNT}) (?:different |separate |other )?languages?"
            rf"|{FILM} (?:has|had|features"
            rf"|uses) (?P<number2>{COUNT.replace('<', '<x')}) (?:different )?(?:spoken )?languages?\b"
        ),
    ),
)
WORDS = {"distributors": "distributors", "production_companies": "production companies"}
RECORD = Film(
    id="e33",
    title="The Long Harbour",
    production_companies=("Lantern Films", "Norrsken"),
    distributors=("Harbour Pictures",),
    countries=("Sweden", "Denmark"),
    languages=("Swedish",),
    complete=frozenset({"production_companies", "distributors", "countries", "languages"}),
)


@dataclass(frozen=True, slots=True)
class MadeCount:
    """Numbers of companies, countries, languages; an incomplete list only shows a number too small."""

    name: str = "made_count"
    examples: Sequence[Example] = (
        Example("The film was produced by two companies.", RECORD, Verdict.SUPPORTED),
        Example("It was produced by a single company.", RECORD, Verdict.CONTRADICTED),
        Example("It was distributed by several companies.", RECORD, Verdict.CONTRADICTED),
        Example("It was produced in more than one country.", RECORD, Verdict.SUPPORTED),
        Example("The film was released in three languages.", RECORD, Verdict.CONTRADICTED),
        Example("The Long Harbour has two languages.", RECORD, Verdict.CONTRADICTED),
        Example("She speaks three languages.", RECORD, None),
        Example("He robs two companies.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a number of companies, countries or languages."""
        s = reading.skeleton
        if "⟦f" not in s or "⟦o" in s or not re.search(r"compan|studio|distribut|countr|language|firms", s):
            return ()
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film = reading.film
        for field, pattern in THINGS:
            m = pattern.search(reading.skeleton)
            if m is None or re.match(r"[a-z]* of (?!⟦f|origin|prod)", reading.skeleton[m.end() :]):
                continue
            number = "number" if m.group("number") else "number2"
            said = re.match(COUNT, m.group(number))
            if said is None:
                continue
            count, stored = read_count(said), getattr(film, field)
            n, complete = len(stored), field in film.complete
            right: bool | None = count.holds(n) if n else None
            if not complete and ((right and count.high is not None) or (right is False and n < count.low)):
                right = None
            verdict = verdict_on(
                right=right, negated=reading.negated(*m.span()), hedged=reading.hedged(m.start())
            )
            yield Finder(self.name, reading).assertion(
                m.span(number),
                {"field": field, "low": count.low, "high": count.high},
                verdict,
                f"The record gives {one_of(stored[:6])} as its {WORDS.get(field, field)}{cited(film, field)}."
                if n
                else f"The record gives no {WORDS.get(field, field)}.",
                fields=(field,) if n else (),
                covers=(m.span(), (m.start(), _word_end(reading.skeleton, m.end()))),
            )


def _word_end(s: str, at: int) -> int:
    while at < len(s) and s[at].isalpha():
        at += 1
    return at


MADE_COUNT = MadeCount()
