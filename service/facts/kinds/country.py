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

IS_A = re.compile(rf"{FILM} (?:is|was) (?:an?|the) ")
FROM = re.compile(r"\b(?:from|produced in|made in|originated in|country)\b")
LOOSE = frozenset({"english", "hollywood"})  # may mean a language, a manner of making films
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
        rf"|the) (?:\d{{4}} |\d\d(?:st|th) century )?(?:(?!(?:{every})\b)[a-z]+ )?"
        rf"(?P<a>{every})(?:(?: ?- ?|/| )(?P<b>{every}))?\b(?![- ]language)"
        r"(?:[^,;.⟦]|⟦n\d+⟧(?!'))*?\b(?:film"
        rf"|movie|comedy|drama|thriller|production|co-production|documentary)"
    )


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Return the country that each folded name means."""
    return {fold(o).removeprefix("the "): n for n, (others, _) in countries().items() for o in (n, *others)}


@lru_cache(maxsize=1)
def place_pattern() -> re.Pattern[str]:
    """Return the pattern of "produced in COUNTRY", "a film from COUNTRY", "its country is COUNTRY"."""
    every = "|".join(re.escape(p) for p in sorted(places(), key=len, reverse=True))
    return re.compile(
        rf"(?:{FILM} (?:is|was|comes|came) from|\b(?:film|movie|production) (?:produced in"
        rf"|made in|from)|{FILM}"
        rf" (?:is|was) (?:produced|made|originated) in"
        rf"|\bcountry(?: of origin)?(?: of {FILM})?(?: (?:is|was))?:?)"
        rf" (?:the )?(?P<place>{every})(?!\w)"
    )


def canonical(names: Sequence[str]) -> set[str]:
    """Return the countries of a record under the names of `data/countries.tsv`."""
    known = places()
    return {known.get(fold(n).removeprefix("the "), n) for n in names}


@lru_cache(maxsize=1)
def in_place() -> re.Pattern[str]:
    """Return the pattern of "in COUNTRY"."""
    every = "|".join(re.escape(p) for p in sorted(places(), key=len, reverse=True))
    return re.compile(rf"\b(?:in|to|throughout) (?:the )?(?P<place>{every})(?!\w)")


def shown_elsewhere(film: Film, text: str) -> bool:
    """Tell whether a folded text names a country that is neither the film's own nor of a recorded release.

    When the film was shown there, the record does not say.
    """
    named = {places()[m.group("place")] for m in in_place().finditer(text)}
    return bool(named) and not named & (
        canonical(film.countries) | canonical([r.place for r in film.releases])
    )


@dataclass(frozen=True, slots=True)
class Country:
    """The film's nationality by its adjective."""

    name: str = "country"
    examples: Sequence[Example] = (
        Example("The Long Harbour is a 1999 South Korean drama film.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour is a French film.", RECORD, Verdict.CONTRADICTED),
        Example("Jonas flees to Mexico in the film.", RECORD, None),
        Example("The film is set in France.", RECORD, None),
        Example("The film was shot in Norway.", RECORD, None),
        Example("The film is about a man from Norway.", RECORD, None),
        Example("The film is a homage to French films.", RECORD, None),
        Example("The film was remade in India.", RECORD, None),
        Example("It is a love letter to Italian film.", RECORD, None),
        Example("It follows a French actress.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a nationality."""
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film = reading.film
        yield from self._places(reading)
        m = pattern().search(reading.skeleton) if film.countries and IS_A.search(reading.skeleton) else None
        if m is None:
            return
        stored = canonical(film.countries)
        for group in ("a", "b"):
            if m.group(group):
                right = bool(adjectives()[m.group(group)] & stored)
                wrong = Verdict.NOT_IN_METADATA if m.group(group) in LOOSE else Verdict.CONTRADICTED
                yield Finder(self.name, reading).assertion(
                    m.span(group),
                    m.group(group),
                    Verdict.SUPPORTED if right else wrong,
                    f"The record gives {one_of(film.countries)} as its countries{cited(film, 'countries')}.",
                    fields=("countries",),
                    covers=(m.span(group), *_of_kind(reading, m)),
                )

    def _places(self, reading: Reading) -> Iterator[Assertion]:
        film = reading.film
        for m in (
            place_pattern().finditer(reading.skeleton)
            if film.countries and FROM.search(reading.skeleton)
            else ()
        ):
            right = places()[m.group("place")] in canonical(film.countries)
            negated = reading.negated(*m.span())
            yield Finder(self.name, reading).assertion(
                m.span("place"),
                m.group("place"),
                Verdict.SUPPORTED if right != negated else Verdict.CONTRADICTED,
                f"The record gives {one_of(film.countries)} as its countries{cited(film, 'countries')}.",
                fields=("countries",),
                covers=(m.span(),),
            )


def _of_kind(reading: Reading, m: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the match calls the film a production or co-production of its countries."""
    for w in re.finditer(r"\b(?:co ?- ?)?production\b", reading.skeleton[m.start() : m.end() + 16]):
        yield m.start() + w.start(), m.start() + w.end()


COUNTRY = Country()
