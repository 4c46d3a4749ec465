"""Negations, quantifiers and comparisons through a change, held against each other by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from service.gates.ledger import casting, converse, polarity, roles
from service.gates.ledger.entry import HARD, Entry, EntryKind
from service.gates.ledger.operators import is_negation, negates_inside
from service.gates.ledger.polarity import entries, gone_with, reduced
from service.gates.ledger.reading import Reading
from service.gates.ledger.words import classes, rows

COUNTED = (EntryKind.QUANTIFIER, EntryKind.COMPARISON)
UNIVERSAL = "all"
DEFINITE = frozenset({"the", "his", "her", "its", "their", "these", "those", "our", "both", "two", "three"})
NOBODY = frozenset({"none", "nobody", "nothing", "no", "never", "neither"})
EVERYBODY = frozenset({"everyone", "everybody", "everything"})  # no mere emphasis
PARTIAL = frozenset(
    {"some", "few", "most", "many", "several", "half", "sometimes", "rarely", "often", "not all"}
)


@cache
def _said_by() -> dict[str, frozenset[str]]:
    """Return what other words say of a class: it may come or go where they stand."""
    return {row[0]: frozenset(row[1].split()) for row in rows("said_by.tsv")}


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
    if kind is EntryKind.COMPARISON and not fewer and not extra and converse.exchanged(before, after):
        found.invented.append("what is compared has changed sides")
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
        for key in [k for k in counts if counts[k] > 0 and _said_by().get(k, frozenset()) & held]:
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
    for counts, texts in ((fewer, after), (extra, before)):
        if counts[UNIVERSAL] and _denies_all(texts) and _denies(after):
            counts[UNIVERSAL] -= 1
    if extra[UNIVERSAL] and not any(denials) and not PARTIAL & set(+fewer) and _definite(before, after):
        extra[UNIVERSAL] = 0
    _settle_counted(before, after, fewer, extra)
    if fewer[UNIVERSAL] and not denials[0] and not PARTIAL & set(+extra):
        fewer[UNIVERSAL] = min(fewer[UNIVERSAL], _everybody(before))


def _definite(before: Sequence[Reading], after: Sequence[Reading]) -> bool:
    """Tell whether what `all` is said of in the text after is definite in the text before: `the scenes`."""
    old, new = _partial(before), _partial(after)
    targets = {e.target for r in after for e in r.of(EntryKind.QUANTIFIER) if e.key == UNIVERSAL}
    definite = {
        w.stem
        for r in before
        for i, w in enumerate(r.words)
        if any(v.fold in DEFINITE or v.fold.endswith("'s") for v in r.words[max(0, i - 3) : i])
    }
    return targets <= definite and old <= new


def _partial(readings: Sequence[Reading]) -> frozenset[str]:
    """Return the words that say less than `all`, in whatever sense they stand."""
    table = classes("quantifiers.tsv")
    return frozenset(w.fold for r in readings for w in r.words if table.get(w.fold) in PARTIAL)


def _settle_counted(
    before: Sequence[Reading], after: Sequence[Reading], fewer: Counter[str], extra: Counter[str]
) -> None:
    """`Only` before a number stresses it: it may come or go, as the number may not."""
    for counts, texts in ((fewer, before), (extra, after)):
        stressed = sum(
            one.key == "only" and other.kind in HARD and 0 <= other.start - one.end <= 1
            for r in texts
            for one, other in pairwise(r.entries)
        )
        counts["only"] -= min(stressed, counts["only"])


def _some_not(readings: Sequence[Reading]) -> bool:
    """Tell whether a sentence denies something of `some`: a word that negates stands behind it."""
    return any(
        one.key == "some" and any(w.start > one.start and _negating(w.fold) for w in r.words)
        for r in readings
        for one in r.of(EntryKind.QUANTIFIER)
    )


def _negating(word: str) -> bool:
    return is_negation(word) or negates_inside(word)


def _denies_all(readings: Sequence[Reading]) -> bool:
    """Tell whether something is denied of all: `none of them want to`, where `all refuse`."""
    return any(w.fold in NOBODY for r in readings for w in r.words)


def _denies(readings: Sequence[Reading]) -> bool:
    return polarity.lexical(readings) > 0 or any(r.of(EntryKind.NEGATION) for r in readings)


def _everybody(readings: Sequence[Reading]) -> int:
    return sum(w.fold in EVERYBODY for r in readings for w in r.words)
