"""Negations, quantifiers and comparisons through a change, held against each other by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.gates.ledger import casting, converse, polarity, roles
from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.polarity import entries, gone_with, reduced
from service.gates.ledger.reading import Reading

COUNTED = (EntryKind.QUANTIFIER, EntryKind.COMPARISON)
UNIVERSAL = "all"
EVERYBODY = frozenset({"everyone", "everybody", "everything"})  # no mere emphasis
PARTIAL = frozenset(
    {"some", "few", "most", "many", "several", "half", "sometimes", "rarely", "often", "not all"}
)
# What words besides the operators say of a class: a class may come or go where they stand in the other text.
SAID_BY: Mapping[str, frozenset[str]] = {
    "more": frozenset({"grow", "increas", "rise", "deepen", "gain", "improv", "expand"}),
    "less": frozenset(
        {"shrink", "fall", "declin", "diminish", "drop", "decreas", "fade", "lessen", "dwindl"}
    ),
    "better": frozenset({"improv", "superior", "surpass", "outdo"}),
    "worse": frozenset({"inferior", "deterior", "worsen"}),
    "only": frozenset({"singl", "sole", "lone", "themselv", "itself"}),
}


@dataclass(slots=True)
class Operators:
    """Lines `(fate, entry, sentence, reason)` and what is lost or invented."""

    lines: list[tuple[str, Entry, int, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def settle(
    before: Sequence[Reading], after: Sequence[Reading], empty: frozenset[str] = frozenset()
) -> Operators:
    """Hold the operators of the texts against each other; `empty` are the stems of clichés."""
    found = Operators()
    stems = Counter(polarity.said(after))
    _negation_lines(before, after, stems, empty, found)
    found.lost += polarity.lost(before, after, stems, empty)
    found.invented += polarity.invented(before, after, stems, empty)
    for kind in COUNTED:
        _classes(kind, before, after, stems, found)
    found.invented += polarity.opposed(before, after)
    found.invented += polarity.restricted(before, after)
    found.lost += roles.lost(before, after)
    found.lost += casting.recast(before, after)
    found.invented += roles.added(before, after)
    return found


def _negation_lines(
    before: Sequence[Reading],
    after: Sequence[Reading],
    stems: Counter[str],
    empty: frozenset[str],
    found: Operators,
) -> None:
    old, new = polarity.negations(before, empty, stems), entries(after, EntryKind.NEGATION)
    negated = {e.target for _, e in new}
    for i, e in old:
        dropped = len(old) > len(new) and e.target not in stems and e.target not in negated
        reason = "dropped with its clause" if dropped else ""
        found.lines.append(("dropped" if dropped else "kept", e, i, reason))


def _classes(
    kind: EntryKind,
    before: Sequence[Reading],
    after: Sequence[Reading],
    stems: Counter[str],
    found: Operators,
) -> None:
    old, new = entries(before, kind), entries(after, kind)
    fewer = Counter(e.key for _, e in old) - Counter(e.key for _, e in new)
    extra = Counter(e.key for _, e in new) - Counter(e.key for _, e in old)
    for i, e in old:
        alone = reduced(before, after) or gone_with(e, before, stems)
        leaves = fewer[e.key] > 0 and (e.target not in stems or not e.target) and alone
        if leaves:
            fewer[e.key] -= 1
        found.lines.append(
            ("dropped" if leaves else "kept", e, i, "dropped with its clause" if leaves else "")
        )
    _settle_same(kind, before, after, fewer, extra)
    lost = [e for _, e in old if fewer[e.key] > 0]
    gained = [e for _, e in new if extra[e.key] > 0]
    found.lost += [f"the {kind} {e.text!r} is lost" for e in lost[:1]]
    found.invented += [f"the {kind} {e.text!r} is new" for e in gained[:1]]


def _settle_same(
    kind: EntryKind,
    before: Sequence[Reading],
    after: Sequence[Reading],
    fewer: Counter[str],
    extra: Counter[str],
) -> None:
    """Take from what left and came the classes that other words of the texts say."""
    if kind is EntryKind.QUANTIFIER:
        _settle_universal(before, after, fewer, extra)
    for one, other in list(_matched(fewer, extra)):
        if converse.turned_round(one, other, before, after):
            del fewer[one], extra[other]
    for counts, texts in ((fewer, after), (extra, before)):
        held = set(polarity.said(texts))
        for key in [k for k in counts if counts[k] > 0 and SAID_BY.get(k, frozenset()) & held]:
            counts[key] -= 1


def _matched(fewer: Counter[str], extra: Counter[str]) -> Iterator[tuple[str, str]]:
    return ((one, other) for one in fewer for other in extra)


def _settle_universal(
    before: Sequence[Reading], after: Sequence[Reading], fewer: Counter[str], extra: Counter[str]
) -> None:
    """`Not all do` is `some do not`. `All` may be left unsaid where nothing denies or narrows it."""
    denials = [len(entries(rs, EntryKind.NEGATION)) for rs in (before, after)]
    if fewer["not all"] and extra["some"] and _some_not(after):
        fewer["not all"], extra["some"] = fewer["not all"] - 1, extra["some"] - 1
    if extra["not all"] and fewer["some"] and _some_not(before):
        extra["not all"], fewer["some"] = extra["not all"] - 1, fewer["some"] - 1
    if fewer[UNIVERSAL] and not denials[0] and not PARTIAL & set(+extra):
        fewer[UNIVERSAL] = min(fewer[UNIVERSAL], _everybody(before))


def _some_not(readings: Sequence[Reading]) -> bool:
    """Tell whether a sentence denies something of `some`: the negation stands behind it."""
    return any(
        one.key == "some" and other.kind is EntryKind.NEGATION and other.start > one.start
        for r in readings
        for one in r.of(EntryKind.QUANTIFIER)
        for other in r.entries
    )


def _everybody(readings: Sequence[Reading]) -> int:
    return sum(w.fold in EVERYBODY for r in readings for w in r.words)
