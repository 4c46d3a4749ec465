"""Find the credits of a sentence: run the constructions of `service.facts.credits` over a skeleton."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.facts import credits as g
from service.facts.credits import Credit, Person, people_at
from service.facts.reading import FILM, Reading
from service.facts.role_words import THINGS, Role, plain, role_in, roles_of

WORK_NOUN = (
    r"(?:film|movie|films|movies|series|show|version|miniseries|franchise|installment|instalment|remake|sequel"
    r"|prequel|novel|book|play|musical|novella|story|songs?|lyrics|documentary|short|game"
    r"|comic|comics|episode|book series)"
)
MANY = r"(?P<many>\b(?:films|movies|sequels|remakes|prequels|adaptations)\b)"
TAG = r"⟦(?P<kind>[fo])\d+⟧|(?P<dated>⟦n\d+⟧ \(\d{4}\))"
REFERENT = re.compile(
    rf"{TAG}|{MANY}|(?P<copula>\b(?:is|was|are|were|as|becomes?|being"
    r"|remains?) )?(?P<det>\b(?:a|an|the|his|her|their|this|its|another|\w+'s)\b )?"
    rf"(?P<mod>(?:(?:[a-z0-9][a-z0-9'/-]*|⟦n\d+⟧[a-z'-]*) ){{0,6}}?)(?P<noun>{WORK_NOUN})\b"
)
TAGGED = re.compile(rf"{TAG}|{MANY}")  # the same, quickly, where no noun stands
NOUN_OF_WORK = re.compile(rf"{WORK_NOUN}\b")
INDEFINITE_OTHER = re.compile(
    r"\b(?:reminds? \S+ of|than|like|resembles|recalls|evokes|compared to|watch(?:es|ed|ing)?)"
    r" an? (?:[a-z-]+ ){0,4}$"
)
NOUN_WORD = re.compile(  # a part of every noun of `role_words.NOUNS`, to pass over sentences quickly
    r"tors?\b|makers?\b|helmer|writer|producer|producter|composer|cinematographer|actress|star|lead|headliner|cast"
)
THING_WORD = re.compile(  # the same for `role_words.THINGS`
    r"script|screenplay|teleplay|stor|score|music|soundtrack|photography|camerawork|editing|narration|direction"
    r"|production|writing"
)
NAMED_ONE = re.compile(r"\b(?:of|about|follows|with|as|stars|features|concerns) an? $")
RESUMED = re.compile(r", (?!which|who|whose|whom|where|when|that|both|each|all)")
AMONG = re.compile(r"\b(?:is|was) (?:also )?(?:one|among|part) of [a-z0-9' ]*$")
WRITERS = frozenset({Role.WRITER, Role.SCREENWRITER, Role.STORY, Role.CREATOR, Role.COMPOSER})
DERIVED = frozenset({"remake", "sequel", "prequel", "series", "short", "show", "game"})
JOINED = re.compile(r"\b(?:with|alongside) $")
ELSEWHERE = re.compile(
    r" (?:in|from|for) the (?:initial|first|original|previous|earlier|last|other"
    r"|\d{4}) (?:[a-z]+ )?(?:film|movie|version|one|series|installment|instalment)"
)
PLOT = re.compile(
    r"\b(?:about|concerns?|follows?|stars|features|centers on|centres on|tells|story of|as"
    r"|depicts|chronicles|portrays|plays|called|named|of)"
    r"(?: an?| the| how)?(?: (?!director)[a-z-]+){0,3} $"
)
INDEFINITE = re.compile(
    r"\b(?:in|of) (?:an?|another|other|at least one|one|several|many"
    r"|more than one) (?:[a-z-]+ )?(?:film|movie|picture)s?\b|^(?: |, )(?:an?"
    r"|another) (?:film|movie|screenplay)\b"
)
EARLIER = re.compile(
    r"\b(?:original|previous|earlier|first|second|third|fourth|fifth|same|\d{4}s?|classic"
    r"|silent|other|another|later|subsequent|predecessor|preceding|eponymous|similarly)\b"
)
WRITTEN = frozenset(
    {
        "novel",
        "book",
        "play",
        "musical",
        "novella",
        "story",
        "song",
        "songs",
        "lyrics",
        "comic",
        "comics",
        "book series",
        "series",
        "show",
        "game",
        "episode",
    }
)


LIKENING = frozenset({"like", "as", "imagine", "reminiscent"})  # one of them is in every `COMPARED`
COMPARED = re.compile(r"\b(?:like|as if|as though|imagine|reminiscent of)\b(?:(?!⟦f).)*$")
ONE_OF_SEVERAL = re.compile(
    r"^(?:the|another) (?:first|second|third|fourth|last|final|other|latter|former)"
    r"(?: (?:one|half|part|segment|story|episode|of (?:these|them|the [a-z]+)))?,? (?:(?:is|was) )?$"
    r"|^the (?:first|second|third|original|previous) ⟦n(?:(?!⟦f).)*$"
)
OF_ANOTHER = re.compile(r"(?<!by )⟦n\d+⟧,? (?:which|that)(?: (?:is|was|also|later|was later))* $")
MADE_THING = re.compile(
    rf"(?:^|, )(?:the|its|⟦f\d+⟧'s) (?:[a-z-]+ ){{0,2}}(?:{plain(THINGS)}|sequences?|scenes?|songs?|visuals"
    rf"|costumes|effects|choreography|animation|dances?|stunts?)(?: (?:in|of|for) {FILM})?,? "
    r"(?:(?:is|was|which is|which was|being|under the|is under the) )?$"
)
FILM_NOUN = (
    r"(?:film|movie|picture|feature|flick|production|documentary|thriller|comedy|drama|sequel|remake|biopic"
    r"|western|musical|romance|epic|blockbuster|adaptation|anime|cartoon|mystery|horror|noir|tale|story|work"
    r"|effort|debut|masterpiece|entry|instal?lment|gem|treat|hit|classic|ride|piece|satire|fantasy|adventure"
    r"|fable|romp|chiller|parody|spoof|dramedy|rom-com|short|western|miniseries|series|project|version"
    r"|collaboration|venture|saga|farce|caper|melodrama|whodunit)"
)
OTHER_MADE = re.compile(
    rf"(?<!is )(?<!was )\b(?:with|through|by|of|for|from|on|about|into|to|sees|uses|holds|has|had)"
    rf" an? (?:(?!{FILM_NOUN}\b)[a-z-]+ ){{1,3}}$"
)


def about_film(reading: Reading, at: int, *, role: Role) -> bool:
    """Tell whether what stands at `at` is said of the film: it is likened to nothing else there, and the
    nearest referent before it is the film.
    """
    s = reading.skeleton
    if reading.has_any(LIKENING) and COMPARED.search(s, 0, at):
        return False
    if ONE_OF_SEVERAL.search(s, 0, at) or OF_ANOTHER.search(s, 0, at):
        return False
    if role is Role.DIRECTOR and MADE_THING.search(s, 0, at):
        return False
    if role is not Role.ACTOR and OTHER_MADE.search(s, 0, at):
        return False
    return _refers_to_film(s, at, role)


def _refers_to_film(skeleton: str, at: int, role: Role) -> bool:
    last: re.Match[str] | None = None
    pattern = REFERENT if NOUN_OF_WORK.search(skeleton, 0, at) else TAGGED
    for m in pattern.finditer(skeleton, 0, at):
        last = m
    if last is None or last.group("kind") == "f":
        return last is None or not INDEFINITE_OTHER.search(skeleton, 0, at)
    if last.group("many"):
        return AMONG.search(skeleton[: last.start()]) is not None
    resumed = RESUMED.search(skeleton[last.end() : at]) is not None
    if last.group("kind") == "o" or last.group("dated"):
        return resumed
    if INDEFINITE_OTHER.search(skeleton, 0, last.start("noun")):
        return resumed
    return bool(last.group("copula")) or _noun_is_film(last, role, resumed=resumed)


def _noun_is_film(m: re.Match[str], role: Role, *, resumed: bool) -> bool:
    """Tell whether the noun before, such as "the first film" or "a remake", leaves the film in view."""
    determiner, modifiers = (m.group("det") or "").strip(), m.group("mod") or ""
    if m.group("noun") in DERIVED and determiner and not modifiers:
        return determiner in {"the", "this"} or (resumed and m.start() > 0)
    if m.group("noun") in WRITTEN:
        return resumed or role not in WRITERS
    return resumed or determiner in {"a", "an"} or not EARLIER.search(modifiers)


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
            if old is None or (old.weak, old.start) > (c.weak, c.start):
                found[key] = c
    return tuple(sorted(dict.fromkeys(found.values()), key=lambda c: (c.start, c.role)))


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
    yield from _casts(reading)


def _casts(reading: Reading) -> Iterator[Credit]:
    """Yield lists of actors that a word for acting leads in."""
    s = reading.skeleton
    for m in g.STARRING.finditer(s) if "star" in s or "featur" in s or "headlin" in s else ():
        yield from _listed(reading, m, [*roles_of(m.group("verbs")), Role.ACTOR], "starring")
    for m in g.CAST_OF.finditer(s) if reading.has_any(g.CAST_WORDS) else ():
        yield from _listed(reading, m, [Role.ACTOR], "joined" if JOINED.search(m.group()) else "cast_of")
    for m in g.IN_PARENTHESES.finditer(s) if "(" in s else ():
        yield from _listed(reading, m, [Role.ACTOR], g.SEEN, weak=True)
    for m in g.DIRECTED_WHOM.finditer(s) if "direct" in s else ():
        yield from _listed(reading, m, [Role.ACTOR], "directed_in")
    for m in g.HAS_IN_IT.finditer(s) if "⟦f" in s else ():
        people, end = people_at(reading, m.end())
        if re.match(r" (?:in it|in ⟦f|as\b)", s[end:]):
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
    if not people or ELSEWHERE.match(reading.skeleton, end):
        return
    for role in dict.fromkeys(roles):
        if about_film(reading, m.start(), role=role):
            yield Credit(role, people, m.start(), end, weak=weak, form=form)


def _noun(reading: Reading, m: re.Match[str]) -> Iterator[Credit]:
    role = role_in(m, "n")
    s = reading.skeleton
    if m.group("link") == " named" and NAMED_ONE.search(s, 0, m.end("before")):
        return  # a character: "the story of a director named X"
    if role is None or g.NOT_OF_FILM.search(s[max(0, m.start("before")) : m.end("before")]):
        return
    start = m.end("before")
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
    return m.end() if m is not None and g.ACT.match(s, m.end()) is None else at


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
    if g.AS_A_PART.match(s, people[-1].end):
        yield Credit(Role.ACTOR, people, start, people[-1].end, weak=True, form=g.SEEN)
    yield from _called(s, people, start, end)
    yield from _attributed(s, people, start, end)


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
        for role in [made] if made is not None else roles_of(m.group("verbs")):
            yield Credit(role, people if role is Role.ACTOR else who, start, m.end("verbs"), form="active")
    if (m := g.DID.match(s, end)) is not None and (made := role_in(m, "d")) is not None:
        yield Credit(made, people, start, m.end(), form="active")
    if (m := g.DIRECTED_IN.match(s, end)) is not None:
        yield Credit(Role.DIRECTOR, people, start, m.end(), form="directed_in")


def _acting(s: str, people: tuple[Person, ...], start: int, end: int) -> Iterator[Credit]:
    """Yield `X plays …`, `X in the title role`, `X's last film role`."""
    if any(p.part and g.PLAYED.match(s[p.part[0] : p.part[1]]) for p in people):
        yield Credit(Role.ACTOR, people, start, end, form="in_role")
    if g.PRAISE.search(s, end) and (m := g.PRAISED.match(s, end)) is not None:
        yield Credit(Role.ACTOR, people, start, m.end(), weak=True, form=g.SEEN)
    if (m := g.IN_THE_CAST.match(s, end)) is not None:
        yield Credit(Role.ACTOR, people, start, m.end(), form="act")
    if (m := g.ACT.match(s, end)) is not None and not g.IN_ANOTHER.match(s, m.end()):
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


def _attributed(s: str, people: tuple[Person, ...], start: int, end: int) -> Iterator[Credit]:
    """Yield `the X-directed film`, `X's thriller`, `an X film`, `X's directorial debut`."""
    last = people[-1:]
    if (m := g.HYPHEN.match(s, end)) is not None:
        verb = m.group("verb")
        for role in [Role.ACTOR] if verb in {"led", "starrer"} else roles_of(verb):
            yield Credit(role, last, start, m.end(), form="hyphen")
    if (m := g.OWN_ROLE.match(s, end)) is not None and (
        _about_this(s, start) or "perform" in m.group() or "portrayal" in m.group()
    ):
        yield Credit(Role.ACTOR, people[-1:], start, m.end(), weak=True, form="own_role")
    if (m := g.DEBUT_AFTER.match(s, end)) is not None:
        yield Credit(Role.DIRECTOR, last, start, m.end(), weak=True, form="debut_after")
    if (m := g.POSSESSED.match(s, end)) is not None and _about_this(s, start) and "⟦f" not in m.group():
        yield Credit(Role.DIRECTOR, last, start, m.end(), weak=True, form="possessive")
    if (m := g.A_FILM.match(s, end)) is not None and g.IS_A.search(s[:start]):
        yield Credit(Role.DIRECTOR, people, start, m.end(), weak=True, form="a_film")


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
        r" ⟦n\d+⟧(?! ⟦f)", m.string[m.end("verbs") :]
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
