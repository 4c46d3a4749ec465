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
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from service.facts.claim import Verdict
from service.facts.credit_finder import INDEFINITE, find_credits
from service.facts.credits import SEEN, Credit, Person
from service.facts.kind import Assertion, Context, Example, Finder, cited
from service.facts.lexicon import Same
from service.facts.people import Holding, denied, hold, names_of, other_value, says
from service.facts.reading import Reading
from service.facts.role_words import FIELDS, Role
from service.films import CastMember, Film
from service.films.names import Likeness, Name, People, nearest, read_name
from service.films.precedence import CAST_SAMPLES

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


BIT = re.compile(r"\b(?:small|minor|brief|briefly|bit|cameos?|guest|uncredited)\b")
MAJOR = re.compile(
    r"\b(?:major|main|key|pivotal|prominent|principal|central) (?:supporting |voice )?(?:roles|parts)\b"
)
MINOR = re.compile(r"\b(?:appear(?:s|ed|ance|ances)?|supporting|voiced?|voices|debuts?)\b")

SECOND = re.compile(r"\b(?:co-?stars?|co-starred|co-starring|also|other)\b")  # beside leads named elsewhere


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
        Example("It stars Ida Holm with Marc Odvya in support.", RECORD, Verdict.SUPPORTED, "Marc Oduya"),
        Example("The film does not star Ida Holm.", RECORD, Verdict.CONTRADICTED),
        Example("Jane Doe stars as Vera.", RECORD, Verdict.CONTRADICTED),
        Example("It also features Jane Doe, John Smith and Max Muster.", RECORD, Verdict.NOT_IN_METADATA),
        Example("Jane Doe also appears in Silence, a film of 1990.", RECORD, None),
        Example("Ida Holm had never acted before.", RECORD, None),
    )

    def __call__(self, reading: Reading, context: Context, /) -> Sequence[Assertion]:
        """Return one assertion for each actor that the sentence names."""
        named = named_actors(reading, context)
        all_known = all(n.held.match.is_person for n in named)
        unnamed = () if all_known else _unnamed(named, reading.film, context)
        return tuple(
            self._assertion(reading, n, self._verdict(reading, n, named, unnamed, context)) for n in named
        )

    def _assertion(self, reading: Reading, n: Named, verdict: Verdict) -> Assertion:
        names, film = n.held.names, reading.film
        negated = denied(reading, n.credit)
        return Finder(self.name, reading).assertion(
            (n.person.start, n.person.end),
            {"role": "actor", "name": n.person.text, "negated": negated},
            verdict,
            _reason(film, n, verdict),
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
        negated = denied(reading, n.credit)
        if match.is_person:
            return Verdict.CONTRADICTED if negated else Verdict.SUPPORTED
        if _is_vague(reading, n.credit) or other_value(film, n.person, FIELDS[Role.ACTOR]):
            return Verdict.NOT_IN_METADATA
        if "cast" in film.complete and n.credit.form not in {"minor", "bit"}:
            return Verdict.SUPPORTED if negated else Verdict.CONTRADICTED
        wrong = namesake(n.person, unnamed, context.people) or (
            names_the_leads(film, context) and in_place_of_another(reading, n, named, unnamed)
        )
        return Verdict.CONTRADICTED if wrong and not negated else Verdict.NOT_IN_METADATA


def _reason(film: Film, n: Named, verdict: Verdict) -> str:
    if not n.held.names:
        return f"The record names no actors{cited(film, 'cast')}."
    said = says(film, n.held, Role.ACTOR)
    absent = verdict is Verdict.NOT_IN_METADATA and not n.held.match.is_person
    return f"{said} The list may lack others." if absent else said


def _is_vague(reading: Reading, credit: Credit) -> bool:
    """Tell whether a report, a plan or "a film" is all that the sentence states."""
    return reading.hedged(credit.start) or bool(
        INDEFINITE.search(reading.skeleton, credit.start, credit.end + 24)
    )


def named_actors(reading: Reading, context: Context) -> tuple[Named, ...]:
    """Return the actors that the sentence names, each once, in order."""
    found: dict[int, tuple[Person, Credit]] = {}
    for credit in reading.once(find_credits):
        if credit.role is Role.ACTOR:
            graded = replace(credit, form=_grade(reading, credit))
            for p in credit.people:
                found.setdefault(p.start, (p, graded))
    named = (
        Named(p, c, hold(p, Role.ACTOR, reading.film, context.people)) for _, (p, c) in sorted(found.items())
    )
    return tuple(
        n
        for n in named
        if n.held.match.is_person or not (n.credit.form == SEEN or _is_a_part(n.person, reading.film))
    )


def _is_a_part(person: Person, film: Film) -> bool:
    """Tell whether every word of the name stands in the parts that the record lists: no actor is meant."""
    return set(read_name(person.text).words) <= _words_of_parts(Same(film))


@lru_cache(maxsize=256)
def _words_of_parts(same: Same) -> frozenset[str]:
    parts = (c for m in same.film.cast for c in m.characters)
    return frozenset(w for part in parts for w in read_name(part).words)


def _grade(reading: Reading, credit: Credit) -> str:
    """Return the credit's form, or `bit` and `minor` for small parts, `second` for those beside the leads."""
    if credit.form in {"starring", SEEN}:
        return credit.form
    if BIT.search(reading.skeleton, credit.start, credit.end + 24):
        return "bit"
    if MAJOR.search(reading.skeleton, credit.start, credit.end + 32):
        return "second"
    if MINOR.search(reading.skeleton, credit.start, credit.end + 24):
        return "minor"
    return "second" if SECOND.search(reading.skeleton, credit.start, credit.end + 12) else credit.form


def names_the_leads(film: Film, context: Context) -> bool:
    """Tell whether the record's silence on an actor may mean something: its list is one of the leads, and
    the text does not name others that it lacks.
    """
    source = film.source_of("cast")
    sample = source is not None and source.source.split("+")[0] in CAST_SAMPLES
    return not sample and (context.text is None or len(context.text.strangers) <= STRANGERS)


def _unnamed(named: Sequence[Named], film: Film, context: Context) -> tuple[str, ...]:
    """Return the recorded actors whom neither the sentence nor the text around it names."""
    known = {n.held.match.known for n in named if n.held.match.is_person}
    known |= context.text.listed if context.text is not None else frozenset()
    return tuple(n for n in names_of(film, "cast") if n not in known)


def in_place_of_another(reading: Reading, n: Named, named: Sequence[Named], unnamed: Sequence[str]) -> bool:
    """Tell whether `n` is the one name in the sentence that the record lacks, while the record has
    one that the sentence lacks, and its silence means something.
    """
    film, s = reading.film, reading.skeleton
    others = (o for o in named if o is not n and o.credit.form != "bit")  # no record has all of those
    strangers = (o for o in others if " " in o.person.text)  # one word may be a part's name
    if not unnamed or any(not o.held.match.is_person for o in strangers):
        return False
    if len(read_name(n.person.text).words) < 2 or any(
        nearest(n.person.text, (other,)).is_person for other in film.people
    ):
        return False  # no full name; or holds another role, and may well have acted too
    *before, last = n.credit.people
    if before and last is n.person and last.part is None and all(_names_a_part(s, p) for p in before):
        return False  # A as B and C: C is as likely a second part of A's
    listed = names_of(film, "cast")
    if n is named[0] and listed[0] in unnamed and n.credit.form not in {"minor", "bit"}:
        return len(listed) > 1
    known = [o for o in named if o is n or o.held.match.is_person]
    ranks = [listed.index(o.held.match.known) if o is not n else -1 for o in known]
    return _silence_tells(n.credit.form, ranks, len(listed))


def _names_a_part(skeleton: str, p: Person) -> bool:
    return p.part is not None and skeleton.startswith((" as ", " playing ", " voicing "), p.part[0])


def _silence_tells(form: str, ranks: Sequence[int], listed: int) -> bool:
    """Tell whether a record of `listed` actors would have the one at -1 in `ranks`, which are the
    places of the others in it: a record always has its leads, a long one has the rest, and a list in
    the record's own order with one left out just there is that list with a name exchanged.
    """
    others = [r for r in ranks if r >= 0]
    absent = listed - len(set(others))
    in_order = others == sorted(others)
    before = ranks[ranks.index(-1) - 1] if ranks.index(-1) else -1
    slot = before + 1 < listed and before + 1 not in others
    lead_absent = min(set(range(listed)) - set(others)) <= 1
    if form == "bit":
        return False  # no record has all of those
    if in_order and slot and len(others) >= 4:
        return True
    if form == "starring":
        first_absent = bool(others) and 0 not in others
        in_places = all(r in {-1, i} for i, r in enumerate(ranks))
        many = (listed >= LONG and absent >= 3) or (lead_absent and len(others) >= 3)
        return first_absent or many or (in_places and absent >= 2)
    if form not in {"minor", "second"} and 0 not in others:
        return listed >= 2
    if form == "minor" and len(others) >= 2:
        return absent >= 3 or (in_order and slot)
    return absent >= 2 and listed >= (LONG if form == "minor" else SHORT)


LONG, SHORT = 8, 3
STRANGERS = 1  # a text may have one name wrong; with two that the record lacks, it lacks more


def namesake(person: Person, unnamed: Sequence[str], people: People | None) -> bool:
    """Tell whether the name is another person's that is easily taken for a listed actor's."""
    a = read_name(person.text)
    known = people is not None and people.knows(person.text)
    return any(_confusable(a, read_name(u), known=known) for u in unnamed) and len(a.words) > 1


def _confusable(a: Name, listed: Name, *, known: bool) -> bool:
    """Tell whether one is easily taken for the other: one surname, or the given name and much of it."""
    if not a.given or not listed.given:
        return False
    if a.surname == listed.surname:
        return known or a.given[0][0] != listed.given[0][0]  # Rosey may be short for Roosevelt
    near = OSA.distance(a.surname, listed.surname) <= 3 and a.surname[0] == listed.surname[0]
    return known and a.given[0] == listed.given[0] and near


CAST = Cast()
