"""Facts of who did what (`FACTS`): a change may neither lose one whose names stay, nor assert one anew."""

from __future__ import annotations

from collections.abc import Sequence

from service.gates.ledger.casting import casting, owners
from service.gates.ledger.reading import Reading
from service.gates.ledger.relations import predicate
from service.gates.ledger.tagging import tags
from service.gates.ledger.words import is_function

FACTS = frozenset(
    [
        "direct",
        "write",
        "play",
        "produce",
        "shoot",
        "score",
        "edit",
        "adapt",
        "remake",
        "release",
        "win",
        "nominate",
        "award",
        "gross",
        "cost",
        "kill",
        "marry",
        "wife",
        "husband",
        "son",
        "daughter",
        "father",
        "mother",
        "brother",
        "sister",
        "uncle",
        "aunt",
        "niece",
        "nephew",
        "cousin",
        "born",
        "die",
        "sequel",
        "prequel",
    ]
)
SUPPORT = {  # stems that may give way to the predicate: they say it of the same names
    "win": frozenset({"get", "take", "go", "give", "receiv", "earn", "garner", "claim", "collect", "scoop"}),
    "die": frozenset({"pass", "death", "deceas", "fatal", "kill", "dead", "late", "funer"}),
    "kill": frozenset({"die", "dead", "death"}),
    "wife": frozenset({"marri", "wed"}),
    "husband": frozenset({"marri", "wed"}),
    "marry": frozenset({"wife", "husband"}),
    "award": frozenset({"prize", "honor", "honour", "win"}),
    "remake": frozenset({"version"}),
    "sequel": frozenset({"follow"}),
    "play": frozenset({"role", "part", "cast", "appear", "lead", "turn"}),
    "write": frozenset({"screenplay", "script", "dialogu"}),
    "shoot": frozenset({"filmed", "camera", "visual", "cinematographi"}),
    "score": frozenset({"music", "soundtrack"}),
    "release": frozenset({"premier", "open", "come", "arriv", "debut"}),
    "born": frozenset({"birth"}),
    "gross": frozenset({"take", "make", "earn", "collect", "bring"}),
    "cost": frozenset({"make", "budget", "spend"}),
    "adapt": frozenset({"inspir", "base", "draw", "true", "version"}),
    "nominate": frozenset({"nomin"}),
    "direct": frozenset({"direct", "helm"}),
}
PLAYING = (
    frozenset({"bring", "life"}),
    frozenset({"perform", "as"}),
)  # `brought to life`, `a performance as`
AUTHORS = frozenset({"direct", "write"})  # what "X's film" may say of X


def predicates(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the classes of all predicates and role nouns."""
    return frozenset(predicate(w) for r in readings for w in r.words if not is_function(w.fold))


def lost(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return the role predicates whose entities stay while the predicate goes."""
    if not after:
        return []
    now = predicates(after) | implied(after)
    keys = {e.key for r in after for e in r.entries}
    for r in before:
        for relation in r.relations:
            if relation.predicate in FACTS and relation.predicate not in now:
                held = relation.agents | relation.patients
                if relation.agents & keys and held <= keys:
                    held_by = "/".join(sorted(relation.agents))
                    return [f"{held_by} stands, but no longer with {relation.predicate!r}"]
    return []


def added(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return a role predicate that the text after asserts and the text before does not imply."""
    fresh = (predicates(after) & FACTS) - predicates(before) - implied(before)
    return [f"the new text says {min(fresh)!r} of somebody, which the old one did not"] if fresh else []


def implied(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the predicates that are said in other words: by a noun (`his script`), by whose film it is, by
    who stands beside the role.
    """
    stood = {w.stem for r in readings for w in r.words}
    found = {f for f, support in SUPPORT.items() if stood & support}
    if any(_filming(r) for r in readings):
        found.add("shoot")
    if any(r for r in readings if casting(r)) or any(said <= stood for said in PLAYING):
        found.add("play")
    if any(True for r in readings for _ in owners(r)):
        found |= AUTHORS
    return frozenset(found)


def _filming(reading: Reading) -> bool:
    """Tell whether `film` is a verb in the sentence."""
    if not any(w.fold in {"film", "films"} for w in reading.words):
        return False
    tagged = tags([w.text for w in reading.words])
    return any(
        w.fold in {"film", "films"} and tag.startswith("VERB")
        for w, tag in zip(reading.words, tagged, strict=True)
    )
