"""Who directed, wrote, produced, shot, scored, edited or narrated the film."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.credit_finder import INDEFINITE, find_credits
from service.facts.credits import COMPARATIVE, SEEN, Credit, Person
from service.facts.kind import Assertion, Context, Example, Finder
from service.facts.people import Holding, denied, hold, match_of, other_value, recorded, says
from service.facts.reading import Reading
from service.facts.role_words import FIELDS, Role
from service.films import Film
from service.films.names import Likeness, nearest

COMPANY = re.compile(
    r"\b(?:pictures|films?|studios?|entertainment|productions?|company|inc|media|animation"
    r"|brothers|bros|television|tv"
    r"|network|corporation|corp|enterprises|group|ltd|llc|limited|works|international|cinema"
    r"|releasing|disney|netflix|bbc|hbo)\b"
)
LOOSE = frozenset({"a_film", "possessive", "film_by"})  # a company, a star or an author stands there too
ONLY = re.compile(r"\b(?:only|solely|alone|single-handedly|sole|exclusively|entirely)\b")

RECORD = Film(
    id="e1",
    title="The Long Harbour",
    directors=("Ana Lindqvist",),
    writers=("Ana Lindqvist", "Tomás Reyes"),
    producers=("Priya Nair",),
    music=("Hugo Brandt",),
    complete=frozenset({"directors", "writers", "producers", "music"}),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A credit where it stands; `matched` of its people, and of others in the sentence, are the record's.

    `sole` where a stored name can be put in the place of one of them: nobody of the credit is right, in
    this role or in another.
    """

    reading: Reading
    credit: Credit
    context: Context
    matched: int
    sole: bool

    @property
    def film(self) -> Film:
        """Return the record."""
        return self.reading.film

    @property
    def negated(self) -> bool:
        """Tell whether the sentence denies the credit."""
        return denied(self.reading, self.credit)

    @property
    def told_otherwise(self) -> bool:
        """Tell whether the text names the record's own for the role elsewhere, and this one in passing."""
        text = self.context.text
        return self.credit.weak and text is not None and self.credit.role in text.makers


@dataclass(frozen=True, slots=True)
class PersonRole:
    """Crew credits; an absent name contradicts only where the list is known to be complete, or where
    it is the list of directors, which every source gives.
    """

    name: str = "person_role"
    examples: Sequence[Example] = (
        Example("The Long Harbour was directed by Ana Lindqvist.", RECORD, Verdict.SUPPORTED),
        Example("It was written and directed by Jane Doe.", RECORD, Verdict.CONTRADICTED, "Ana Lindqvist"),
        Example("Ana Lindkvist directed the film.", RECORD, Verdict.SUPPORTED, "Ana Lindqvist"),
        Example("The film was not directed by Jane Doe.", RECORD, Verdict.SUPPORTED),
        Example("The film was reportedly produced by Jane Doe.", RECORD, Verdict.NOT_IN_METADATA),
        Example("Was it directed by Jane Doe?", RECORD, None),
        Example("Jane Doe directed Silence in 1990.", RECORD, None),
        Example("It tells the story of a director named Jane Doe.", RECORD, None),
        Example("The film reminds me of a film directed by Jane Doe.", RECORD, None),
        Example("The film was praised by Jane Doe.", RECORD, None),
    )

    def __call__(self, reading: Reading, context: Context, /) -> Sequence[Assertion]:
        """Return one assertion for each person credited with a role behind the camera."""
        crew = [c for c in reading.once(find_credits) if c.role is not Role.ACTOR]
        film, people = reading.film, context.people
        holdings = {(p, c.role): hold(p, c.role, film, people) for c in crew for p in c.people}
        return tuple(a for c in crew for a in self._held(reading, c, holdings, context))

    def _held(
        self,
        reading: Reading,
        credit: Credit,
        holdings: Mapping[tuple[Person, Role], Holding],
        context: Context,
    ) -> Iterator[Assertion]:
        film = reading.film
        matched = sum(h.match.is_person for (_, role), h in holdings.items() if role is credit.role)
        starts = {p.start for p in credit.people}
        sole = not any(h.match.is_person for (p, _), h in holdings.items() if p.start in starts)
        case = Case(reading, credit, context, matched, sole)
        for person in credit.people:
            h = holdings[person, credit.role]
            if credit.form == SEEN and not h.match.is_person:
                continue
            if credit.form in LOOSE and not h.match.is_person and not self._known(film, person, context):
                continue
            if COMPANY.search(person.text.casefold()) and not h.match.is_person:
                continue
            yield self._assertion(case, person, h)

    def _known(self, film: Film, person: Person, context: Context) -> bool:
        """Tell whether the name is that of somebody known from other films, and nobody of this one."""
        if context.people is not None and context.people.knows(person.text):
            return not nearest(person.text, film.people).is_person
        return False

    def _assertion(self, case: Case, person: Person, h: Holding) -> Assertion:
        film, credit, at = case.film, case.credit, (person.start, person.end)
        verdict = self._verdict(case, person, h)
        spelling = put = None
        if h.match.likeness is Likeness.MISSPELT:
            spelling = h.match.known
        elif verdict is Verdict.CONTRADICTED and not case.negated and len(h.names) == 1 and case.sole:
            put = h.names[0]
        return Finder(self.name, case.reading).assertion(
            at,
            {"role": credit.role.value, "name": person.text, "negated": case.negated},
            verdict,
            says(film, h, credit.role) if h.names else f"The record names nobody as {credit.role.value}.",
            fields=(h.field,) if h.names else (),
            covers=credit.covers,
            put=put,
            spelling=spelling,
        )

    def _verdict(self, case: Case, person: Person, h: Holding) -> Verdict:
        reading, credit, film = case.reading, case.credit, case.film
        s = reading.skeleton
        compared = " than" in s and COMPARATIVE.search(s, *reading.clause(credit.start))
        if not h.names or h.match.likeness is Likeness.UNCLEAR or compared:
            return Verdict.NOT_IN_METADATA
        if h.match.is_person:
            wrong = credit.form != SEEN and (case.negated or self._excludes(reading, credit, h))
            return Verdict.CONTRADICTED if wrong else Verdict.SUPPORTED
        vague = reading.hedged(credit.start) or INDEFINITE.search(
            reading.skeleton, credit.start, credit.end + 24
        )
        known_elsewhere = other_value(film, person, FIELDS[credit.role])
        if vague or known_elsewhere or case.told_otherwise:
            return Verdict.NOT_IN_METADATA
        if not self._closed(film, credit, h, case.matched):
            return Verdict.NOT_IN_METADATA
        return Verdict.SUPPORTED if case.negated else Verdict.CONTRADICTED

    def _closed(self, film: Film, credit: Credit, h: Holding, matched: int) -> bool:
        """Tell whether absence from the list means something."""
        if any(f in film.complete for f in FIELDS[credit.role]):
            return True
        if credit.role is not Role.DIRECTOR:
            return False
        return matched == 0 or (len(h.names) > 1 and matched < len(h.names) <= len(credit.people))

    def _excludes(self, reading: Reading, credit: Credit, h: Holding) -> bool:
        """Tell whether the sentence says "only" of some who are not all."""
        if not ONLY.search(reading.skeleton, max(0, credit.start - 12), credit.end + 8):
            return False
        everybody = recorded(reading.film, credit.role) if h.field != FIELDS[credit.role][0] else h.names
        return any(not match_of(p, everybody).is_person for p in credit.people) or len(credit.people) < len(
            everybody
        )


PERSON_ROLE = PersonRole()
