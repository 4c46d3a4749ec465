"""How many people hold a role: "three directors", "written by two people", "more producers than writers"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, one_of, verdict_on
from service.facts.numbers import COUNT, VAGUE, WORDS, Count, read_count
from service.facts.reading import Reading
from service.facts.role_words import NOUNS, THINGS, VERBS, Role, alternatives, role_in, roles_of
from service.facts.roles import Form, RoleRef, field_of, holders, role_refs
from service.films import CastMember, Film

PEOPLE = (
    r"(?:different |diferent |separate )?(?:people|persons?|men|man|women|woman|individuals?"
    r"|artists?|guys|authors?|hands)"
)
NOUN = "|".join(f"(?P<n_{r.name}>{p})" for r, p in NOUNS.items())
VERB = "|".join(f"(?:{p})" for p in VERBS.values())
OF_ROLE = re.compile(
    rf"(?:\b(?:has|had|have|with|was|were|is|are|there|by|features|featured|included|needed"
    rf"|used|employed|received)(?: a total of| only| just)?,? "
    rf"|^)(?P<number>{COUNT}) (?:different |main |credited |lead )?(?:{NOUN})\b(?! (?:are|is"
    rf"|was|were) )"
)
BY_PEOPLE = re.compile(
    rf"(?:\b(?:{alternatives(THINGS, 't')}) (?:is |was "
    rf"|were )?)?\b(?P<verbs>(?:{VERB})(?:,? and (?:{VERB}))*) by (?P<number>{COUNT}) {PEOPLE}\b"
)
COUNTED_BY = re.compile(rf" by {COUNT} {PEOPLE}\b")
PEOPLE_DID = re.compile(rf"(?:^|\bthere (?:are|were) )(?P<number>{COUNT}) {PEOPLE} (?P<did>.{{3,60}})$")
OTHERWISE = re.compile(
    r"s? of (?!⟦f)|'| (?:who|that|which) (?!(?:had |have |has |all |also |were |was "
    r"|are )*(?:direct|writ|wrote|produc|work|act|star"
    r"|compos|edit|involv|credit|list))|,? (?:in|of) the (?:story|plot|tale|room|house"
    r"|world)| [a-z]+ing (?!on |in ⟦f|together)"
    r"|(?:, [^.;]*,)? (?:each |all |both )?(?:play|portray|share|embod|voice)(?!\w* in\b)"  # a part's
)
MARK = re.compile(r" ?(?:$|[.,;:!(-]|(?:and|because|out|for|from|only|at|of five)\b)")
MORE = re.compile(r"\b(?P<more>more|fewer|less) (?!an? )(?P<a>[a-z ]+?) than (?P<b>[a-z ]+?)(?=[.,;]|$)")
COUNTING = frozenset(w for phrase in (*WORDS, *VAGUE) for w in phrase.split()) - {"a", "of"} | {
    "more",
    "fewer",
    "less",
}
FIGURE = re.compile(r"(?<![\w⟦.,])\d{1,3}(?![\w.,]*\d)")

RECORD = Film(
    id="e7",
    title="The Long Harbour",
    directors=("Ana Lindqvist",),
    writers=("Ana Lindqvist", "Tomás Reyes"),
    producers=("Priya Nair", "Jo Park", "Ed Ames"),
    cast=(CastMember("Ida Holm"), CastMember("Marc Oduya")),
    complete=frozenset({"directors", "writers", "producers"}),
)


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """Numbers of people in a role. A list that may be incomplete can only show a number too small."""

    name: str = "people_count"
    examples: Sequence[Example] = (
        Example("The Long Harbour has three producers.", RECORD, Verdict.SUPPORTED),
        Example("It was written by four people.", RECORD, Verdict.CONTRADICTED),
        Example("More than two people were producers on the film.", RECORD, Verdict.SUPPORTED),
        Example("The film had more producers than writers.", RECORD, Verdict.SUPPORTED),
        Example("It was directed by several people.", RECORD, Verdict.CONTRADICTED),
        Example("It has 12 stars.", RECORD, Verdict.NOT_IN_METADATA),
        Example("Two of its scenes were cut.", RECORD, None),
        Example("The film follows three friends.", RECORD, None),
        Example("It has three directors' worth of ideas.", RECORD, None),
        Example("There are two directors in the story.", RECORD, None),
        Example("The film has four producers fighting for the money.", RECORD, None),
        Example("The film features two writers who fall in love.", RECORD, None),
        Example("One actor plays both brothers.", RECORD, None),
        Example("Three actors share the part.", RECORD, None),
        Example("Three actors, Ida Holm, Jo Park and Ed Ames, play the hero.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a number of people."""
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        s = reading.skeleton
        if not reading.has_any(COUNTING) and FIGURE.search(s) is None:
            return
        for m in OF_ROLE.finditer(s):
            role = next((Role[k[2:]] for k, v in m.groupdict().items() if v and k.startswith("n_")), None)
            if role is not None and not OTHERWISE.match(s, m.end()) and not _is_mark(s, m):
                yield self._counted(reading, m, (role,))
        for m in BY_PEOPLE.finditer(s) if COUNTED_BY.search(s) else ():
            if "different" in m.group() and len(roles_of(m.group("verbs"))) > 1:
                continue  # one for each role, which is another kind's claim
            made = role_in(m, "t")
            for role in [made] if made is not None else roles_of(m.group("verbs")):
                yield self._counted(reading, m, (role,))
        m2 = PEOPLE_DID.search(s) if "⟦n" not in s else None
        if m2 is not None:
            refs = [r for r in reading.once(role_refs) if r.start >= m2.start("did")]
            if refs and not (len({r.role for r in refs}) > 1 and m2.group("number").strip() in {"one", "1"}):
                yield self._counted(reading, m2, tuple(dict.fromkeys(r.role for r in refs)))
        for m in MORE.finditer(s) if " than " in s else ():
            yield from self._compared(reading, m)

    def _counted(self, reading: Reading, m: re.Match[str], roles: tuple[Role, ...]) -> Assertion:
        film = reading.film
        names = tuple(dict.fromkeys(n for r in roles for n in holders(film, r)))
        fields = tuple(dict.fromkeys(field_of(film, r) for r in roles))
        count = read_count(m)
        if m.group("number").strip() in {"one", "1", "both"} and roles == (Role.ACTOR,):
            count = Count(count.low, None)  # one of them, or the two who were named before
        verdict = self._verdict(film, fields, count, len(names), negated=reading.negated(m.start(), m.end()))
        role = one_of([r.value for r in roles])
        return Finder(self.name, reading).assertion(
            m.span("number"),
            {"role": role, "low": count.low, "high": count.high},
            verdict,
            _reason(film, roles, names, fields) if names else f"The record names nobody as {role}.",
            fields=fields if names else (),
            covers=(m.span(),),
        )

    def _verdict(self, film: Film, fields: Sequence[str], count: Count, n: int, *, negated: bool) -> Verdict:
        if n == 0:
            return Verdict.NOT_IN_METADATA
        complete = all(f in film.complete for f in fields) or fields == ("directors",)
        right = count.holds(n)
        if not complete and ((right and count.high is not None) or (not right and n < count.low)):
            return Verdict.NOT_IN_METADATA
        return Verdict.SUPPORTED if right != negated else Verdict.CONTRADICTED

    def _compared(self, reading: Reading, m: re.Match[str]) -> Iterator[Assertion]:
        refs = [
            r for r in reading.once(role_refs) if m.start() <= r.start < m.end() and r.form is not Form.DEED
        ]
        a, b = _first_in(refs, m.span("a")), _first_in(refs, m.span("b"))
        film = reading.film
        if a is None or b is None or not holders(film, a.role) or not holders(film, b.role):
            return
        n, k = len(holders(film, a.role)), len(holders(film, b.role))
        right = n > k if m.group("more") == "more" else n < k
        fields = (field_of(film, a.role), field_of(film, b.role))
        # a list that may go on can only have more than it shows
        greater = fields[(m.group("more") == "more") != right]
        lesser = fields[greater == fields[0]]
        told = lesser == "directors" or lesser in film.complete
        yield Finder(self.name, reading).assertion(
            m.span(),
            {"more": a.role.value, "than": b.role.value},
            verdict_on(right=right if told else None),
            f"The record names {n} as {a.role.value} and {k} as {b.role.value}{cited(film, *fields)}.",
            fields=fields,
        )


def _reason(film: Film, roles: Sequence[Role], names: Sequence[str], fields: Sequence[str]) -> str:
    what = one_of([r.value + ("s" if len(names) > 1 else "") for r in roles])
    number = next((w for w, n in WORDS.items() if n == len(names)), str(len(names)))
    return f"The record names {number} {what}: {one_of(list(names)[:6])}{cited(film, *fields)}."


def _is_mark(s: str, m: re.Match[str]) -> bool:
    """Tell whether stars are given, not counted: "Two stars, and I feel generous"."""
    return m.start() == 0 and m.group().endswith(("star", "stars")) and MARK.match(s, m.end()) is not None


def _first_in(refs: Sequence[RoleRef], span: tuple[int, int]) -> RoleRef | None:
    return next((r for r in refs if span[0] <= r.start < span[1]), None)


PEOPLE_COUNT = PeopleCount()
