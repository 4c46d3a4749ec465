"""Entities that changed places: the same names and numbers, another of them in each part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import permutations

from service.gates.ledger.entry import HARD, Entry, EntryKind, Relation
from service.gates.ledger.names import is_variant
from service.gates.ledger.reading import Reading, paired
from service.gates.ledger.words import is_function

ARTICLES = frozenset({"the", "a", "an"})
LEAST = 4  # signs in a row that stand alike in both texts
JOINED = re.compile(r"\s*(?:,|and|or|&|,\s*and)?\s*(?:in|by|from|with|the)?\s*")


def moved(
    before: Sequence[Reading], after: Sequence[Reading], corrected: frozenset[str] = frozenset()
) -> list[str]:
    """Return where an entity stands in another's place; nothing where either text is empty."""
    if not before or not after:
        return []
    return (
        _swapped_in_place(before, after, corrected)
        or _swapped_pairs(before, after, corrected)
        or _swapped_roles(before, after, corrected)
    )[:1]


def _masked(readings: Sequence[Reading]) -> tuple[list[str], list[Entry | None]]:
    """Return stems with every entity as one sign, and the entity that each sign stands for."""
    signs: list[str] = []
    entities: list[Entry | None] = []
    for r in readings:
        hard = [e for e in r.entries if e.kind in HARD and e.kind is not EntryKind.QUOTATION]
        used: set[int] = set()
        for w in r.words:
            if w.fold in ARTICLES:
                continue
            holder = next((e for e in hard if e.start <= w.start < e.end), None)
            if holder is None:
                signs.append(w.stem if not is_function(w.fold) else w.fold)
                entities.append(None)
            elif holder.start not in used:
                used.add(holder.start)
                signs.append("\N{WHITE SQUARE}" if holder.kind in {EntryKind.NAME, EntryKind.TITLE} else "#")
                entities.append(holder)
    return signs, entities


def _swapped_pairs(
    before: Sequence[Reading], after: Sequence[Reading], corrected: frozenset[str]
) -> list[str]:
    """Return the actor and the role that changed places."""
    old, new = ({p for r in rs for p in paired(r)} for rs in (before, after))
    recast = [(a, b, c) for a, b in sorted(old) for c, d in sorted(new) if b == d and not is_variant(a, c)]
    recast = [x for x in recast if (x[2], x[1]) not in old and x[0] not in corrected]
    if recast:
        return [f"{b} was played by {a}, now by {c}" for a, b, c in recast]
    if old == new or {n for p in old for n in p} != {n for p in new for n in p}:
        return []
    return [f"{a} is no longer paired with {b}" for a, b in sorted(old - new)]


def _together(one: Entry, other: Entry, readings: Sequence[Reading]) -> bool:
    """Tell whether two entities are joined: members of one enumeration, or an actor and the role."""
    for r in readings:
        if {(one.key, other.key), (other.key, one.key)} & paired(r):
            return True
        for low, high in permutations([e for e in r.entries if e.key in {one.key, other.key}], 2):
            between = r.text[low.end : high.start].lower() if low.end <= high.start else "?"
            if JOINED.fullmatch(between):
                return True
    return False


def _swapped_in_place(
    before: Sequence[Reading], after: Sequence[Reading], corrected: frozenset[str]
) -> list[str]:
    """Compare the entities that stand in equal surroundings of `LEAST` signs or more."""
    old, old_entities = _masked(before)
    new, new_entities = _masked(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        if size < LEAST or not any(
            old_entities[i + k] is None and not is_function(old[i + k]) for k in range(size)
        ):
            continue
        for k in range(size):
            a, b = old_entities[i + k], new_entities[j + k]
            if (
                a is not None
                and b is not None
                and not _same(a, b)
                and not any(a.key in c or c in a.key for c in corrected)
                and _by(old, i + k) == _by(new, j + k)
                and not (_together(a, b, before) and _together(a, b, after))
            ):
                return [f"{b.text!r} stands where {a.text!r} stood"]
    return []


def _by(signs: Sequence[str], at: int) -> bool:
    """Tell whether the entity is the agent of a passive: it takes the subject's place, and means no swap."""
    return signs[max(0, at - 1) : at] == ["by"]


def _same(one: Entry, other: Entry) -> bool:
    return one.key == other.key or is_variant(one.key, other.key)


def _by_predicate(readings: Sequence[Reading]) -> dict[str, Relation]:
    """Return each predicate that is said once, with its entities."""
    found: dict[str, list[Relation]] = {}
    for r in readings:
        for predicate, agents, patients in r.relations:
            found.setdefault(predicate, []).append(Relation(predicate, _people(agents), _people(patients)))
    return {p: rs[0] for p, rs in found.items() if len(rs) == 1}


def _people(keys: frozenset[str]) -> frozenset[str]:
    """Return the keys but those of numbers and dates, which do nothing."""
    return frozenset(k for k in keys if not (k[0].isdigit() or k[0] == "#"))


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(is_variant(a, b) or a == b for a in one for b in other)


def _swapped_roles(
    before: Sequence[Reading], after: Sequence[Reading], corrected: frozenset[str]
) -> list[str]:
    """Compare who does what: an agent that became a patient, or agents of two predicates exchanged.
    One that was corrected has given way on purpose.
    """
    old, new = _by_predicate(before), _by_predicate(after)
    shared = sorted(old.keys() & new.keys())
    apart = [p for p in shared if old[p].agents and new[p].agents and not _meet(old[p].agents, new[p].agents)]
    for p in apart:
        turned = _meet(old[p].agents, new[p].patients) and _meet(new[p].agents, old[p].patients)
        same_patient = _meet(old[p].patients, new[p].patients)
        if turned or (same_patient and not old[p].agents <= corrected):
            return [f"{p!r} was said of {_shown(old[p].agents)}, now of {_shown(new[p].agents)}"]
    for p in apart:
        for q in apart:
            if p < q and _meet(old[p].agents, new[q].agents) and _meet(old[q].agents, new[p].agents):
                return [f"{p!r} and {q!r} exchanged {_shown(old[p].agents)} and {_shown(old[q].agents)}"]
    return []


def _shown(keys: frozenset[str]) -> str:
    return " and ".join(sorted(keys))
