"""Who plays whom, and whose film it is, in the ways in which reviews say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.names import is_variant
from service.gates.ledger.reading import Reading, paired
from service.gates.ledger.words import words as listed

OWNED = re.compile(r"^(?:'s|’s|'|’)?\s+")
ROLE = re.compile(r"^(?:.*[\s,(])?(?:as(?: the| a| an)?(?: \w+)?|in the (?:role|part) of)$", re.DOTALL)
PLAYS = re.compile(
    r"^,?(?: who(?: also)?)? (?:play|portray|embod|star|appear|bring|brought|perform|tak|(?:is|was) cast|giv)"
    r"\w*(?: the)?(?: (?:role|part))?(?: of| as| (?:in|on) the (?:role|part) of)?$"
)
PLAYED = re.compile(
    r"^,?(?: who| which)? ?(?:(?:is|was|are|were|being) )?(?:play|portray|embod|brought to life|perform)\w*"
    r"(?: to life)?(?: \w+ly| with \w+)? by$"
)
GOT = re.compile(r"^,? (?:gets?|got|landed|won|took on|takes on|was given) (?:the )?(?:role|part) of$")
CAST_AS = re.compile(r"(?:role|part) of$")  # before the role's name
WENT_TO = re.compile(r"^,? (?:goes|went|was given|is given|falls|fell) to$")
WHOM = re.compile(r"^,? (?:whom|that)$")
PERFORMANCE = re.compile(r"^(?:'s|’s|'|’)? (?:\w+ ){0,3}(?:portrayal|performance|turn|depiction) (?:of|as)$")


def casting(reading: Reading) -> frozenset[tuple[str, str]]:
    """Return actor and role, as the sentence says it: by a verb, by `as`, by a portrayal."""
    found = set(paired(reading))
    named = reading.of(EntryKind.NAME)
    for one, other in pairwise(named):
        between = reading.text[one.end : other.start].rstrip()
        ahead = reading.text[: one.start].rstrip().lower()
        went = WENT_TO.match(between) and CAST_AS.search(ahead)
        if went or PLAYED.match(between) or (WHOM.match(between) and _plays_behind(reading, other)):
            found.add((other.key, one.key))
        elif PLAYS.match(between) or GOT.match(between) or PERFORMANCE.match(between) or ROLE.match(between):
            found.add((one.key, other.key))
        elif ahead.endswith("as") and between == ",":
            found.add((other.key, one.key))
    return frozenset(found)


def _plays_behind(reading: Reading, entry: Entry) -> bool:
    behind = reading.text[entry.end :].lstrip().lower()
    return behind.startswith(("play", "portray"))


def recast(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return the actor and role that changed places."""
    old, new = ({p for r in rs for p in casting(r)} for rs in (before, after))
    for actor, role in sorted(old):
        for a, r in sorted(new):
            if is_variant(actor, r) and is_variant(role, a) and not is_variant(actor, role):
                return [f"{actor} plays {role}, not the other way round"]
    return []


def miscast(
    after: Sequence[Reading], characters: Sequence[frozenset[str]], actors: Sequence[frozenset[str]]
) -> list[str]:
    """Return the character of the record that is said to play an actor of the record."""
    for reading in after:
        for actor, role in casting(reading):
            one, other = frozenset(actor.split()), frozenset(role.split())
            if any(one <= c for c in characters) and any(other <= a for a in actors) and one != other:
                return [f"{actor} is a character, and plays nobody"]
    return []


def owners(reading: Reading) -> Iterator[str]:
    """Yield the names whose film it is: `X's 1974 drama`, `a film by X`, `X's first screenplay`."""
    works = listed("works.txt")
    for entry in reading.of(EntryKind.NAME):
        behind = [w.fold for w in reading.words if w.start >= entry.end][:6]
        possessive = OWNED.match(reading.text[entry.end :]) and (
            reading.text[entry.end :].startswith(("'", "’"))
            or reading.text[: entry.end].endswith(("'s", "’s"))
        )
        if possessive and (works & set(behind) or _titled(reading, entry)):
            yield entry.key
        ahead = [w.fold for w in reading.words if w.end <= entry.start][-4:]
        if ahead[-1:] in (["by"], ["from"], ["under"]) and (
            works & set(ahead[-2:-1]) or len(ahead) == 1 or _titled_before(reading, entry)
        ):
            yield entry.key


def _titled(reading: Reading, entry: Entry) -> bool:
    """Tell whether a name follows at once, as in `X's The Long Pier`."""
    return any(
        e.start > entry.end and e.start - entry.end <= 8
        for e in reading.entries
        if e.kind in {EntryKind.NAME, EntryKind.TITLE}
    )


def _titled_before(reading: Reading, entry: Entry) -> bool:
    return any(
        e.end < entry.start and reading.text[e.end : entry.start].strip(" ,") in {"by", "from"}
        for e in reading.entries
        if e.kind in {EntryKind.NAME, EntryKind.TITLE}
    )
