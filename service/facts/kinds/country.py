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

IS_A = re.compile(rf"^this |{FILM} (?:is|was)(?:n't)?(?: not| never)? (?:an?|the) ")
FROM = re.compile(r"\b(?:from|produced in|made in|originated in|country)\b")
KIND = (
    r"film|movie|comedy|drama|thriller|production|co-production|documentary|fantasy|animation|anime|romance"
    r"|musical|western|biopic|melodrama|feature|picture"
)
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
        rf"(?:{FILM} (?:is|was)(?:n't)?(?: not| never)? (?:an?"
        rf"|the) |^this )(?:\d{{4}} |\d\d(?:st|th) century )?(?:(?!(?:{every})\b)[a-z]+ )?"
        rf"(?P<a>{every})(?:(?: ?- ?|/| )(?P<b>{every})(?:(?: ?- ?|/)(?P<c>{every}))?)?\b(?![- ]language)"
        rf"(?:[^,;.⟦]|⟦n\d+⟧(?!'))*?\b(?:{KIND})\b"
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


@lru_cache(maxsize=1)
def between() -> re.Pattern[str]:
    """Return the pattern of "a co-production of COUNTRY and COUNTRY"."""
    every = "|".join(re.escape(p) for p in sorted(places(), key=len, reverse=True))
    one = rf"(?:the )?(?:{every})(?!\w)"
    return re.compile(
        rf"{FILM} (?:is|was|being) an? (?:[a-z-]+ ){{0,3}}?co ?- ?production (?:between|of|by|from)"
        rf" (?P<places>{one}(?:,? (?:and )?{one})*)"
    )


def canonical(names: Sequence[str]) -> set[str]:
    """Return the countries of a record under the names of `data/countries.tsv`."""
    known = places()
    return {known.get(fold(n).removeprefix("the "), n) for n in names}


@lru_cache(maxsize=1)
def one_place() -> re.Pattern[str]:
    """Return the pattern of a country's name."""
    every = "|".join(re.escape(p) for p in sorted(places(), key=len, reverse=True))
    return re.compile(rf"(?:{every})(?!\w)")


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
        Example("The Long Harbour is a French animated fantasy.", RECORD, Verdict.CONTRADICTED),
        Example("This quiet French film won prizes.", RECORD, Verdict.CONTRADICTED),
        Example("This French chef opens a bar in the film.", RECORD, None),
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
        if not reading.film.countries:
            return
        yield from self._places(reading)
        yield from self._between(reading)
        m = pattern().search(reading.skeleton) if IS_A.search(reading.skeleton) else None
        if m is not None:
            yield from self._adjectives(reading, m)

    def _adjectives(self, reading: Reading, m: re.Match[str]) -> Iterator[Assertion]:
        """Yield the countries of "a Swedish film", "a Swedish-French-Danish film"."""
        film, said = reading.film, [g for g in ("a", "b", "c") if m.group(g)]
        named = [adjectives()[m.group(g)] for g in said]
        known = canonical(film.countries)
        # of three countries a record may name the first alone
        partly = len(said) > 2 and "countries" not in film.complete and any(n & known for n in named)
        for group, meant in zip(said, named, strict=True):
            covers = (m.span(group), *_of_kind(reading, m))
            sure = m.group(group) not in LOOSE and not partly
            yield self._held(reading, m.span(group), meant, covers, sure=sure)

    def _between(self, reading: Reading) -> Iterator[Assertion]:
        """Yield the countries of "a co-production between X and Y"."""
        m = between().search(reading.skeleton) if "production" in reading.skeleton else None
        for place in one_place().finditer(m.group("places")) if m is not None else ():
            if m is not None:
                at = m.start("places")
                where = (at + place.start(), at + place.end())
                yield self._held(reading, where, frozenset({places()[place.group()]}), (m.span(),))

    def _places(self, reading: Reading) -> Iterator[Assertion]:
        """Yield the country of "a film from X", "produced in X"."""
        if FROM.search(reading.skeleton):
            for m in place_pattern().finditer(reading.skeleton):
                meant = frozenset({places()[m.group("place")]})
                yield self._held(reading, m.span("place"), meant, (m.span(),))

    def _held(
        self,
        reading: Reading,
        at: tuple[int, int],
        meant: frozenset[str],
        covers: Sequence[tuple[int, int]],
        *,
        sure: bool = True,
    ) -> Assertion:
        """Return the assertion that the film is of one of the countries `meant`, said at `at`."""
        film, said = reading.film, reading.skeleton[slice(*at)]
        right = bool(meant & canonical(film.countries)) != reading.negated(*at)
        wrong = Verdict.CONTRADICTED if sure else Verdict.NOT_IN_METADATA
        return Finder(self.name, reading).assertion(
            at,
            said,
            Verdict.SUPPORTED if right else wrong,
            f"The record gives {one_of(film.countries)} as its countries{cited(film, 'countries')}.",
            fields=("countries",),
            covers=covers,
        )


def _of_kind(reading: Reading, m: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the match calls the film a production or co-production of its countries."""
    for w in re.finditer(r"\b(?:co ?- ?)?production\b", reading.skeleton[m.start() : m.end() + 16]):
        yield m.start() + w.start(), m.start() + w.end()


COUNTRY = Country()
