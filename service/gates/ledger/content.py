"""What a change takes out and puts in besides its entries: the weight of plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.gates.ledger import lexicon, polarity, roles
from service.gates.ledger.entry import EntryKind
from service.gates.ledger.lexicon import alike, synonyms
from service.gates.ledger.names import parts
from service.gates.ledger.operators import negates_inside
from service.gates.ledger.reading import Reading, paired
from service.gates.ledger.relations import predicate
from service.gates.ledger.standing import Standing
from service.gates.ledger.tagging import tags
from service.gates.ledger.words import filler_stems, is_function, light_stems, sames

UNCOVERED_SHARE = 0.12
DESCRIBING = 0.3  # the weight of an adjective or adverb
LIGHT = 0.15  # the weight of a word that carries a statement and adds little to it
OVERLAP = 0.2
FEW = 4  # words
TOLD = 3  # words of what a sentence says; as many for each sentence that may say them instead


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is lost and invented, as reasons; at most one each."""

    lost: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()


def weigh(
    before: Sequence[Reading], after: Sequence[Reading], rest: Standing, empty: frozenset[str]
) -> Weighed:
    """Weigh the plain words that left and came. Words that left must stand elsewhere in the text
    or be filler; for a paraphrase as many may be new. A text must still speak of what it replaces.
    """
    old, new = _concrete(before), _concrete(after)
    written = {p for r in after for w in r.words for p in parts(w.fold)}
    meant, meaning = lexicon.groups(before), lexicon.groups(after)
    turned = polarity.turned(before, after)
    again = written | turned | _retold(before, meaning)
    again |= _said_again(old, before, after)
    left = [s for s in old if not alike(s, new) and s not in again and sames().get(s) not in meaning]
    known = rest.record.stems | turned | _said_again(new, after, before)
    came = [s for s in new if not alike(s, old) and s not in known and sames().get(s) not in meant]
    undone = _negating(before) if _negations(after) > _negations(before) else frozenset()
    gone = [
        s
        for s in left
        if s not in empty and s not in undone and not rest.has_stem(s) and not rest.has_stem(f"class {s}")
    ]
    lost = _lost(gone, came, before, after) or _scattered(old, new, rest, empty | undone)
    return Weighed(lost, _invented(came, left, before, after, rest))


def _said_again(
    stems: Sequence[str], readings: Sequence[Reading], others: Sequence[Reading]
) -> frozenset[str]:
    """Return those stems that the other texts say: by a word that begins alike, by a synonym, by a word or
    construction of the same role (`wrote it`, `his script`).
    """
    told = {w.stem for r in others for w in r.words if not is_function(w.fold)}
    roles_told = roles.predicates(others) | roles.implied(others)
    supporting = frozenset(s for p in roles_told for s in roles.SUPPORT.get(p, ()))
    asked = frozenset(stems)
    return frozenset(
        w.stem
        for r in readings
        for w in r.words
        if w.stem in asked
        and (
            predicate(w) in roles_told | supporting
            or w.stem in supporting
            or synonyms(w.fold) & told
            or alike(w.stem, told)
        )
    )


def _retold(before: Sequence[Reading], meaning: frozenset[str]) -> frozenset[str]:
    """Return the stems of verbs with particles that one of the groups `meaning` says again."""
    return frozenset(
        s for r in before for verb, *both in lexicon.phrasal(r) if sames()[verb] in meaning for s in both
    )


def _scattered(
    old: Sequence[str], new: Sequence[str], rest: Standing, empty: frozenset[str]
) -> tuple[str, ...]:
    """Name what a dropped sentence said where its words stand in the text, but here one and there one."""
    told = [s for s in old if s not in empty]
    if new or len(told) < TOLD or rest.gathered(told, 1 + len(told) // TOLD):
        return ()
    return (f"{', '.join(repr(s) for s in told[:4])} stand scattered over the text, and are not said there",)


def _negations(readings: Sequence[Reading]) -> int:
    return sum(len(r.of(EntryKind.NEGATION)) for r in readings)


def _negating(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the stems of words that negate by their meaning or prefix; `not` may say the same."""
    return frozenset(w.stem for r in readings for w in r.words if negates_inside(w.fold))


def _concrete(readings: Sequence[Reading]) -> list[str]:
    return list(dict.fromkeys(s for r in readings for s in r.concrete))


def _lost(
    gone: Sequence[str], came: Sequence[str], before: Sequence[Reading], after: Sequence[Reading]
) -> tuple[str, ...]:
    now = {s for r in after for s in r.content}
    dropped = [s for r in before for s in r.content if s not in now]
    stood = {w.stem for r in before for w in r.words}
    light = {s for s in now - stood if s in light_stems() or s in filler_stems()}
    allowed = int(UNCOVERED_SHARE * len(dropped)) + (1.5 * len(came) + 1 if came else bool(light))
    describing = {s for r in before for s in _describing(r)}
    weight = sum(LIGHT if g in light_stems() else DESCRIBING if g in describing else 1.0 for g in gone)
    if weight > allowed + 0.5:
        said = {w.stem: w.fold for r in before for w in r.words}
        return (f"what it says of {', '.join(repr(said.get(g, g)) for g in gone[:4])} stands nowhere else",)
    return ()


def _describing(reading: Reading) -> frozenset[str]:
    """Return the stems that stand as adjectives or adverbs only."""
    tagged = tags([w.text for w in reading.words])
    by_stem: dict[str, set[str]] = {}
    for w, tag in zip(reading.words, tagged, strict=True):
        by_stem.setdefault(w.stem, set()).add(tag.partition("|")[0])
    return frozenset(s for s, kinds in by_stem.items() if kinds <= {"ADJ", "ADV"})


def _invented(
    came: Sequence[str],
    left: Sequence[str],
    before: Sequence[Reading],
    after: Sequence[Reading],
    rest: Standing,
) -> tuple[str, ...]:
    came = [c for c in came if c not in light_stems()]
    if len(came) > len(left) + (2 if len(_concrete(before)) >= FEW else 1):
        return (f"it says more than it replaces: {', '.join(repr(c) for c in came[:4])}",)
    if strange := _strange(came, left, before, after):
        return (f"{strange[:60]!r} speaks of something else",)
    stood, stands = (Counter(w.stem for r in rs for w in r.words) for rs in (before, after))
    added = [s for s in came if s != "play" or not any(paired(r) for r in before)]
    if added and not stood - stands:
        return (f"it adds {added[0]!r} and leaves nothing out",)
    old = {s for r in before for s in _meanings(r)}
    new = [m for r in after for m in _meanings(r)]
    shared = sum(alike(s, old) or s in rest.record.stems for s in new)
    if (len(new) >= FEW or (came and not shared)) and shared < OVERLAP * len(new):
        return (f"only {shared} of its {len(new)} words speak of what it replaces",)
    return ()


def _strange(
    came: Sequence[str], left: Sequence[str], before: Sequence[Reading], after: Sequence[Reading]
) -> str:
    """Return a sentence that shares no word with the text before, or one that was added, of which half
    or more is new while nothing gave way to it.
    """
    stood = [s for r in before for s in r.content]
    for r in after:
        told = [s for s in r.concrete if s in came]
        if told and not any(alike(s, stood) for s in r.content):
            return r.text
    if len(after) <= len(before) or len(left) >= len(came):
        return ""
    for r in after:
        fresh = sum(s in came for s in r.concrete)
        if fresh and fresh >= len(r.concrete) / 2:
            return r.text
    return ""


def _meanings(reading: Reading) -> list[str]:
    filler = filler_stems()
    return [
        m
        for w in reading.words
        if not is_function(w.fold)
        for m in ((w.stem,) if w.stem in filler else (predicate(w),))
    ]
