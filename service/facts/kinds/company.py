"""Which companies made and distributed the film, and whether they are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.document import fold
from service.facts.claim import Verdict
from service.facts.credits import Person, people_at
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of
from service.facts.reading import FILM, NAME, Reading
from service.films import Film
from service.films.names import nearest

DONE_BY = re.compile(
    r"\b(?P<verbs>(?:(?:theatrically |internationally |also )?(?:produced|distributed"
    r"|released|made|financed)(?:,? and |, )?)+)"
    r"(?: (?:in|to) [a-z ]+?)? by (?:the )?(?:company |studio )?"
)
DID = re.compile(
    rf"{NAME}(?:(?:,| and|, and) {NAME})* (?:(?:also|jointly|later|did not|didn't) )*"
    r"(?P<verbs>(?:produced?|distributed?|released?|financed)"
    r"(?:,? and (?:produced|distributed|released|financed))?)"
    rf" (?={FILM}(?:[.,;]| (?:in|and|with|on|for|worldwide)|$))"
)
SAME = re.compile(
    r"\b(?:produced and distributed|distributed and produced) by (?:the )?(?:(?P<same>same)"
    r"|(?:two )?different) (?:compan|studio|distribut)"
    r"|\b(?:produced by (?:the )?(?P<same1>same) (?:company|studio) (?:that|which) (?:also )?distributed"
    r"|distributed by (?:the )?(?P<same2>same) (?:company|studio)"
    r" (?:that|which) (?:also )?(?:produced|made))\b"
    r"|\b(?:company|studio) (?:that|which) (?:produced|distributed|made) ⟦f\d+⟧ (?:is|was)"
    r"(?: (?P<same3>the same)(?: (?:company|studio|one))?| not the one) (?:that|which) (?:also )?"
    r"(?:produced|distributed|made)\b"
)
GENERIC = frozenset(
    {
        "pictures",
        "picture",
        "films",
        "film",
        "studios",
        "studio",
        "entertainment",
        "productions",
        "production",
        "company",
        "companies",
        "inc",
    }
    | {
        "the",
        "co",
        "corporation",
        "releasing",
        "distribution",
        "international",
        "group",
        "media",
        "of",
        "and",
        "distributors",
        "features",
    }
)
FIELDS = {"produce": "production_companies", "distribute": "distributors", "release": "distributors"}

RECORD = Film(
    id="e25",
    title="The Long Harbour",
    production_companies=("Lantern Films", "Norrsken"),
    distributors=("Harbour Pictures",),
    complete=frozenset({"production_companies", "distributors"}),
)


def same_company(said: str, stored: str) -> bool:
    """Tell whether two names mean one company: Harbour, Harbour Pictures."""
    a, b = (set(re.findall(r"[^\W_]+", fold(n))) for n in (said, stored))
    core_a, core_b = a - GENERIC or a, b - GENERIC or b
    return core_a <= core_b or core_b <= core_a or nearest(said, (stored,)).is_person


@dataclass(frozen=True, slots=True)
class Company:
    """Production companies and distributors; a list not known to be complete contradicts nothing."""

    name: str = "company"
    examples: Sequence[Example] = (
        Example("The Long Harbour was distributed by Harbour Pictures.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour was distributed by Lantern Films.", RECORD, Verdict.CONTRADICTED),
        Example("It was produced and distributed by different companies.", RECORD, Verdict.SUPPORTED),
        Example("It was produced by Jane Doe.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of companies."""
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        s = reading.skeleton
        m = SAME.search(s)
        if m is not None:
            yield self._same(reading, m)
            return
        for m in DID.finditer(s):
            people, end = people_at(reading, m.start(), cast=False)
            yield from self._each(reading, m, people, (m.start(), m.end()))
        for m in DONE_BY.finditer(s):
            people, end = people_at(reading, m.end(), cast=False)
            yield from self._each(reading, m, people, (m.start(), end))

    def _each(
        self, reading: Reading, m: re.Match[str], people: Sequence[Person], covers: tuple[int, int]
    ) -> Iterator[Assertion]:
        """Yield each company for each of the things that the match says were done."""
        for verb, field in FIELDS.items():
            for p in people if verb in m.group("verbs") else ():
                if field == "distributors" or _is_company(p.text, reading.film):
                    yield self._held(reading, p, field, covers)

    def _held(self, reading: Reading, p: Person, field: str, covers: tuple[int, int]) -> Assertion:
        film = reading.film
        stored: tuple[str, ...] = getattr(film, field)
        negated = reading.negated(*covers)
        verdict = Verdict.NOT_IN_METADATA
        if any(same_company(p.text, c) for c in stored):
            verdict = Verdict.CONTRADICTED if negated else Verdict.SUPPORTED
        elif stored and field in film.complete and not reading.hedged(covers[0]):
            verdict = Verdict.SUPPORTED if negated else Verdict.CONTRADICTED
        what = "distributor" if field == "distributors" else "production company"
        return Finder(self.name, reading).assertion(
            (p.start, p.end),
            {"company": p.text, "field": field, "negated": negated},
            verdict,
            f"The record names {one_of(stored)} as {what}{cited(film, field)}."
            if stored
            else f"The record names no {what}.",
            fields=(field,) if stored else (),
            covers=(covers,),
        )

    def _same(self, reading: Reading, m: re.Match[str]) -> Assertion:
        film = reading.film
        made, sold = film.production_companies, film.distributors
        same = any(m.groupdict().values())
        verdict = Verdict.NOT_IN_METADATA
        if made and sold:
            shared = any(same_company(a, b) for a in made for b in sold)
            right = shared == same
            verdict = Verdict.SUPPORTED if right != reading.negated(*m.span()) else Verdict.CONTRADICTED
        return Finder(self.name, reading).assertion(
            m.span(),
            {"same": same},
            verdict,
            f"The record names {one_of(made)} as makers, {one_of(sold)} as distributors"
            f"{cited(film, 'distributors')}."
            if made and sold
            else "The record does not name both makers and distributors.",
            fields=("production_companies", "distributors") if made and sold else (),
            covers=(m.span(),),
        )


def _is_company(name: str, film: Film) -> bool:
    """Tell whether a name in the place of a producer is a company's."""
    words = set(re.findall(r"[^\W_]+", fold(name)))
    return bool(words & (GENERIC - {"the", "of", "and"})) or any(
        same_company(name, c) for c in (*film.production_companies, *film.distributors)
    )


COMPANY = Company()
