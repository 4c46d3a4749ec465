"""Where the film comes from: "a 1999 South Korean drama", "a British-American film"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.document import fold
from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of
from service.facts.reading import FILM, Reading
from service.facts.words import countries
from service.films import Film

RECORD = Film(id="e5", title="The Long Harbour", countries=("South Korea",))


@lru_cache(maxsize=1)
def adjectives() -> dict[str, frozenset[str]]:
    """Return the countries that each folded adjective can mean."""
    out: dict[str, set[str]] = {}
    for name, (_, every) in countries().items():
        for a in every:
            out.setdefault(fold(a), set()).add(name)
    return {a: frozenset(c) for a, c in out.items()}


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """Return the pattern of "⟦f⟧ is a (year) ADJECTIVE … film"."""
    every = "|".join(re.escape(a) for a in sorted(adjectives(), key=len, reverse=True))
    return re.compile(
        rf"{FILM} (?:is|was) (?:an?"
        rf"|the) (?:\d{{4}} )?(?:[a-z]+ )?(?P<a>{every})(?:(?: ?- ?|/| )(?P<b>{every}))?\b(?![- ]language)"
        r"[^,;.⟦]*?\b(?:film"
        rf"|movie|comedy|drama|thriller|production|co-production|documentary)"
    )


def canonical(names: Sequence[str]) -> set[str]:
    """Return the countries of a record under the names of `data/countries.tsv`."""
    known = {fold(o): n for n, (others, _) in countries().items() for o in (n, *others)}
    return {known.get(fold(n), n) for n in names}


@dataclass(frozen=True, slots=True)
class Country:
    """The film's nationality by its adjective."""

    name: str = "country"
    examples: Sequence[Example] = (
        Example("The Long Harbour is a 1999 South Korean drama film.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour is a French film.", RECORD, Verdict.CONTRADICTED),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a nationality."""
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film = reading.film
        m = pattern().search(reading.skeleton) if film.countries else None
        if m is None:
            return
        stored = canonical(film.countries)
        for group in ("a", "b"):
            if m.group(group):
                right = bool(adjectives()[m.group(group)] & stored)
                yield Finder(self.name, reading).assertion(
                    m.span(group),
                    m.group(group),
                    Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
                    f"The record gives {one_of(film.countries)} as its countries{cited(film, 'countries')}.",
                    fields=("countries",),
                    covers=(m.span(group),),
                )


COUNTRY = Country()
