"""Settling a change: which entries are kept, merged, corrected or dropped, and which are lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.gates.ledger import casting, content, coordination, credited, operations, places, polarity, roles
from service.gates.ledger.entry import HARD, Entry, EntryKind, Fate
from service.gates.ledger.names import is_variant, parts
from service.gates.ledger.reading import Reading
from service.gates.ledger.relations import predicate
from service.gates.ledger.standing import Standing
from service.gates.ledger.words import filler_stems, is_function, stem

REASONS = {
    Fate.KEPT: "",
    Fate.MERGED: "stands in another sentence",
    Fate.CORRECTED: "the record has another value",
    Fate.DROPPED: "said elsewhere in the text",
}
FIRST = "#1"
TWO = frozenset({"both", "two", "and", "neither", "pair", "couple", "either"})
OPENING = frozenset({"open", "begin", "start", "debut", "newcom"})
NAMED = frozenset({EntryKind.NAME, EntryKind.TITLE})


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one entry; `side` is `before` or `after`, `sentence` its index there."""

    fate: Fate
    entry: Entry
    side: str
    sentence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """The settled lines of a region, and what is lost or invented: reasons, the first decides."""

    lines: tuple[Line, ...]
    open_lines: tuple[Line, ...]
    lost: tuple[str, ...]
    invented: tuple[str, ...]


def settle(
    before: Sequence[Reading],
    after: Sequence[Reading],
    rest: Standing,
    corrected: frozenset[str] = frozenset(),
    empty: frozenset[str] = frozenset(),
) -> Settlement:
    """Settle a region. `rest` is the standing of the text after the change; `corrected` holds the
    folded texts that the record contradicts (or spells otherwise) and whose stored value the
    text after has; `empty` the stems of clichés, which say nothing.
    """
    lines: list[Line] = []
    unsettled: list[Line] = []
    lost, invented = [], []
    for i, reading in enumerate(before):
        for entry in reading.entries:
            if entry.kind in HARD:
                if entry.kind is EntryKind.NAME and _is_empty(entry, empty) and not _stands_in(entry, after):
                    lines.append(
                        Line(Fate.DROPPED, entry, "before", i, "part of an instruction or a stock phrase")
                    )
                    continue
                fate, reason = _outcome(entry, reading, after, rest, corrected)
                lost += [reason] if reason else []
                (unsettled if reason else lines).append(
                    Line(fate, entry, "before", i, reason or REASONS[fate])
                )
    for i, reading in enumerate(after):
        for entry in reading.entries:
            if entry.kind in HARD and not _stands_in(entry, before):
                reason = _source(entry, before, rest)
                invented += (
                    []
                    if reason
                    else [f"{entry.kind} {entry.text!r} stands neither in the sentence nor in the record"]
                )
                lines += [Line(Fate.ADDED, entry, "after", i, reason)] if reason else []
    invented += _retitled(before, after, rest)
    invented += credited.misplaced(before, after, rest.record.credits, rest.record.characters)
    lost += casting.miscast(after, rest.record.characters, rest.record.actors)
    operators = operations.settle(before, after, empty)
    lines += [Line(Fate(f), e, "before", i, r) for f, e, i, r in operators.lines]
    lost += operators.lost
    invented += operators.invented
    lost += places.moved(before, after, corrected)
    lost += coordination.parted(before, after, rest, empty)
    weighed = content.weigh(before, after, rest, empty)
    lost += weighed.lost
    invented += weighed.invented
    return Settlement(tuple(lines), tuple(unsettled), tuple(lost), tuple(invented))


def _outcome(
    entry: Entry, reading: Reading, after: Sequence[Reading], rest: Standing, corrected: frozenset[str]
) -> tuple[Fate, str]:
    if _stands_in(entry, after):
        missing = _missing_parts(entry, after, rest)
        return Fate.KEPT, f"{entry.kind} {entry.text!r} loses {missing!r}" if missing else ""
    if any(entry.key in c or c in entry.key for c in corrected):
        return Fate.CORRECTED, ""
    if _stands_elsewhere(entry, reading, rest):
        return (Fate.MERGED if after else Fate.DROPPED), ""
    return Fate.DROPPED, f"{entry.kind} {entry.text!r} stands nowhere else in the same relation"


def _retitled(before: Sequence[Reading], after: Sequence[Reading], rest: Standing) -> list[str]:
    """Return the title whose words between quotation marks are no title's of the text or the record."""
    known = {e.key for r in before for e in r.of(*NAMED)}
    new = {e.key for r in after for e in r.entries}
    for entry in (e for r in after for e in r.of(EntryKind.TITLE)):
        named = parts(entry.key)
        if any(e.key not in new and named < parts(e.key) for r in before for e in r.of(EntryKind.TITLE)):
            return [f"title {entry.text!r} is cut short"]
        own = sum(e.key == entry.key for r in after for e in r.entries)
        if entry.key not in known and rest.times(entry.key) <= own and named not in rest.record.values:
            return [f"title {entry.text!r} is altered"]
    return []


def _is_empty(entry: Entry, empty: frozenset[str]) -> bool:
    return all(stem(p) in empty for p in parts(entry.key))


def _missing_parts(entry: Entry, after: Sequence[Reading], rest: Standing) -> str:
    """Return the part of a name that a shorter variant leaves out and that stands nowhere else."""
    if entry.kind not in NAMED:
        return ""
    present = _parts_of(after) | {w.fold for r in after for w in r.words}
    return next((p for p in sorted(parts(entry.key)) if p not in present and not rest.has_part(p)), "")


def _parts_of(readings: Iterable[Reading]) -> frozenset[str]:
    return frozenset(p for r in readings for e in r.entries if e.kind in NAMED for p in parts(e.key))


def word_pool(readings: Iterable[Reading]) -> frozenset[str]:
    """Return every folded word, with the parts of hyphenated ones and possessives off."""
    return frozenset(p for r in readings for w in r.words for p in (w.fold, *parts(w.fold)))


def _stands_in(entry: Entry, readings: Sequence[Reading]) -> bool:
    if entry.kind in NAMED:
        return (
            any(o.kind in NAMED and is_variant(entry.key, o.key) for r in readings for o in r.entries)
            or parts(entry.key) <= word_pool(readings)
            or _written_together(entry, readings)
        )
    if entry.text.lower() == "both":
        return any(w.fold in TWO for r in readings for w in r.words)
    if entry.key == FIRST and _first_said(readings):
        return True
    if entry.kind is EntryKind.QUOTATION:
        return any(o.key == entry.key for r in readings for o in r.entries if o.kind is EntryKind.QUOTATION)
    return any(
        o.key == entry.key or (o.kind in HARD and _same_value(o, entry)) for r in readings for o in r.entries
    )


def _first_said(readings: Sequence[Reading]) -> bool:
    """Tell whether a word says that something was the first: `opens with`, `debut`, `never before`."""
    said = {w.stem for r in readings for w in r.words}
    denied = any(r.of(EntryKind.NEGATION) for r in readings)
    return bool(said & OPENING) or (denied and bool(said & polarity.BEFORE_NOW))


def _written_together(entry: Entry, readings: Sequence[Reading]) -> bool:
    joined = entry.key.replace("-", "").replace(" ", "")
    return any(joined in "".join(w.fold.replace("-", "") for w in r.words) for r in readings)


def _same_value(one: Entry, other: Entry) -> bool:
    """Tell whether they are one value, as `120` and `120 minutes` are."""
    if EntryKind.DATE in {one.kind, other.kind}:
        dated = one.kind is other.kind
        if dated and one.key.endswith("0s") and other.key.endswith("0s"):  # the 1980s, the eighties
            return one.key[-3:] == other.key[-3:] and len(one.key) != len(other.key)
        return dated and one.key[:4] == other.key[:4] and 4 in {len(one.key), len(other.key)}
    bare = " " not in one.key and " " not in other.key
    if bare and one.key.removesuffix("x") == other.key.removesuffix("x"):  # `more than thirty times`
        return True
    return one.key.split()[0] == other.key.split()[0] and (" " not in one.key or " " not in other.key)


def _stands_elsewhere(entry: Entry, reading: Reading, rest: Standing) -> bool:
    predicates = {predicate(w) for w in reading.words if not is_function(w.fold)}
    if entry.kind in NAMED:
        named = parts(entry.key)
        if named and any(named <= t for t in rest.record.titles):
            return all(rest.has_part(p) or rest.has_stem(stem(p)) for p in named)
        if not named or not all(rest.has_part(p) or rest.has_stem(p) for p in named):
            return False
        done = [
            r.predicate for r in reading.relations if entry.key in r.agents and r.predicate in roles.FACTS
        ]
        told = _told(entry, reading)
        again = not told or any(rest.has_pair(p, d) for p in named for d in told)
        return again and all(any(rest.has_pair(p, d) for p in named) for d in done)
    if not rest.has_key(entry.key):
        return False
    return entry.kind is EntryKind.QUOTATION or any(rest.has_pair(entry.key, p) for p in predicates)


def _told(entry: Entry, reading: Reading) -> frozenset[str]:
    """Return what the sentence says of the name that could be checked."""
    about = (r for r in reading.relations if entry.key in r.agents or entry.key in r.patients)
    return frozenset(r.predicate for r in about if r.predicate not in filler_stems())


def _source(entry: Entry, before: Sequence[Reading], rest: Standing) -> str:
    """Return where an added entry may come from, or nothing."""
    if entry.kind in NAMED:
        named = parts(entry.key)
        if rest.record.has_name(named):
            return "from the record or a note"
        common = named - word_pool(before)
        return "in words of the text before" if not common else ""
    return "from the record or a note" if entry.key in rest.record.keys else ""
