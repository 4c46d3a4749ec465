"""Who acts in the film, and who is named in place of somebody else.

A cast list is rarely complete, so absence alone contradicts nothing. What does:

- The record says that its list is complete.
- Everybody else whom the sentence names is listed, and somebody listed goes unnamed: one name
  stands in another's place. (Names that a short record merely lacks come in numbers, or at the end
  of a list whose recorded part is all there.)
- The name is all but that of a listed actor who goes unnamed, and is known to be somebody else's:
  Robert Pugh for Florence Pugh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from service.facts.claim import Verdict
from service.facts.credit_finder import INDEFINITE, find_credits
from service.facts.credits import FIELDS, Credit, Person, Role
from service.facts.kind import Assertion, Context, Example, Finder, cited
from service.facts.people import Holding, hold, names_of, other_value, says
from service.facts.reading import Reading
from service.films import CastMember, Film
from service.films.names import Likeness, People, nearest, read_name

RECORD = Film(
    id="e2",
    title="The Long Harbour",
    cast=(
        CastMember("Ida Holm", ("Vera",)),
        CastMember("Marc Oduya", ("Tom",)),
        CastMember("Lena Fisk"),
        CastMember("Piotr Zając"),
    ),
)


MINOR = re.compile(
    r"\b(?:small|minor|brief|bit|cameos?|guest|uncredited|appear(?:s|ed|ance|ances)?|supporting|voiced?|voices)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as a sentence names them, the credit that does so, and what the record holds."""

    person: Person
    credit: Credit
    held: Holding


@dataclass(frozen=True, slots=True)
class Cast:
    """Actors by any construction: starring, in a role, in place of another."""

    name: str = "cast"
    examples: Sequence[Example] = (
        Example("The film stars Ida Holm and Marc Oduya.", RECORD, Verdict.SUPPORTED),
        Example("Starring Ida Hohm, it runs long.", RECORD, Verdict.SUPPORTED, "Ida Holm"),
        Example("The film does not star Ida Holm.", RECORD, Verdict.CONTRADICTED),
        Example("Jane Doe stars as Vera.", RECORD, Verdict.CONTRADICTED),
        Example("It also features Jane Doe, John Smith and Max Muster.", RECORD, Verdict.NOT_IN_METADATA),
        Example("Jane Doe also appears in Silence, a film of 1990.", RECORD, None),
    )

    def __call__(self, reading: Reading, context: Context) -> Sequence[Assertion]:
        """Return one assertion for each actor that the sentence names."""
        named = named_actors(reading, context)
        unnamed = _unnamed(named, reading.film)
        return tuple(
            self._assertion(reading, n, self._verdict(reading, n, named, unnamed, context)) for n in named
        )

    def _assertion(self, reading: Reading, n: Named, verdict: Verdict) -> Assertion:
        names, film = n.held.names, reading.film
        negated = reading.negated(n.credit.start, n.credit.end)
        return Finder(self.name, reading).assertion(
            (n.person.start, n.person.end),
            {"role": "actor", "name": n.person.text, "negated": negated},
            verdict,
            says(film, n.held.field, Role.ACTOR, names)
            if names
            else f"The record names no actors{cited(film, 'cast')}.",
            fields=(n.held.field,) if names else (),
            covers=n.credit.covers,
            spelling=n.held.match.known if n.held.match.likeness is Likeness.MISSPELT else None,
        )

    def _verdict(
        self, reading: Reading, n: Named, named: Sequence[Named], unnamed: Sequence[str], context: Context
    ) -> Verdict:
        film, match = reading.film, n.held.match
        if not n.held.names or match.likeness is Likeness.UNCLEAR:
            return Verdict.NOT_IN_METADATA
        negated = reading.negated(n.credit.start, n.credit.end)
        if match.is_person:
            return Verdict.CONTRADICTED if negated else Verdict.SUPPORTED
        if reading.hedged(n.credit.start) or other_value(film, n.person, FIELDS[Role.ACTOR]):
            return Verdict.NOT_IN_METADATA
        if INDEFINITE.search(reading.skeleton, n.credit.start, n.credit.end + 24):
            return Verdict.NOT_IN_METADATA
        if "cast" in film.complete and not MINOR.search(reading.skeleton, n.credit.start, n.credit.end + 24):
            return Verdict.SUPPORTED if negated else Verdict.CONTRADICTED
        if negated:
            return Verdict.NOT_IN_METADATA
        wrong = in_place_of_another(n, named, unnamed, film) or namesake(n.person, unnamed, context.people)
        return Verdict.CONTRADICTED if wrong else Verdict.NOT_IN_METADATA


def named_actors(reading: Reading, context: Context) -> tuple[Named, ...]:
    """Return the actors that the sentence names, each once, in order."""
    found: dict[int, tuple[Person, Credit]] = {}
    for credit in reading.once(find_credits):
        if credit.role is Role.ACTOR:
            for p in credit.people:
                found.setdefault(p.start, (p, credit))
    return tuple(
        Named(p, c, hold(p, Role.ACTOR, reading.film, context.people)) for _, (p, c) in sorted(found.items())
    )


def _unnamed(named: Sequence[Named], film: Film) -> tuple[str, ...]:
    """Return the recorded actors whom the sentence does not name."""
    known = {n.held.match.known for n in named if n.held.match.is_person}
    return tuple(n for n in names_of(film, "cast") if n not in known)


def in_place_of_another(n: Named, named: Sequence[Named], unnamed: Sequence[str], film: Film) -> bool:
    """Tell whether `n` is the one name in the sentence that the record lacks, while the record has
    one that the sentence lacks, and its silence means something: a record always has its leads, and
    a long one has the rest.
    """
    if not unnamed or any(not o.held.match.is_person for o in named if o is not n):
        return False
    if len(read_name(n.person.text).words) < 2 or any(
        nearest(n.person.text, (other,)).is_person for other in film.people
    ):
        return False  # no full name; or holds another role, and may well have acted too
    size = len(film.cast)
    if n is named[0] and film.cast[0].name in unnamed:
        return size > 1
    billed = n.credit.form == "starring"  # "starring A, B and C" names whom it likes after the first
    return len(unnamed) > 1 and size >= (LONG if billed else SHORT)


LONG, SHORT = 8, 3


def namesake(person: Person, unnamed: Sequence[str], people: People | None) -> bool:
    """Tell whether the name is another person's that is easily taken for a listed actor's."""
    if people is None or not people.knows(person.text):
        return False
    a = read_name(person.text)
    return any(_confusable(a.given, a.surname, read_name(u).given, read_name(u).surname) for u in unnamed)


def _confusable(given: Sequence[str], surname: str, known: Sequence[str], known_surname: str) -> bool:
    if not given or not known:
        return False
    if surname == known_surname:
        return True
    return (
        given[0] == known[0] and OSA.distance(surname, known_surname) <= 3 and surname[0] == known_surname[0]
    )


CAST = Cast()
