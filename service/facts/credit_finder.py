"""Find the credits of a sentence: run the constructions of `service.facts.credits` over a skeleton."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from service.facts import acting
from service.facts import credits as g
from service.facts.credits import Credit, Person, people_at
from service.facts.reading import Reading
from service.facts.referent import about_film
from service.facts.role_words import Role, role_in, roles_of

NOUN_WORD = re.compile(  # a part of every noun of `role_words.NOUNS`, to pass over sentences quickly
    r"tors?\b|makers?\b|helmer|writer|producer|producter|composer|cinematographer|actress|star|lead|headliner|cast"
)
THING_WORD = re.compile(  # the same for `role_words.THINGS`
    r"script|screenplay|teleplay|stor|score|music|soundtrack|photography|camerawork|editing|narration|direction"
    r"|production|writing"
)
NO_LONGER = re.compile(r"\b(?:previous|former|original|past|future|fellow|current) $")
NAMED_ONE = re.compile(r"\b(?:of|about|follows|with|as|stars|features|concerns) an? $")
JOINED = re.compile(r"\b(?:with|alongside|opposite) $")
ELSEWHERE = re.compile(
    r" (?:in|from|for|on) the (?:[a-z]+ )?(?:stage|broadway|radio|television|tv)"
    r" (?:version|play|production|musical|adaptation|show|series)"
    r"| (?:in|from|for) the (?:initial|first|original|previous|earlier|last|other"
    r"|\d{4}) (?:[a-z]+ )?(?:film|movie|version|one|series|installment|instalment)"
)
PLOT = re.compile(
    r"\b(?:about|concerns?|follows?|stars|features|centers on|centres on|tells|story of|as"
    r"|depicts|chronicles|portrays|plays|called|named|of)"
    r"(?: an?| the| how)?(?: (?!director)[a-z-]+){0,3} $"
)
PLAYED_BY = re.compile(r"\b(?:played|portrayed|voiced|essayed)\b.* by $")
ANOTHER_PART = re.compile(
    r", and (?:[a-z' -]+ )?⟦n\d+⟧"
)  # "Vera, played by Ida Holm, and Tom": Tom is a part
PAIR = 2
INDEFINITE = re.compile(
    r"\b(?:in|of) (?:an?|another|other|at least one|one|several|many"
    r"|more than one) (?:[a-z-]+ )?(?:film|movie|picture)s?\b|^(?: |, )(?:an?"
    r"|another) (?:film|movie|screenplay)\b"
)


def find_credits(reading: Reading) -> tuple[Credit, ...]:
    """Return the credits of the sentence; one person may be credited by several constructions."""
    if "⟦n" not in reading.skeleton:
        return ()
    found: dict[tuple[Role, int], Credit] = {}
    every = [*_leading(reading), *_trailing(reading)]
    for c in every:
        if (c.form == "joined" and not _continues_cast(c, every)) or reading.earlier(c.start):
            continue
        for p in c.people:
            key = (c.role, p.start)
            old = found.get(key)
            if old is None or _worth(old) > _worth(c):
                found[key] = c
    told = {at for (_, at), c in found.items() if c.form != g.SEEN}
    kept = (c for (_, at), c in found.items() if c.form != g.SEEN or at not in told)
    return tuple(sorted(dict.fromkeys(kept), key=lambda c: (c.start, c.role)))


def _worth(c: Credit) -> tuple[bool, bool, int]:
    """Return what orders two credits of one person for one role, the one to keep first."""
    return c.form == g.SEEN, c.weak, c.start


def _continues_cast(joined: Credit, every: list[Credit]) -> bool:
    """Tell whether "with …" and "alongside …" go on a list of actors: the nearest credit before is one."""
    before = [c for c in every if c.end <= joined.start and c.form != "joined"]
    return bool(before) and max(before, key=lambda c: c.end).role is Role.ACTOR


def _leading(reading: Reading) -> Iterator[Credit]:
    """Yield the constructions in which the role stands before the names."""
    s = reading.skeleton
    by = " by " in s or " from " in s or " of " in s
    for m in g.PASSIVE.finditer(s) if by else ():
        done = [r for r in roles_of(m.group("verbs")) if r is not Role.ACTOR or "star" in m.group("verbs")]
        yield from _listed(reading, m, done, "passive")
    for m in g.THING.finditer(s) if by and THING_WORD.search(s) else ():
        yield from _thing(reading, m)
    for m in g.NOUN.finditer(s) if NOUN_WORD.search(s) else ():
        yield from _noun(reading, m)
    for m in g.DEBUT.finditer(s) if "debut" in s else ():
        yield from _listed(reading, m, [Role.DIRECTOR], "debut")
    for m in g.FILM_BY.finditer(s) if by else ():
        yield from _listed(reading, m, [Role.DIRECTOR], "film_by", weak=True)
    for m in g.FILM_THAT.finditer(s) if "direct" in s or "helm" in s else ():
        for c in _listed(reading, m, [Role.DIRECTOR], "film_that"):
            verb = g.SHE_DIRECTED.match(s, c.end)
            yield c if verb is None else replace(c, end=verb.end())
    for m in g.A_FILM.finditer(s):
        person = Person(*m.span("name"), reading.mention(m.group("name")).text)
        yield Credit(Role.DIRECTOR, (person,), m.start("name"), m.end(), weak=True, form="a_film")
    yield from _casts(reading)


def _casts(reading: Reading) -> Iterator[Credit]:
    """Yield lists of actors that a word for acting leads in."""
    s = reading.skeleton
    for m in acting.STARRING.finditer(s) if "star" in s or "featur" in s or "headlin" in s else ():
        yield from _listed(reading, m, [*roles_of(m.group("verbs")), Role.ACTOR], "starring")
    for m in acting.CAST_OF.finditer(s) if reading.has_any(acting.CAST_WORDS) else ():
        yield from _listed(reading, m, [Role.ACTOR], "joined" if JOINED.search(m.group()) else "cast_of")
    for m in acting.IN_PARENTHESES.finditer(s) if "(" in s else ():
        yield from _listed(reading, m, [Role.ACTOR], g.SEEN, weak=True)
    for m in g.DIRECTED_WHOM.finditer(s) if "direct" in s else ():
        yield from _listed(reading, m, [Role.ACTOR], "directed_in")
    for m in acting.HAS_IN_IT.finditer(s) if "⟦f" in s else ():
        people, end = people_at(reading, m.end())
        if acting.IN_IT.match(s, people[0].end if len(people) == 1 else end):
            yield Credit(Role.ACTOR, people, m.start(), end, form="has_in_it")


def _thing(reading: Reading, m: re.Match[str]) -> Iterator[Credit]:
    """Yield `music by X`, `a screenplay written by X`, `the direction of X`."""
    role, by = role_in(m, "t"), m.group("by").strip()
    if role is not None and by != "to" and (by != "of" or role is Role.DIRECTOR):
        yield from _listed(reading, m, [role], "thing")


def _listed(
    reading: Reading, m: re.Match[str], roles: list[Role], form: str, *, weak: bool = False
) -> Iterator[Credit]:
    if form == "joined" and g.begins_other_role(reading.skeleton, m.end()):
        return
    people, end = people_at(reading, m.end(), cast=Role.ACTOR in roles)
    people = tuple(p for p in people if not reading.skeleton.startswith("'s ", p.end))  # X's students
    if (
        len(people) == PAIR
        and PLAYED_BY.search(m.group())
        and ANOTHER_PART.match(reading.skeleton, people[0].end)
    ):
        people, end = people[:1], people[0].end
    if not people or ELSEWHERE.match(reading.skeleton, end):
        return
    for role in dict.fromkeys(roles):
        if about_film(reading, m.start(), role=role, thing=form == "thing" and role in g.MADE_BY):
            yield Credit(role, people, m.start(), end, weak=weak, form=form)


def _noun(reading: Reading, m: re.Match[str]) -> Iterator[Credit]:
    role = role_in(m, "n")
    s = reading.skeleton
    if m.group("link") == " named" and NAMED_ONE.search(s, 0, m.end("before")):
        return  # a character: "the story of a director named X"
    if role is None or g.NOT_OF_FILM.search(s[max(0, m.start("before")) : m.end("before")]):
        return
    start = m.end("before")
    if NO_LONGER.search(s, 0, start):
        return
    people, end = people_at(reading, m.end())
    if not people or not about_film(reading, start, role=role):
        return
    owned = bool(m.group("of")) or re.search(r"(?:⟦f\d+⟧'s?|\bits) (?:[a-z-]+ )?$", s[:start]) is not None
    linked = bool(m.group("link")) and m.group("link") != ","
    strong = owned or linked
    if not strong and PLOT.search(s[:start]):
        return
    if m.group("link") == "," and not owned:
        return
    plain = role is Role.ACTOR and not re.match(r"(?:lead|leading|main|voice|supporting) ", s[start:])
    unsure = plain or role in {Role.WRITER, Role.CREATOR, Role.NARRATOR, Role.EDITOR, Role.PRODUCER}
    yield Credit(role, people, start, end, weak=not strong, form=g.SEEN if unsure and not strong else "noun")


def _trailing(reading: Reading) -> Iterator[Credit]:
    """Yield the constructions in which the names stand before the role."""
    s, at = reading.skeleton, 0
    while (i := s.find("⟦n", at)) >= 0:
        if (m := g.PLAYS.search(s, max(0, i - 60), i)) is not None and "⟦" not in m.group():
            at = _past_characters(s, i)  # a character, the theme of a story
            continue
        people, end = people_at(reading, i, cast=g.AGENT.search(s, max(0, i - 60), i) is None)
        at = max(end, i + 2)
        if people:
            yield from _after(reading, people, i, end)


def _past_characters(s: str, i: int) -> int:
    """Return where to read on after a character at `i`, and a second one joined to it by "and"."""
    at = s.index("⟧", i) + 1
    m = g.AND_NAME.match(s, at)
    return m.end() if m is not None and acting.ACT.match(s, m.end()) is None else at


def _after(reading: Reading, people: tuple[Person, ...], start: int, end: int) -> Iterator[Credit]:
    """Yield what the skeleton says of the persons of a list at `[start, end)` after their names."""
    s = reading.skeleton
    if _is_subject(s, start) or g.WHO.match(s, end):
        yield from _active(s, people, start, end)
        yield from _acting(s, people, start, end)
    elif any(p.part and g.PLAYED.match(s[p.part[0] : p.part[1]]) for p in people) and about_film(
        reading, start, role=Role.ACTOR
    ):
        yield Credit(Role.ACTOR, people, start, end, form="in_role")
    if acting.AS_A_PART.match(s, people[-1].end) or acting.REMARK.match(s, people[-1].end):
        yield Credit(Role.ACTOR, people, start, people[-1].end, weak=True, form=g.SEEN)
    yield from _called(s, people, start, end)
    yield from _attributed(reading, people, start, end)


def _is_subject(s: str, start: int) -> bool:
    """Tell whether a list at `start` can be a subject: it begins a clause, and is no agent of a passive."""
    before = s[max(0, start - 80) : start]
    return g.SUBJECT.search(before) is not None and g.AGENT.search(before) is None


def _active(s: str, people: tuple[Person, ...], start: int, end: int) -> Iterator[Credit]:
    """Yield `X wrote and directed …`, `X, who also edited …`, `X stars in it and produced it`."""
    for pattern in (g.ACTIVE, g.ACTIVE_TOO):
        m = pattern.match(s, end)
        if m is None or not _object_is_film(m):
            continue
        between = s[end : m.start("verbs")]
        who = people[-1:] if pattern is g.ACTIVE and ("," in between or " who" in between) else people
        thing = g.THING_MADE.match(s, m.end("verbs"))
        made = role_in(thing, "m") if thing is not None else None
        elsewhere = acting.IN_ANOTHER.match(s, m.end("verbs")) is not None
        for role in [made] if made is not None else roles_of(m.group("verbs")):
            if role is Role.ACTOR and elsewhere:
                continue
            yield Credit(role, people if role is Role.ACTOR else who, start, m.end("verbs"), form="active")
    if (m := g.DID.match(s, end)) is not None and (made := role_in(m, "d")) is not None:
        yield Credit(made, people, start, m.end(), form="active")
    if (m := g.DIRECTED_IN.match(s, end)) is not None:
        yield Credit(Role.DIRECTOR, people, start, m.end(), form="directed_in")


def _acting(s: str, people: tuple[Person, ...], start: int, end: int) -> Iterator[Credit]:
    """Yield `X plays …`, `X in the title role`, `X's last film role`."""
    if any(p.part and g.PLAYED.match(s[p.part[0] : p.part[1]]) for p in people):
        yield Credit(Role.ACTOR, people, start, end, form="in_role")
    if "⟦o" not in s and (m := acting.PREDICATE.match(s, end)) is not None:
        yield Credit(Role.ACTOR, people, start, m.end(), weak=True, form=g.SEEN)
    if (m := acting.IN_THE_CAST.match(s, end)) is not None:
        yield Credit(Role.ACTOR, people, start, m.end(), form="act")
    if (m := acting.ACT.match(s, end)) is not None and not acting.IN_ANOTHER.match(s, m.end()):
        yield Credit(Role.ACTOR, people, start, m.end(), form="act")


def _called(s: str, people: tuple[Person, ...], start: int, end: int) -> Iterator[Credit]:
    """Yield `X served as director`, `X is the writer of it`, `X as producer`, `X worked on it as editor`."""
    for pattern, prefix in (
        (g.CONTRIBUTED, "c"),
        (g.SERVES, "s"),
        (g.AS_ROLE, "a"),
        (g.APPOSED_ROLE, "p"),
    ):
        m = pattern.match(s, end)
        if m is None or (m.groupdict().get("work") or "⟦f")[1] != "f":
            continue
        role = role_in(m, prefix) or (Role.DIRECTOR if "directing" in m.group() else None)
        if role is not None:
            who = people[-1:] if "," in m.group() or pattern is g.APPOSED_ROLE else people
            weak = pattern is g.SERVES and m.group("work") is None
            yield Credit(role, who, start, m.end(), weak=weak, form="called")


def _attributed(reading: Reading, people: tuple[Person, ...], start: int, end: int) -> Iterator[Credit]:
    """Yield `the X-directed film`, `X's thriller`, `an X film`, `X's directorial debut`."""
    s, last = reading.skeleton, people[-1:]
    if (m := g.HYPHEN.match(s, end)) is not None:
        verb = m.group("verb")
        for role in [Role.ACTOR] if verb in {"led", "starrer"} else roles_of(verb):
            yield Credit(role, last, start, m.end(), form="hyphen")
    if (m := acting.OWN_ROLE.match(s, end)) is not None and (
        _about_this(s, start) or "perform" in m.group() or "portrayal" in m.group()
    ):
        yield Credit(Role.ACTOR, people[-1:], start, m.end(), weak=True, form="own_role")
    m = g.POSSESSED_THING.match(s, end) if s.startswith("'", end) else None
    made = role_in(m, "o") if m is not None else None
    if m is not None and made is not None and about_film(reading, start, role=made):
        yield Credit(made, last, start, m.end(), weak=True, form="possessed_thing")
    if (m := g.DEBUT_AFTER.match(s, end)) is not None:
        yield Credit(Role.DIRECTOR, last, start, m.end(), weak=True, form="debut_after")
    if (m := g.POSSESSED.match(s, end)) is not None and _about_this(s, start) and "⟦f" not in m.group():
        yield Credit(Role.DIRECTOR, last, start, m.end(), weak=True, form="possessive")


OBJECT = re.compile(
    r"(?: (?:both|all|most|much|some|parts?|a part|half)(?: of)?)?(?: the| this| a| an| his"
    r"| her| its| their)?(?: ⟦n\d+⟧)?(?: [a-z-]+)? ?"
    r"(?:⟦f|\b(?:film|movie|picture|feature|documentary|sequel|remake|screenplay|script"
    r"|story|music|score|soundtrack|it|production|role|part)\b)"
    r"|$|[.,;:)]| (?:and|with|alongside|as|in|on|for|from|but|who|himself|herself|themselves"
    r"|together|while|after|before|too|opposite)\b"
)


def _object_is_film(m: re.Match[str]) -> bool:
    """Tell whether what was directed, written or done can be the film, and not a song or a book."""
    if OBJECT.match(m.string, m.end("verbs")) is None or re.match(
        r" ⟦n\d+⟧(?! ⟦f)| for (?:the (?:film|movie) )?⟦[no]", m.string[m.end("verbs") :]
    ):
        return False
    after = m.string[m.end("verbs") : m.end("verbs") + 40]
    return not re.search(
        r"^[^,.]{0,24}\b(?:novel|book|play|series|show|songs?|lyrics|characters?|best|single)\b", after
    )


def _about_this(s: str, start: int) -> bool:
    """Tell whether a possessive names the film's maker: it is the subject, or the film is said to be it."""
    return (
        start == 0
        or re.search(
            (
                r"(?:⟦f\d+⟧|this|which) (?:is|was|would be|marked|marks|became|also marked"
                r"|also marks)(?: (?:also|to be|the|as))? $"
            ),
            s[:start],
        )
        is not None
    )
