"""Whether one person, or the same people, did two things: "written and directed by the same person",
"the director also produced it", "co-written by its star", "edited by somebody else than who shot it".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.credit_finder import find_credits
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of
from service.facts.reading import Reading
from service.facts.role_words import Role
from service.facts.roles import Form, RoleRef, common, field_of, holders, role_refs
from service.films import CastMember, Film

WHO = (
    r"(?:person|persons|man|men|woman|women|people|individuals?|guys?|group(?: of (?:people"
    r"|individuals|persons))?|team|writer|author|talent|artists?|ones?)"
)
SAME = re.compile(
    rf"\b(?:(?P<some>some of )?the (?:very |exact )?(?P<same>same|identical)(?: (?:two|three"
    rf"|four))? {WHO}\b|(?:an? )?(?P<identical>identical) {WHO}"
    rf"|the same (?=[a-z-]+(?:, [a-z-]+)*,? ?(?:and|/|&) )|(?:is|are|was|were)(?: all)? (?:the )?same(?=\.?$)"
    rf"|^(?:just |only )?(?:one|a single) (?:person|man|woman|individual)\b|by (?:just "
    rf"|only )?(?P<single>one|a single) (?:single )?(?:person|man|woman|individual))\b"
)
DIFFERENT = re.compile(
    rf"\b(?:(?:two |three |entirely |completely )*(?:different|diferent|separate"
    rf"|distinct) {WHO}|(?:an)?other {WHO}|somebody else|someone else)\b"
    rf"|\bdifferent (?=[a-z-]+ and [a-z-]+s?\b)"
)
OWN = re.compile(
    r"(?:⟦f\d+⟧'s?|\b(?:the|its|their|whose)|\bone of (?:the|its|their)(?: many| two"
    r"| three)?|\bone of ⟦f\d+⟧'s?|\bsome of (?:the|its)|\bboth(?: of the)?) $"
)
BY_AGENT = re.compile(
    r"\b(?:by|from|of|to|stars|starred|features|featured|cast) (?:⟦f\d+⟧'s? |the |its "
    r"|their |one of |some of |both )*$"
)
OWNED = re.compile(r"s?'s? (?!screenplay|script|story|score|music|direction|writing|editing)")
OF_ANOTHER = re.compile(r" (?:of|behind) (?:the )?⟦[no]")  # "the director of Silence"
APART = 30  # characters between "directed" and "by its star": further on, something else is by them
JOINED = re.compile(r"(?:,? and|,| or|/) ?(?:the |its )?$")
IS = re.compile(r"\b(?:is|are|was|were)\b")
COMPARED = re.compile(r"\b(?:more|fewer|less|than)\b")
ALSO = re.compile(
    r"\b(?:also|himself|herself|themselves|too|as well|both|co-|responsible|helped"
    r"|work(?:ed)? on|did|had a hand)\b"
)
THE_ONE = re.compile(
    rf"\b(?:at ?least )?(?:one|some) of the {WHO} (?:that|who|whom|in|starring|behind"
    rf"|involved|responsible|staring)"
    rf"|^the {WHO} (?:that|who|behind|responsible|in charge)\b"
)
RELATED = re.compile(
    r"^(?:just |only )?(?:one|a single) (?:person|man|woman|individual)\b"
    r"|\b(?:same|identical|different|diferent|separate|distinct|another|else|also|himself|herself|themselves"
    r"|(?:one|some|all|both) of|(?:its|the|their) (?:[a-z-]+ )?(?:directors?|writers?"
    r"|producers?|stars?|actors?|editors?|authors?|creators?|composers?"
    r"|screenwriters?|cinematographers?|novelist|narrators?)|by (?:just |only )?(?:one"
    r"|a single)|the (?:person|people|man|men|woman))\b|⟦f\d+⟧'s? (?:[a-z]+ )?(?:director"
    r"|writer|producer|star|editor|creator|author)"
)
HOLDERS = (
    "director writer producer star actor editor author creator composer screenwriter cinematographer narrator"
)
RELATING = frozenset(  # one of them is in every match of `RELATED`
    {
        "same",
        "identical",
        "different",
        "diferent",
        "separate",
        "distinct",
        "another",
        "else",
        "also",
        "himself",
    }
    | {"herself", "themselves", "one", "some", "all", "both", "single", "person", "people", "man", "men"}
    | {"individual", "woman", "women", "novelist"}
    | {f"{noun}{s}" for noun in HOLDERS.split() for s in ("", "s")}
)
SOLELY = re.compile(r"\b(?:solely|only|alone|entirely|exclusively|all)\b")

RECORD = Film(
    id="e6",
    title="The Long Harbour",
    directors=("Ana Lindqvist",),
    writers=("Ana Lindqvist", "Tomás Reyes"),
    producers=("Priya Nair",),
    cast=(CastMember("Ida Holm"), CastMember("Ana Lindqvist")),
)


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Relations between the holders of two roles."""

    name: str = "same_person"
    examples: Sequence[Example] = (
        Example("It was written and directed by the same person.", RECORD, Verdict.SUPPORTED),
        Example(
            "The Long Harbour was produced and directed by the same woman.", RECORD, Verdict.CONTRADICTED
        ),
        Example("It was directed and produced by different people.", RECORD, Verdict.SUPPORTED),
        Example("The director also acted in it.", RECORD, Verdict.SUPPORTED),
        Example("The producer did not write the screenplay.", RECORD, Verdict.SUPPORTED),
        Example("It was solely written by its director.", RECORD, Verdict.CONTRADICTED),
        Example("The music was composed by its director.", RECORD, Verdict.NOT_IN_METADATA),
        Example("Ida Holm, the director of Silence, acts in it.", RECORD, None),
        Example("The actors were capable but the script didn't allow them to do anything.", RECORD, None),
        Example("The director later made a western.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return at most one assertion: that some roles are held by the same, or by others."""
        if (
            "⟦o" in reading.skeleton
            or not reading.has_any(RELATING)
            or RELATED.search(reading.skeleton) is None
        ):
            return ()
        refs = reading.once(role_refs)
        if len({r.role for r in refs}) < 2:
            return ()
        return tuple(self._same(reading, refs)) or tuple(self._agent(reading, refs))

    def _same(self, reading: Reading, refs: Sequence[RoleRef]) -> Iterator[Assertion]:
        s = reading.skeleton
        same, different = SAME.search(s), DIFFERENT.search(s)
        marker = different or same or THE_ONE.search(s)
        if marker is None or reading.once(find_credits):
            return
        whole = same is not None and bool(same.group("identical") or same.group("same") == "identical")
        wants_same = different is None
        if reading.negated(marker.start(), marker.end()):
            wants_same = not wants_same
        yield self._held(reading, refs, marker.span(), wants_same=wants_same, whole=whole)

    def _agent(self, reading: Reading, refs: Sequence[RoleRef]) -> Iterator[Assertion]:
        """Read "the director also wrote it" and "written by its director and one of its stars"."""
        s = reading.skeleton
        agents = [
            r for r in refs if r.form is Form.AGENT and OWN.search(s[: r.start]) and not _is_named(s, r)
        ]
        if not agents or COMPARED.search(s) or reading.once(find_credits):
            return
        agents = [r for r in agents if not OWNED.match(s, r.end) and not OF_ANOTHER.match(s, r.end)]
        deeds = [r for r in refs if r not in agents]
        if not agents:
            return
        if deeds and deeds[0].start < agents[0].start:
            apart = s[deeds[-1].end : agents[0].start]
            if BY_AGENT.search(s[: agents[0].start]) and len(apart) <= APART:
                for agent in agents:
                    yield self._related(reading, agent, [d for d in deeds if d.start < agent.start])
            return
        agent, *rest = [*agents, *deeds]
        elsewhere = bool(rest) and reading.clause(agent.start) != reading.clause(rest[0].start)
        if not rest or elsewhere or JOINED.match(s[agent.end : rest[0].start]):
            return
        between = s[agent.end : rest[-1].end]
        if rest[0].form is Form.DEED or ALSO.search(between) or IS.search(between):
            yield self._related(reading, agent, [r for r in rest if r.role is not agent.role])

    def _related(self, reading: Reading, agent: RoleRef, deeds: Sequence[RoleRef]) -> Assertion:
        s = reading.skeleton
        last = max([agent.end, *(d.end for d in deeds)])
        wants = not reading.negated(min([agent.start, *(d.start for d in deeds)]), last)
        whole = bool(SOLELY.search(s))
        return self._held(reading, [*deeds, agent], (agent.start, agent.end), wants_same=wants, whole=whole)

    def _held(
        self, reading: Reading, refs: Sequence[RoleRef], at: tuple[int, int], *, wants_same: bool, whole: bool
    ) -> Assertion:
        film = reading.film
        roles = list(dict.fromkeys(r.role for r in refs))
        held = [holders(film, r) for r in roles]
        known = all(held)
        shared = held[0]
        for names in held[1:]:
            shared = common(shared, names)
        same = bool(shared) if not whole else all(len(shared) == len(h) for h in held)
        verdict = Verdict.NOT_IN_METADATA
        if known:
            verdict = Verdict.SUPPORTED if same == wants_same else Verdict.CONTRADICTED
        fields = tuple(dict.fromkeys(field_of(film, r) for r in roles))
        return Finder(self.name, reading).assertion(
            at,
            {"roles": [r.value for r in roles], "same": wants_same},
            verdict,
            _reason(film, roles, held, fields),
            fields=fields if known else (),
            covers=((0, len(reading.skeleton)),)
            if not _unread(reading)
            else tuple((r.start, r.end) for r in refs),
        )


def _unread(reading: Reading) -> bool:
    """Tell whether the sentence says more than the relation: numbers, another clause."""
    return bool(
        re.search(
            r"\d|;|\bbut\b|\bwhile\b|\bbased\b|\breleased\b|\bmade\b(?! the)",
            re.sub(r"⟦.\d+⟧", "", reading.skeleton),
        )
    )


def _is_named(s: str, ref: RoleRef) -> bool:
    return re.match(r",? (?:is |was )?⟦n", s[ref.end :]) is not None


def _reason(film: Film, roles: Sequence[Role], held: Sequence[Sequence[str]], fields: Sequence[str]) -> str:
    parts = [f"{one_of(list(names)[:5])} as {r.value}" for r, names in zip(roles, held, strict=True) if names]
    if len(parts) < len(roles):
        return "The record does not name holders of all these roles."
    return f"The record names {', '.join(parts)}{cited(film, *fields)}."


SAME_PERSON = SamePerson()
