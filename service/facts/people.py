"""Hold a person whom a sentence names for a role against the record's list for that role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from service.facts.credits import NEAR, Credit, Person
from service.facts.lexicon import Same
from service.facts.reading import Reading
from service.facts.role_words import FIELDS, Role
from service.facts.wording import cited, one_of
from service.films import Film
from service.films.names import NO_MATCH, Likeness, NameMatch, People, nearest


@dataclass(frozen=True, slots=True)
class Holding:
    """What the record says of a person in a role: the match, the field that holds it, and all names
    recorded for the role.
    """

    match: NameMatch
    field: str
    names: tuple[str, ...]


def names_of(film: Film, field: str) -> tuple[str, ...]:
    """Return the people's names that the field `field` of the record holds."""
    if field == "cast":
        return tuple(m.name for m in film.cast)
    if field == "based_on":
        return tuple(dict.fromkeys(a for w in film.based_on for a in w.authors))
    return tuple(getattr(film, field))


def recorded(film: Film, role: Role) -> tuple[str, ...]:
    """Return all names recorded for `role`, those of its main field first."""
    return _recorded(Same(film), role)


@lru_cache(maxsize=256)
def _recorded(same: Same, role: Role) -> tuple[str, ...]:
    film = same.film
    return tuple(dict.fromkeys(n for f in FIELDS[role] for n in names_of(film, f)))


def hold(person: Person, role: Role, film: Film, people: People | None) -> Holding:
    """Return what the record says of `person` as `role`."""
    best = Holding(NO_MATCH, FIELDS[role][0], recorded(film, role))
    for field in FIELDS[role]:
        match = match_of(person, names_of(film, field), people)
        found = match.is_person and not best.match.is_person
        if found or (match.likeness is Likeness.UNCLEAR and best.match is NO_MATCH):
            best = Holding(match, field, best.names)
    if not best.names:
        return best
    if best.match.likeness is Likeness.UNCLEAR and nearest(person.text, film.people).is_person:
        best = Holding(NO_MATCH, best.field, best.names)  # a surname, and somebody else's in the record
    if not names_of(film, best.field):
        best = Holding(best.match, next(f for f in FIELDS[role] if names_of(film, f)), best.names)
    return best


def match_of(person: Person, names: tuple[str, ...], people: People | None = None) -> NameMatch:
    """Return the nearest of `names`; a shared surname ("Joel and Ethan Coen", "the Coen brothers")
    is given to whoever it is shared with.
    """
    if person.group:
        surname = person.text.split()[-1]
        for n in names:
            if n.split()[-1] == surname:
                return NameMatch(Likeness.VARIANT, n)
        match = nearest(person.text, names, people)
        return match if match.is_person and " " not in person.text else NO_MATCH
    if person.family:
        with_family = nearest(f"{person.text} {person.family}", names, people)
        if with_family.is_person:
            return NameMatch(Likeness.VARIANT, with_family.known)
    match = nearest(person.text, names, people)
    if person.family and not match.is_person:
        return NO_MATCH
    return match


def denied(reading: Reading, credit: Credit) -> bool:
    """Tell whether a negation bears on the credit: one close before it, or in it."""
    return not credit.presupposed and reading.negated(credit.start, credit.end, reach=NEAR)


def other_value(film: Film, person: Person, fields: tuple[str, ...]) -> bool:
    """Tell whether another source, whose value the record keeps as a conflict, names the person."""
    for field in fields:
        for alternative in film.conflicts.get(field, ()):
            values = alternative.value if isinstance(alternative.value, list) else [alternative.value]
            if nearest(person.text, [v for v in values if isinstance(v, str)]).is_person:
                return True
    return False


def says(film: Film, held: Holding, role: Role) -> str:
    """Return the sentence that a writer reads: whom the record names as what, and who says so.

    Of a long list, only the one who was found in it is named.
    """
    names, source = held.names, cited(film, held.field)
    noun = role.value + ("s" if len(names) > 1 and not role.value.startswith("author") else "")
    if held.match.is_person and len(names) > SHOWN:
        return f"The record names {held.match.known} among its {len(names)} {noun}{source}."
    others = [*names[:SHOWN], f"{len(names) - SHOWN} others"] if len(names) > SHOWN + 1 else names
    return f"The record names {one_of(others)} as {noun}{source}."


SHOWN = 4  # names of a list


__all__ = ["Holding", "denied", "hold", "match_of", "names_of", "other_value", "recorded", "says"]
