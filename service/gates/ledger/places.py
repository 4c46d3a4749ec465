"""Entities that changed places: the same names and numbers, another of them in each part."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from service.gates.ledger.entry import HARD, Entry, EntryKind, Relation
from service.gates.ledger.names import is_variant
from service.gates.ledger.reading import Reading
from service.gates.ledger.words import is_function


def moved(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Return where an entity stands in another's place; nothing where either text is empty."""
    if not before or not after:
        return []
    return (_swapped_in_place(before, after) or _swapped_roles(before, after))[:1]


def _masked(readings: Sequence[Reading]) -> tuple[list[str], list[Entry | None]]:
    """Return stems with every entity as one sign, and the entity that each sign stands for."""
    signs: list[str] = []
    entities: list[Entry | None] = []
    for r in readings:
        hard = [e for e in r.entries if e.kind in HARD and e.kind is not EntryKind.QUOTATION]
        used: set[int] = set()
        for w in r.words:
            holder = next((e for e in hard if e.start <= w.start < e.end), None)
            if holder is None:
                signs.append(w.stem if not is_function(w.fold) else w.fold)
                entities.append(None)
            elif holder.start not in used:
                used.add(holder.start)
                signs.append("\N{WHITE SQUARE}" if holder.kind in {EntryKind.NAME, EntryKind.TITLE} else "#")
                entities.append(holder)
    return signs, entities


def _swapped_in_place(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Compare the entities that stand in equal surroundings of three signs or more."""
    old, old_entities = _masked(before)
    new, new_entities = _masked(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        if size < 3 or not any(
            old_entities[i + k] is None and not is_function(old[i + k]) for k in range(size)
        ):
            continue
        for k in range(size):
            a, b = old_entities[i + k], new_entities[j + k]
            if (
                a is not None
                and b is not None
                and not _same(a, b)
                and _stands(a, new_entities)
                and _stands(b, old_entities)
            ):
                return [f"{b.text!r} stands where {a.text!r} stood"]
    return []


def _same(one: Entry, other: Entry) -> bool:
    return one.key == other.key or is_variant(one.key, other.key)


def _stands(entry: Entry, entities: Sequence[Entry | None]) -> bool:
    return any(e is not None and _same(entry, e) for e in entities)


def _by_predicate(readings: Sequence[Reading]) -> dict[str, Relation]:
    """Return each predicate that is said once, with its entities."""
    found: dict[str, list[Relation]] = {}
    for r in readings:
        for relation in r.relations:
            found.setdefault(relation.predicate, []).append(relation)
    return {p: rs[0] for p, rs in found.items() if len(rs) == 1}


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(is_variant(a, b) or a == b for a in one for b in other)


def _swapped_roles(before: Sequence[Reading], after: Sequence[Reading]) -> list[str]:
    """Compare who does what: an agent that became a patient, or agents of two predicates exchanged."""
    old, new = _by_predicate(before), _by_predicate(after)
    shared = sorted(old.keys() & new.keys())
    apart = [p for p in shared if old[p].agents and new[p].agents and not _meet(old[p].agents, new[p].agents)]
    for p in apart:
        turned = _meet(old[p].agents, new[p].patients) and _meet(new[p].agents, old[p].patients)
        same_patient = _meet(old[p].patients, new[p].patients)
        if turned or same_patient:
            return [f"{p!r} was said of {_shown(old[p].agents)}, now of {_shown(new[p].agents)}"]
    for p in apart:
        for q in apart:
            if p < q and _meet(old[p].agents, new[q].agents) and _meet(old[q].agents, new[p].agents):
                return [f"{p!r} and {q!r} exchanged {_shown(old[p].agents)} and {_shown(old[q].agents)}"]
    return []


def _shown(keys: frozenset[str]) -> str:
    return " and ".join(sorted(keys))
