"""Which actor plays which character: "X as Y", "X plays Y", "Y, played by X", "X (Y)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.facts.claim import Verdict
from service.facts.credits import Person, people_at
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of
from service.facts.name_runs import TITLES
from service.facts.people import match_of
from service.facts.reading import FILM, NAME, Reading
from service.films import CastMember, Film
from service.films.names import Likeness, compare, read_name

AS = re.compile(
    rf"{NAME}(?: \([^)]*\))? (?:(?:co-)?(?:stars|starred|starring|appears|appeared|returns"
    rf"|returned|featured|cast|reprises? (?:his|her|their) roles?|reprising (?:his|her"
    rf"|their) roles?) )?"
    rf"(?:as|playing|voicing|portraying|in the role of|in the title role of"
    rf"|in the lead role of) (?:the (?:titular "
    rf"|eponymous )?)?(?P<text>[^,;.()⟦]*?)(?P<character>{NAME}|{FILM})"
)
PLAYS = re.compile(
    rf"{NAME} (?:also )?(?:plays|played|portrays|portrayed|voices|voiced|stars as|essays"
    rf"|essayed) (?:the (?:role|part"
    rf"|character) of )?(?P<text>[^,;.()⟦]*?)(?P<character>{NAME})(?!'s)"
)
BY = re.compile(
    rf"(?P<character>{NAME})(?:, [^,;.⟦]*)?,? (?:(?:is|was|who is|who was"
    rf"|being) )?(?:also )?(?:played|portrayed|voiced|essayed|performed) (?:here )?by "
)
FRONTED = re.compile(
    rf"(?:^|, |\b(?:and|but) )as (?P<character>{NAME}), (?P<actor>{NAME})(?= (?:is|was|[a-z]+s|[a-z]+ed)\b)"
)
PRAISED = re.compile(
    rf"(?P<actor>{NAME}) (?:is|was|shines|excels|impresses|convinces|dazzles)(?! (?:as|so|not|better|best)\b)"
    rf"(?: (?!known|credited|such|same|than|remembered|billed)[a-z'-]+){{0,4}} as (?P<character>{NAME})(?!'s)"
)
PERFORMS = re.compile(
    rf"(?P<actor>{NAME})(?:'s? (?:[a-z-]+ ){{0,4}}?(?:performance|portrayal|turn|interpretation|role|work)"
    r"| (?:gives|gave|delivers|delivered|turns in|turned in|offers|puts in) (?:[a-z',-]+ ){0,8}?"
    r"(?:performance|portrayal|turn))"
    rf" (?:as|of) (?:the )?(?:(?!as\b|of\b)[a-z-]+ ){{0,3}}?(?P<character>{NAME})(?!'s)"
)
TAKES_ON = re.compile(
    rf"(?P<actor>{NAME}) (?:also )?(?:(?:takes?|took) on|steps into|stepped into|tackles|tackled"
    rf"|inhabits|inhabited|embodies|embodied) (?:the (?:[a-z-]+ )?(?:role|part|character|shoes) of )?"
    rf"(?P<character>{NAME})(?!'s)"
    rf"|(?P<actor2>{NAME}) (?:brings|brought) (?P<character2>{NAME}) to life"
)
APPOSED = re.compile(
    rf"(?:^|[;.] |\b(?:and|but|while) )(?P<actor>{NAME}), as (?:the )?(?P<character>{NAME}),"
)
TURNS = frozenset({"performance", "portrayal", "turn", "interpretation", "role", "work"})
TAKEN = frozenset(
    {"on", "into", "tackles", "tackled", "inhabits", "inhabited", "embodies", "embodied", "brings", "brought"}
)
OWNED = re.compile(rf"(?P<actor>{NAME})'s? (?P<character>{NAME})(?! (?:film|movie|character|role)\b)")
AGES = (
    r"(?:young|younger|old|older|elder|elderly|little|child|teen|teenage|adolescent|adult|baby|middle-aged)"
)
BEFORE_AGED = re.compile(rf"\b{AGES}(?: version of)? $")
AGED = re.compile(rf"{AGES}\b", re.IGNORECASE)
PAREN = re.compile(rf"(?P<actor>{NAME}) \((?:as )?(?P<character>{NAME})(?:,? [^()]{{0,60}})?\)")
UNNAMED = TITLES | {"the"}

RECORD = Film(
    id="e8",
    title="The Long Harbour",
    cast=(
        CastMember("Ida Holm", ("Vera Stone",)),
        CastMember("Marc Oduya", ("Tom Reed", "The Ghost")),
        CastMember("Lena Fisk"),
    ),
)


class Part(NamedTuple):
    """An actor and a character whom a sentence pairs, by their skeleton ranges; `given` where it takes for
    granted who plays whom, so that no negation bears on it.
    """

    actor: Person
    start: int
    end: int
    name: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """Actor and character pairs. A character that the record does not know contradicts nothing."""

    name: str = "character"
    examples: Sequence[Example] = (
        Example("It stars Ida Holm as Vera Stone.", RECORD, Verdict.SUPPORTED),
        Example("It stars Ida Holm as Tom Reed and Marc Oduya as Vera.", RECORD, Verdict.CONTRADICTED),
        Example("Vera, played by Jane Doe, leaves.", RECORD, Verdict.CONTRADICTED, "Ida Holm"),
        Example("Marc Oduya plays Reed.", RECORD, Verdict.SUPPORTED),
        Example("As Vera, Ida Holm is superb.", RECORD, Verdict.SUPPORTED),
        Example("Marc Oduya is quietly moving as Vera Stone.", RECORD, Verdict.CONTRADICTED),
        Example("Vera (Jane Doe) leaves.", RECORD, Verdict.CONTRADICTED, "Ida Holm"),
        Example("Young Vera (Jane Doe) leaves.", RECORD, None),
        Example("Vera (as Jane Doe) leaves.", RECORD, None),
        Example("It isn't Vera (Ida Holm) who leaves.", RECORD, Verdict.SUPPORTED),
        Example("Ida Holm's turn as Tom Reed is a joy.", RECORD, Verdict.CONTRADICTED),
        Example("Ida Holm gives a quiet performance as the widow Vera.", RECORD, Verdict.SUPPORTED),
        Example("Ida Holm takes on the role of Reed.", RECORD, Verdict.CONTRADICTED),
        Example("Ida Holm brings Vera Stone to life.", RECORD, Verdict.SUPPORTED),
        Example("Marc Oduya's Vera is a joy.", RECORD, Verdict.CONTRADICTED),
        Example("Marc Oduya, as Vera, is a joy.", RECORD, Verdict.CONTRADICTED),
        Example("He stars with his wife, the great Ida Holm, as Tom Reed, a sailor.", RECORD, None),
        Example("Ida Holm is as good as Jane Doe.", RECORD, None),
        Example("Lena Fisk (Anna) steals the film.", RECORD, Verdict.NOT_IN_METADATA),
        Example("Ida Holm was praised as a director.", RECORD, None),
    )

    def __call__(self, reading: Reading, context: Context, /) -> Sequence[Assertion]:
        """Return one assertion for each pair of an actor and a character."""
        if "⟦n" not in reading.skeleton:
            return ()
        parts = {p.start: p for p in find_parts(reading) if not _of_another_age(reading, p)}
        return tuple(self._held(reading, p, context) for _, p in sorted(parts.items()))

    def _held(self, reading: Reading, part: Part, context: Context) -> Assertion:
        film = reading.film
        actor = _member(part.actor, film, context)
        players = [m for m in film.cast if any(same_character(part.name, c) for c in m.characters)]
        ends = min(part.start, part.actor.start), max(part.end, part.actor.end)
        negated = not part.given and reading.negated(*ends)
        verdict = _verdict(actor, players, film, hedged=reading.hedged(part.start), negated=negated)
        wrong_actor = verdict is Verdict.CONTRADICTED and not negated and actor is None and len(players) == 1
        return Finder(self.name, reading).assertion(
            (part.actor.start, part.actor.end) if wrong_actor else (part.start, part.end),
            {"actor": part.actor.text, "character": part.name, "negated": negated},
            verdict,
            _reason(film, actor, players),
            fields=("cast",) if players or (actor and actor.characters) else (),
            covers=((part.start, part.end), (part.actor.start, part.actor.end)),
            put=players[0].name if wrong_actor else None,
        )


def find_parts(reading: Reading) -> Iterator[Part]:
    """Yield the pairs that the sentence states."""
    s = reading.skeleton
    for pattern in (AS, PLAYS):
        for m in pattern.finditer(s):
            tag = re.match(NAME, m.group())
            if tag is not None:
                actor = Person(m.start(), m.start() + len(tag.group()), reading.mention(tag.group()).text)
                yield Part(actor, *m.span("character"), reading.mention(m.group("character")).text)
    for pattern in (FRONTED, PRAISED) if " as " in s or s.startswith("as ") else ():
        for m in pattern.finditer(s):
            player = Person(*m.span("actor"), reading.mention(m.group("actor")).text)
            yield Part(player, *m.span("character"), reading.mention(m.group("character")).text)
    for m in BY.finditer(s):
        people, _ = people_at(reading, m.end())
        if len(people) == 1:
            yield Part(people[0], *m.span("character"), reading.mention(m.group("character")).text)
    yield from _performed(reading)
    yield from _in_parentheses(reading)


def _in_parentheses(reading: Reading) -> Iterator[Part]:
    """Yield the pairs of "Ida Holm (Vera)" and "Vera (Ida Holm)"."""
    film = reading.film
    for m in PAREN.finditer(reading.skeleton):
        first, second = (reading.mention(m.group(g)).text for g in ("actor", "character"))
        part_first = _is_part(film, first) and not _is_actor(film, first)
        a_player = " " in second and m.group().endswith("⟧)") and "(as " not in m.group()
        if _is_actor(film, second) or (part_first and a_player):
            player = Person(*m.span("character"), second)
            yield Part(player, *m.span("actor"), first, given=True)
        elif not part_first:
            yield Part(Person(*m.span("actor"), first), *m.span("character"), second, given=True)


def _of_another_age(reading: Reading, part: Part) -> bool:
    """Tell whether the part is the young or the old self of another: who plays the young Vera does not
    play Vera.
    """
    if BEFORE_AGED.search(reading.skeleton, 0, part.start) or AGED.match(part.actor.text):
        return True
    age = AGED.match(part.name)
    cast = reading.film.cast
    return age is not None and not any(age.group() in c for m in cast for c in m.characters)


def _performed(reading: Reading) -> Iterator[Part]:
    """Yield the pairs of "X's turn as Y", "X takes on Y", and of "X's Y" where X is known to act."""
    s = reading.skeleton
    tried = (
        (PERFORMS, reading.has_any(TURNS)),
        (TAKES_ON, reading.has_any(TAKEN)),
        (APPOSED, ", as " in s),
        (OWNED, "'s ⟦n" in s or "' ⟦n" in s),
    )
    for pattern, may in tried:
        for m in pattern.finditer(s) if may else ():
            who, what = ("actor", "character") if m.group("actor") else ("actor2", "character2")
            actor, character = (reading.mention(m.group(g)).text for g in (who, what))
            if pattern is PERFORMS or (_is_actor(reading.film, actor) and _is_part(reading.film, character)):
                yield Part(Person(*m.span(who), actor), *m.span(what), character)


def _is_actor(film: Film, name: str) -> bool:
    return match_of(Person(0, 0, name), tuple(m.name for m in film.cast)).is_person


def _is_part(film: Film, name: str) -> bool:
    return any(same_character(name, c) for m in film.cast for c in m.characters)


def same_character(said: str, recorded: str) -> bool:
    """Tell whether two names can mean one character: Vera, Vera Stone; Dr. Strange, Strange."""
    x, y = read_name(said), read_name(recorded)
    a, b = (_distinct(n.words) for n in (x, y))
    if not a or not b:
        return said.casefold() == recorded.casefold()
    also_a, also_b = (_distinct(w for nick in n.nicknames for w in nick) for n in (x, y))
    return (
        a <= b | also_b
        or b <= a | also_a
        or compare(said, recorded) in {Likeness.SAME, Likeness.VARIANT, Likeness.MISSPELT}
    )


def _distinct(words: Iterable[str]) -> set[str]:
    return {w for w in words if w not in UNNAMED}


def _member(person: Person, film: Film, context: Context) -> CastMember | None:
    match = match_of(person, tuple(m.name for m in film.cast), context.people)
    if not match.is_person:
        return None
    return next(m for m in film.cast if m.name == match.known)


def _verdict(
    actor: CastMember | None, players: Sequence[CastMember], film: Film, *, hedged: bool, negated: bool
) -> Verdict:
    if actor is not None and actor in players:
        return Verdict.CONTRADICTED if negated else Verdict.SUPPORTED
    if hedged or not players or (actor is not None and not actor.characters):
        return Verdict.NOT_IN_METADATA
    if "cast" in film.conflicts:
        return Verdict.NOT_IN_METADATA
    return Verdict.SUPPORTED if negated else Verdict.CONTRADICTED


def _reason(film: Film, actor: CastMember | None, players: Sequence[CastMember]) -> str:
    known = [
        f"{m.name} as {' / '.join(m.characters)}"
        for m in dict.fromkeys((*players, *([actor] if actor else [])))
        if m.characters
    ]
    return (
        f"The record has {one_of(known)}{cited(film, 'cast')}."
        if known
        else "The record does not say who plays whom."
    )


CHARACTER = Character()
