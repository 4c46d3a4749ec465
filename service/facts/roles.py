"""References to roles without a name: "its director", "one of the stars", "wrote", "the screenplay"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from service.facts.people import names_of
from service.facts.reading import Reading
from service.facts.role_words import NOUNS, THINGS, VERBS, Role
from service.films import Film
from service.films.names import nearest


class Form(StrEnum):
    """How a sentence refers to a role: by who has it, by doing it, or by what it makes."""

    AGENT = "agent"
    DEED = "deed"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class RoleRef:
    """A reference to a role at the skeleton range `[start, end)`."""

    role: Role
    form: Form
    start: int
    end: int


MAIN = {
    Role.DIRECTOR: ("directors",),
    Role.WRITER: ("writers", "screenplay", "story"),
    Role.SCREENWRITER: ("screenplay", "writers"),
    Role.STORY: ("story", "writers"),
    Role.PRODUCER: ("producers",),
    Role.EXECUTIVE_PRODUCER: ("executive_producers",),
    Role.COMPOSER: ("music",),
    Role.CINEMATOGRAPHER: ("cinematography",),
    Role.EDITOR: ("editors",),
    Role.NARRATOR: ("narrators",),
    Role.CREATOR: ("creators",),
    Role.ACTOR: ("cast",),
    Role.AUTHOR: ("based_on",),
}


SOURCE = (
    r"(?:original )?(?:author|writer|novelist)s? (?:of|behind) (?:the |its |his "
    r"|her )?(?:[a-z⟦⟧0-9]+ ){0,3}(?:novel|book|source[a-z ]*|material|play|story)"
    r"|novelist|original author|author"
)


def _pattern() -> re.Pattern[str]:
    groups = [rf"(?P<A_{Role.AUTHOR.name}>{SOURCE})"]
    groups += [f"(?P<A_{r.name}>{p})" for r, p in NOUNS.items()]
    groups += [f"(?P<W_{r.name}>{p})" for r, p in THINGS.items() if r is not Role.PRODUCER]
    groups += [f"(?P<D_{r.name}>{p})" for r, p in VERBS.items()]
    return re.compile(rf"\b(?:{'|'.join(groups)})\b")


REFERENCE = _pattern()
FORMS = {"A": Form.AGENT, "W": Form.WORK, "D": Form.DEED}
MAKING = frozenset({Role.WRITER, Role.CREATOR, Role.PRODUCER, Role.COMPOSER})
DONE = re.compile(
    r"(?: (?:for|of|to|in) ⟦f\d+⟧)?(?:'s)? (?:is|was|were|are|being|had been"
    r"|has been)(?: [a-z]+ly| also| both| not)* $"
)
MERGED = re.compile(r"^(?: (?:the|its|a|both|all|on|of|up|with|for|in|it|film's|movie's|⟦f\d+⟧'s?)){0,3} $")


def role_refs(reading: Reading) -> tuple[RoleRef, ...]:
    """Return the references to roles in order; "wrote the screenplay" is one, to the screenplay."""
    out: list[RoleRef] = []
    skeleton = reading.skeleton
    for m in REFERENCE.finditer(skeleton):
        kind, _, name = (m.lastgroup or "").partition("_")
        ref = RoleRef(Role[name], FORMS[kind], m.start(), m.end())
        merged = _merged(skeleton, out[-1], ref) if out else None
        if merged is not None:
            out[-1] = merged
        else:
            out.append(ref)
    return tuple(out)


def _merged(skeleton: str, a: RoleRef, b: RoleRef) -> RoleRef | None:
    """Return "wrote the screenplay" and "the screenplay was written" as one reference."""
    between = skeleton[a.end : b.start]
    if b.form is Form.DEED and a.form is Form.WORK and b.role in MAKING and DONE.match(between):
        return RoleRef(a.role, Form.DEED, a.start, b.end)
    if b.form is Form.WORK and a.form is Form.DEED and a.role is Role.WRITER and MERGED.match(between):
        return RoleRef(b.role, Form.DEED, a.start, b.end)
    return None


def holders(film: Film, role: Role) -> tuple[str, ...]:
    """Return those whom the record's first filled field for `role` names."""
    return next((names for f in MAIN[role] if (names := names_of(film, f))), ())


def field_of(film: Film, role: Role) -> str:
    """Return the field from which `holders` takes its names."""
    return next((f for f in MAIN[role] if names_of(film, f)), MAIN[role][0])


def common(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of `a` who are in `b` too, however they are spelt there."""
    return tuple(n for n in a if nearest(n, b).is_person)
