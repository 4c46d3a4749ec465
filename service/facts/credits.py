"""Who a sentence says did what: credits in active and passive voice, apposition and possessive.

A `Credit` is a role with the persons that one construction names for it, in order. The grammar is
that of skeletons (`service.facts.reading`); every construction is a pattern in `PATTERNS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from service.facts.reading import FILM, NAME, Reading
from service.facts.role_words import NOUNS, THINGS, VERBS, Role, alternatives, plain

STOP = (
    r"(?!(?:and|by|with|for|from|in|on|at|to|of|as|or|who|which|that|is|was|were|are|but"
    r"|than|before|after|about|characters?"
    r"|previously|replac(?:es|ed|ing)|formerly|directed|written|produced|played|portrayed"
    r"|voiced|starred|stars?(?= ⟦)|plays|portrays)\b"
    r"|(?!supporting|leading|returning|acting|up-and-coming|rising|recurring|visiting|aging"
    r"|ageing)\w+ing\b)"
)
WORD = r"[a-z0-9][a-z0-9'./]*(?:-[a-z0-9'./]+)*"
HONOURED = (  # what a name before a name says of its bearer: Academy Award winner, Saturday Night Live alum
    r"(?:winn(?:er|ing)s?|nominees?|nominated|alum\w*|(?:super)?stars?|veterans?|actors?|actress(?:es)?"
    r"|comedians?|singers?|regulars?|players?|champions?|legends?|icons?|hosts?|creators?|directors?|writers?"
    r"|producers?|members?|rappers?|wrestlers?|models?|graduates?|newcomers?|laureates?|fighters?|boxers?"
    r"|musicians?|composers?|filmmakers?|personalit(?:y|ies)|born|native|band|duo)"
)
DESCRIPTION = (
    rf"(?:(?:{STOP}{WORD} ){{0,2}}{NAME}(?:'s"
    rf"|-[a-z]+)? (?={STOP}(?:(?!co-)[a-z-]+[ -])?{HONOURED}(?:[ -](?:and|turned)[ -][a-z-]+)? ⟦n))?"
    rf"(?:{STOP}{WORD},? ){{0,5}}?(?:and {STOP}{WORD} )?"
)
PART = (
    r" (?:(?:as well )?as(?! well)|in the role of|in (?:the|a|his|her|its"
    r"|their)(?: [a-z-]+){0,3} (?:roles?(?: of)?|leads?)|voicing|playing|reprising)\b"
    r"(?:(?!,| and ⟦| alongside| with |;|\. | as well as| in his | in her ).)*"
)
APPOSED = (
    rf"(?: (?:as|playing|voicing) (?:the|a|an|his|her|their|its) [a-z' -]+, {NAME}(?=$|[.;]"
    rf"|, (?:a|an|the|who|whose)\b| who))|(?: as {NAME}, (?:a|an|the) (?:{NAME} )?[a-z]+)"
)
ITEM = re.compile(
    rf"(?P<desc>{DESCRIPTION})(?P<name>{NAME})(?! (?:by|cast members?|alumni|alum|veterans?"
    rf"|regulars?|members?|films?|movies?|fame|company|label"
    rf"|characters?)\b)(?P<group> (?:brothers|sisters|bros\b\.?))?(?P<paren> \([^)]*\))?"
    rf"(?P<part>{APPOSED}|{PART})?"
)
PLAYED = re.compile(r" (?:in (?:the|a|his|her|its|their)|voicing|playing|reprising)\b")
PLAYS = re.compile(
    r"\b(?:plays?|played|portrays?|portrayed|portraying|playing|voices|voicing|as|named"
    r"|called|of|about) (?:[a-z'-]+ (?:and )?){0,6}$"
)
SEPARATOR = re.compile(
    r",? (?:and|&|as well as|along with|alongside|together with|plus|or"
    r"|by)(?: also)?(?: (?:by|with|introducing))? |, (?:with |featuring )?| / |/| with | (?=⟦n)"
)


class Person(NamedTuple):
    """A person named in a list: skeleton range, visible text, the part (`as …`) range if any."""

    start: int
    end: int
    text: str
    part: tuple[int, int] | None = None
    group: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """One construction: a role, the persons named for it, and the skeleton range it covers.

    `weak` where the construction is apposition or possession, which can speak of other films.
    """

    role: Role
    people: tuple[Person, ...]
    start: int
    end: int
    weak: bool = False
    form: str = field(default="", compare=False)

    @property
    def presupposed(self) -> bool:
        """Tell whether the construction takes the role for granted, so that no negation bears on it: "I did
        not like X's performance" still says that X acts.
        """
        return self.form in PRESUPPOSING

    @property
    def covers(self) -> tuple[tuple[int, int], ...]:
        """Return the skeleton ranges that the construction accounts for: all of it, unless it says
        more than the role ("his directorial debut", "her finest film").
        """
        if self.form in {
            "debut",
            "debut_after",
            "possessive",
            "possessed_thing",
            "own_role",
            "a_film",
            "film_by",
        }:
            return tuple((p.start, p.end) for p in self.people)
        start = self.people[0].start if self.form == "film_that" else self.start  # "her finest film that …"
        return ((start, self.end),)


SEEN = "seen"  # the form of what is said in passing: it can bear out a record, not deny it
PRESUPPOSING = frozenset({"own_role", "possessive", "possessed_thing", "debut_after", "hyphen", SEEN})
NEAR = 4  # words between a negation and the credit that it bears on
VERB = plain(VERBS)
CHAIN = (
    rf"(?:{VERB})(?: by)?"
    rf"(?:(?:,? (?:and|&|as well as|or)|,)(?: also| both| co-)? (?:(?:{VERB})(?: by)?"
    rf"|(?:loosely )?based on (?:(?! by ).){{0,60}}))*"
)
BY = (
    r"(?: (?:solely|entirely|primarily|mainly|mostly|partly|partially|jointly|again|only"
    r"|both|in part|alone|[a-z]+ly|with (?:[a-z]+ ){0,2}[a-z]+))? (?:by|from)"
    r"(?: only| just| the team of| the duo of)? "
)
PASSIVE = re.compile(rf"\b(?P<verbs>{CHAIN}){BY}")
DO = (
    r"(?: (?:also|both|co-|then|he|she|has|have|had|would|later|himself|herself|who|which"
    r"|did|does|not|never|didn't|doesn't|wasn't|isn't|hasn't|helped|was|were|will|solely|personally|single-handedly|all|again))*"
)
APPOSITIVE = r"(?:,? \([^)]*\)|, (?:(?!,|⟦).){1,70},|,? who)?"
COORDINATED = r"(?:(?!⟦n|\. |;|, (?!and)).){1,70}?,? (?:and|but)"
SUBJECT = re.compile(
    rf"(?:^|[,;:.)] |\b(?:and|while|but|that|where|when|which|although|though|because|also"
    rf"|however) )(?:{STOP}{WORD} ){{0,5}}$"
)
AND_NAME = re.compile(rf"(?:,? and| &) (?:[a-z-]+ ){{0,3}}{NAME}")
AGENT = re.compile(
    r"\b(?:directed|written|produced|edited|composed|scored|shot|created|penned"
    r"|helmed)(?: and [a-z]+)? by (?:[a-z-]+ ){0,5}$"
)
WHO = re.compile(r",? who\b")
VERB_PHRASE = (
    rf"{DO} (?P<verbs>(?:{VERB})(?:(?:,? (?:and|&|as well as)|,)(?: also| then"
    rf"| both)? (?:{VERB}))*)(?! by\b)\b(?P<object> (?:in |on |for )?(?:the |a |an |this "
    rf"|his |her |both )?(?:[a-z-]+ )?(?:⟦[fno]\d+⟧)?)?"
)
ACTIVE = re.compile(rf"{APPOSITIVE},?{VERB_PHRASE}")
ACTIVE_TOO = re.compile(rf"{COORDINATED}{VERB_PHRASE}")
NOUN = re.compile(
    rf"\b(?P<before>(?:[a-z-]+ )?)(?:{alternatives(NOUNS, 'n')})(?P<of> (?:of|for|on|in"
    rf"|behind) (?:the (?:film|movie) )?{FILM})?(?P<link> (?:is|was|are|were|being|named"
    rf"|include|includes|included)(?: only)?|:|,)? (?=⟦n|(?:{STOP}[a-z-]+ ){{1,3}}⟦n)"
)
THING = re.compile(
    rf"\b(?:{alternatives(THINGS, 't')})(?P<of> (?:of|for|on|in|behind) {FILM})?"
    rf"(?: (?:is|was|were|being|which was|that was))?(?: (?!adapted from)(?:also|originally"
    rf"|written|co-written|composed|done|provided|created|handled|credited|penned|performed"
    rf"|produced|adapted|made|conducted|developed|supervised))*,?(?P<by> (?:by"
    rf"|from|to|of)) "
)
DEBUT = re.compile(
    r"\b(?:directorial|directing|director) debut(?: (?:feature|film|movie))?(?: (?:of|by|for|from)) "
)
DEBUT_AFTER = re.compile(
    r"(?:'s|'(?!\w)|,? (?:in|making|who made|who makes|makes|made|with|marking)(?: (?:his"
    r"|her|their|its|a|the))?) (?:(?!and\b)[a-z-]+ ){0,3}?"
    r"(?:directorial|directing) debut\b"
    r"|'s? (?:[a-z-]+ ){0,3}(?:film|feature|movie|effort|outing) as (?:a |the )?director\b"
)
SERVES = re.compile(
    rf"{APPOSITIVE} (?:is|was|are|were|being|(?:also )?serv(?:es?|ed|ing)(?: as)?|act(?:s|ed"
    rf"|ing) as|worked as|credited as|became)(?: also| both| one of| only)? ?(?:as )?(?:the "
    rf"|a |an |its |their |sole |main |only "
    rf"|one of the )*(?:{alternatives(NOUNS, 's')})(?: (?:of|for|on|in) (?:the (?:film"
    rf"|movie) )?(?P<work>⟦[fno]\d+⟧))?"
)
AS_ROLE = re.compile(
    rf" (?:as|serving as|acting as) (?:the )?(?:{alternatives(NOUNS, 'a')})\b|,? directing(?! by)\b"
)
APPOSED_ROLE = re.compile(
    rf",? (?:{FILM}'s|its) (?:[a-z]+ )?(?:{alternatives(NOUNS, 'p')})(?: and [a-z]+)?"
    r"(?=[,.;]|$| (?:and|who|is|was)\b)"
)
HYPHEN = re.compile(
    r"-(?P<verb>directed|helmed|penned|scripted|written|produced|scored|starring|led|starrer)\b"
)
POSSESSED = re.compile(
    rf"'s? (?:(?:own|latest|new|first|second|third|debut|classic|great|acclaimed"
    rf"|\d{{4}}) )?(?:{FILM}|(?:{STOP}[a-z0-9-]+ ){{0,4}}(?:film|movie|thriller|comedy|drama"
    rf"|masterpiece|epic|horror|classic|documentary|western|musical|picture|biopic"
    rf"|romance)\b(?! (?:role|debut|career|credit|appearance|score|adaptation|company|studio"
    rf"|series|franchise|work|noir)))"
)
MADE_BY: dict[Role, str] = {
    role: THINGS[role]
    for role in (Role.DIRECTOR, Role.SCREENWRITER, Role.COMPOSER, Role.CINEMATOGRAPHER, Role.EDITOR)
}
POSSESSED_THING = re.compile(
    rf"'s? (?:(?!own\b)[a-z-]+ ){{0,3}}?(?:{alternatives(MADE_BY, 'o')})\b"
    r"(?! (?:company|series|class|teacher|lessons?|career|style)\b| (?:of|for|in|on|from) (?:the )?⟦[no])"
)
FILM_BY = re.compile(
    r"\ba (?:[a-z0-9-]+ ){0,4}(?:film|movie|picture|thriller|comedy|drama"
    r"|documentary)(?:,)? (?:by|from) (?:the )?(?:director |filmmaker )?(?=⟦n"
    r"|(?:[a-z-]+ ){1,3}⟦n)"
)
DID = re.compile(
    rf"{DO} (?:did|made|makes?|provided|provides?|supplied|handled|performed|worked on|(?:was"
    rf"|is|were) responsible for|took care of|contributed(?: to)?|designed)"
    rf" (?:the|its|all the|all of the|some of the) (?:{alternatives(THINGS, 'd')})\b(?! (?:company|series))"
)
COMPARATIVE = re.compile(r"\b(?:more|less|fewer|most|better|worse)\b.*\bthan\b")
THING_MADE = re.compile(
    rf" (?:the|its|a|an|all|all the|both the|most of the"
    rf"|some of the)? ?(?:{alternatives(THINGS, 'm')})\b(?! (?:company|series))"
)
CONTRIBUTED = re.compile(
    rf" (?:contributed to|worked on|was involved (?:in|with)|helped (?:with|on"
    rf"|make)) {FILM} as (?:the |an? )?(?:{alternatives(NOUNS, 'c')})"
)
DIRECTED_IN = re.compile(
    rf" (?:has )?(?:directed|directs) (?={NAME}(?:(?:,| and) {NAME})* in (?:a|an|the|this|⟦f))"
)
DIRECTED_WHOM = re.compile(rf"{DIRECTED_IN.pattern.replace(r' (?:has )?', r'(?<=⟧) (?:has )?', 1)}")
SHE_DIRECTED = re.compile(r" (?:has |had |ever |would )*(?:directed?|helmed?)\b")
FILM_THAT = re.compile(
    rf"{FILM} (?:is|was) (?:the|an?|his|her) (?:[a-z-]+ ){{0,3}}(?:film|movie|feature|picture)"
    rf"(?: that| which)? (?=(?:[a-z]+ ){{0,2}}{NAME}{SHE_DIRECTED.pattern})"
)
A_FILM = re.compile(
    rf"{FILM} (?:is|was) (?:an?|the) (?:[a-z0-9-]+ ){{0,3}}(?P<name>{NAME})"
    r" (?:[a-z-]+ )?(?:film|movie|picture|joint|flick)\b"
)
NOT_OF_FILM = re.compile(
    r"\b(?:art|casting|music|musical|managing|deputy|assistant|associate|executive|athletic"
    r"|funeral|second unit|unit|creative|technical|stage|theatre|theater|fbi|cia|country"
    r"|regional|research|program|programme|camp|choreography|action|fight|stunt|animation"
    r"|video|television|tv|commercial|festival|line|record|song|comic|comics|book|novel"
    r"|magazine|newspaper|story|sports|news) $"
)


def people_at(reading: Reading, at: int, *, cast: bool = True) -> tuple[tuple[Person, ...], int]:
    """Return the persons of the list that begins at `at` in the skeleton, and where it ends.

    A list of actors (`cast`) goes on after "with" and "alongside"; one of the crew does not.
    """
    return reading.once(_people_at, at, cast)


def _people_at(reading: Reading, at: int, cast: bool, /) -> tuple[tuple[Person, ...], int]:  # noqa: FBT001  # an argument of `once`
    skeleton, out = reading.skeleton, list[Person]()
    end = at
    while (m := ITEM.match(skeleton, at)) is not None:
        part = m.span("part") if m.group("part") else None
        tag = m.group("name")
        out.append(Person(*m.span("name"), reading.mention(tag).text, part, (m.group("group") or "").strip()))
        end = m.end()
        sep = SEPARATOR.match(skeleton, end)
        if sep is None:
            break
        at = sep.end()
        if CREW_NOUN.match(skeleton, at) or begins_other_role(skeleton, at):
            break
        if not cast and (sep.group().startswith((", with", " alongside", ", alongside"))):
            break
        if sep.group().strip() in {"with", "by"} or (sep.group() == ", " and _new_predicate(skeleton, at)):
            break
    return _with_surnames(out), end


CREW_NOUN = re.compile(
    r"(?:[a-z-]+ )?(?:directors?|producers?|screenwriters?|composers?|cinematographers?"
    r"|editors?|executive producers?) ⟦n"
)
OTHER_ROLE = re.compile(
    rf"{DESCRIPTION}{NAME}(?:{SEPARATOR.pattern}{NAME})* (?:directing|producing|writing"
    rf"|serving|as (?:the )?(?:director|producer|writer|executive))"
)
OTHER_ROLE_WORD = re.compile(r"⟧ (?:directing|producing|writing|serving|as )")


def begins_other_role(skeleton: str, at: int) -> bool:
    """Tell whether at `at` begins a list of people who did something else: "with Jane Doe directing"."""
    return OTHER_ROLE_WORD.search(skeleton, at) is not None and OTHER_ROLE.match(skeleton, at) is not None


NEW_PREDICATE = re.compile(
    rf"(?:{VERB}|and|which|who|based|with|(?!actors|comedians|singers|stars|directors|producers|writers)"
    r"[a-z]+[^s' ]s (?:the |a |an |his |her )?⟦)\b"
)


def _new_predicate(skeleton: str, at: int) -> bool:
    return NEW_PREDICATE.match(skeleton, at) is not None


def _with_surnames(people: list[Person]) -> tuple[Person, ...]:
    """Return the list with shared surnames given to all: in "Joel and Ethan Coen", Joel is a Coen."""
    out = []
    for i, p in enumerate(people):
        after = people[i + 1] if i + 1 < len(people) else None
        shares = after and " " not in p.text and " " in after.text and i == len(people) - 2
        family = after.text.split()[-1] if after and shares else ""
        out.append(p._replace(family=family) if family else p)
    return tuple(out)
