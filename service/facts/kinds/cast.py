"""Who acts in the film, and in place of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.credit_finder import find_credits
from service.facts.credits import FIELDS, Credit, Person, Role
from service.facts.kind import Assertion, Context, Example, Finder
from service.facts.people import Holding, hold, other_value, says
from service.facts.reading import Reading
from service.films import CastMember, Film
from service.films.names import Likeness

RECORD = Film(
    id="e2",
    title="The Long Harbour",
    cast=(CastMember("Ida Holm", ("Vera",)), CastMember("Marc Oduya", ("Tom",)), CastMember("Lena Fisk")),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Actors; absence from an incomplete list contradicts nothing by itself."""

    name: str = "cast"
    examples: Sequence[Example] = (
        Example("The film stars Ida Holm and Marc Oduya.", RECORD, Verdict.SUPPORTED),
        Example("Starring Ida Hohm, it runs long.", RECORD, Verdict.SUPPORTED, "Ida Holm"),
        Example("The film does not star Ida Holm.", RECORD, Verdict.CONTRADICTED),
        Example("It also features Somebody Else.", RECORD, Verdict.NOT_IN_METADATA),
    )

    def __call__(self, reading: Reading, context: Context) -> Sequence[Assertion]:
        """Return one assertion for each actor that the sentence names."""
        credits = [c for c in reading.once(find_credits) if c.role is Role.ACTOR]
        return tuple(a for c in credits for a in self._held(reading, c, context))

    def _held(self, reading: Reading, credit: Credit, context: Context) -> Iterator[Assertion]:
        for person in credit.people:
            h = hold(person, Role.ACTOR, reading.film, context.people)
            yield self._assertion(reading, credit, person, h)

    def _assertion(self, reading: Reading, credit: Credit, person: Person, h: Holding) -> Assertion:
        negated = reading.negated(credit.start, credit.end)
        verdict = self._verdict(reading, credit, person, h, negated=negated)
        return Finder(self.name, reading).assertion(
            (person.start, person.end),
            {"role": "actor", "name": person.text, "negated": negated},
            verdict,
            says(reading.film, h.field, Role.ACTOR, h.names) if h.names else "The record names no actors.",
            fields=(h.field,) if h.names else (),
            covers=((credit.start, credit.end),),
            spelling=h.match.known if h.match.likeness is Likeness.MISSPELT else None,
        )

    def _verdict(
        self, reading: Reading, credit: Credit, person: Person, h: Holding, *, negated: bool
    ) -> Verdict:
        film = reading.film
        if not h.names or h.match.likeness is Likeness.UNCLEAR:
            return Verdict.NOT_IN_METADATA
        if h.match.is_person:
            return Verdict.CONTRADICTED if negated else Verdict.SUPPORTED
        closed = "cast" in film.complete and not reading.hedged(credit.start)
        if not closed or other_value(film, person, FIELDS[Role.ACTOR]):
            return Verdict.NOT_IN_METADATA
        return Verdict.SUPPORTED if negated else Verdict.CONTRADICTED


CAST = Cast()
