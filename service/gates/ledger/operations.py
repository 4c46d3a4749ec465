"""Negations, quantifiers, comparisons, opposites and role predicates through a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.operators import negates_inside
from service.gates.ledger.reading import Reading
from service.gates.ledger.relations import predicate
from service.gates.ledger.words import is_function, opposites, stem

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
COUNTED = (EntryKind.QUANTIFIER, EntryKind.COMPARISON)


@dataclass(slots=True)
class Operators:
    """Lines `(fate, entry, sentence, reason)` and what is lost or invented."""

    lines: list[tuple[str, Entry, int, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def settle(before: Sequence[Reading], after: Sequence[Reading]) -> Operators:
    """Hold the operators of the texts against each other."""
    found = Operators()
    stems = Counter(w.stem for r in after for w in r.words)
    _negations(before, after, stems, found)
    for kind in COUNTED:
        _classes(kind, before, after, stems, found)
    found.invented += _opposed(before, after)
    found.lost += _facts_lost(before, after)
    found.invented += _facts_added(before, after)
    return found


def _entries(readings: Sequence[Reading], kind: EntryKind) -> list[tuple[int, Entry]]:
    return [(i, e) for i, r in enumerate(readings) for e in r.of(kind)]


def _negations(
    before: Sequence[Reading], after: Sequence[Reading], stems: Counter[str], found: Operators
) -> None:
    old, new = _entries(before, EntryKind.NEGATION), _entries(after, EntryKind.NEGATION)
    gone = len(old) - len(new)
    inside = _lexical(after) - _lexical(before)
    negated = {e.target for _, e in new}
    kept_targets = [e for _, e in old if e.target in stems and e.target not in negated]
    for i, e in old:
        dropped = gone > 0 and e.target not in stems and e.target not in negated
        found.lines.append(
            ("dropped" if dropped else "kept", e, i, "dropped with its clause" if dropped else "")
        )
    if gone > 0 and inside < gone:
        left = kept_targets or ([] if _reduced(before, after) else [e for _, e in old])
        found.lost += [f"the negation {e.text!r} is lost" for e in left[:1]]
    elif gone < 0 and -inside < -gone:
        found.invented.append(f"the negation {new[-1][1].text!r} is new")
    elif gone == 0:
        plain = {w.stem for r in before for w in r.words} - {e.target for _, e in old}
        turned = [e for _, e in new if e.target in plain and e.target not in {o.target for _, o in old}]
        if turned and kept_targets:
            found.invented.append(f"the negation {turned[0].text!r} now bears upon another word")


def _lexical(readings: Sequence[Reading]) -> int:
    return sum(negates_inside(w.fold) for r in readings for w in r.words)


def _reduced(before: Sequence[Reading], after: Sequence[Reading]) -> bool:
    """Tell whether the text after only leaves words out."""
    old = {w.stem for r in before for w in r.words}
    return all(w.stem in old or is_function(w.fold) for r in after for w in r.words)


def _classes(
    kind: EntryKind,
    before: Sequence[Reading],
    after: Sequence[Reading],
    stems: Counter[str],
    found: Operators,
) -> None:
    old, new = _entries(before, kind), _entries(after, kind)
    fewer = Counter(e.key for _, e in old) - Counter(e.key for _, e in new)
    extra = Counter(e.key for _, e in new) - Counter(e.key for _, e in old)
    for i, e in old:
        leaves = fewer[e.key] > 0 and (e.target not in stems or not e.target) and _reduced(before, after)
        if leaves:
            fewer[e.key] -= 1
        found.lines.append(
            ("dropped" if leaves else "kept", e, i, "dropped with its clause" if leaves else "")
        )
    lost = [e for _, e in old if fewer[e.key] > 0]
    gained = [e for _, e in new if extra[e.key] > 0]
    found.lost += [f"the {kind} {e.text!r} is lost" for e in lost[:1]]
    found.invented += [f"the {kind} {e.text!r} is new" for e in gained[:1]]


def _opposed(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return where a word gave way to its opposite."""
    old = {w.fold.removesuffix("'s") for r in before for w in r.words}
    new = {w.fold.removesuffix("'s") for r in after for w in r.words}
    for gone in sorted(old - new):
        against = opposites().get(gone, frozenset()) & (new - old)
        if against and not {stem(gone)} & {stem(w) for w in new}:
            return [f"{gone!r} gave way to {min(against)!r}"]
    return []


def predicates(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the classes of all predicates and role nouns."""
    return frozenset(predicate(w) for r in readings for w in r.words if not is_function(w.fold))


def _facts_lost(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return the role predicates whose entities stay while the predicate goes."""
    if not after:
        return []
    now = predicates(after)
    keys = {e.key for r in after for e in r.entries}
    for r in before:
        for relation in r.relations:
            if relation.predicate in FACTS and relation.predicate not in now:
                held = relation.agents | relation.patients
                if relation.agents & keys and held <= keys:
                    return [f"{'/'.join(sorted(relation.agents))} no longer stands as {relation.predicate!r}"]
    return []


def _facts_added(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    fresh = (predicates(after) & FACTS) - predicates(before)
    return [f"{min(fresh)!r} is asserted that was not"] if fresh else []
