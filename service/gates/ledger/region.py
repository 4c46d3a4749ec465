"""The sentences that a change touches, before and after, paired by the edits that touch them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from service.document import Document, Edit, Sentence, Span


class Region(NamedTuple):
    """Neighbouring sentences that edits touch, and the sentences that take their place."""

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    edits: tuple[Edit, ...]


def all_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of all prose blocks, headings among them."""
    return tuple(s for b in document.prose for s in b.sentences)


@dataclass(slots=True)
class _Group:
    """Sentences `[lo, hi)` of the text before, the edits that touch them, and how far what stands
    before and behind the group has moved.
    """

    lo: int
    hi: int
    edits: list[Edit]
    ahead: int
    behind: int


def regions(before: Document, after: Document, edits: Sequence[Edit]) -> list[Region]:
    """Return the regions of a change in order; edits that touch the same sentences share one."""
    old, new = _Index.of(before), _Index.of(after)
    groups = _grouped(old, edits)
    found: list[Region] = []
    taken: list[tuple[_Group, int, int]] = []
    for group in groups:
        lo, hi = _landing(group, old, new)
        if not taken or (group.lo >= taken[-1][0].hi and lo >= taken[-1][2]):
            taken.append((group, lo, hi))
            continue
        last, start, _ = taken.pop()
        joined = _Group(last.lo, max(last.hi, group.hi), last.edits + group.edits, last.ahead, group.behind)
        lo, hi = _landing(joined, old, new)
        taken.append((joined, min(lo, start), hi))
    for group, lo, hi in taken:
        found.append(Region(old.sentences[group.lo : group.hi], new.sentences[lo:hi], tuple(group.edits)))
    return found


@dataclass(frozen=True, slots=True)
class _Index:
    sentences: tuple[Sentence, ...]
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, document: Document) -> _Index:
        every = all_sentences(document)
        return cls(every, [s.span.start for s in every], [s.span.end for s in every])

    def over(self, span: Span) -> tuple[int, int]:
        """Return the range of sentences that share a character with `span`, or hold its point."""
        lo = bisect_right(self.ends, span.start)
        hi = bisect_left(self.starts, span.end)
        if span.start == span.end and hi <= lo:
            hi = lo
        return lo, max(lo, hi)


def _grouped(old: _Index, edits: Sequence[Edit]) -> list[_Group]:
    groups: list[_Group] = []
    shift = 0
    for edit in sorted(edits, key=lambda e: e.span):
        lo, hi = old.over(edit.span)
        grown = len(edit.after) - len(edit.before)
        if groups and lo < groups[-1].hi:
            groups[-1].hi = max(groups[-1].hi, hi)
            groups[-1].edits.append(edit)
            groups[-1].behind = shift + grown
        else:
            groups.append(_Group(lo, hi, [edit], shift, shift + grown))
        shift += grown
    return groups


def _landing(group: _Group, old: _Index, new: _Index) -> tuple[int, int]:
    """Return the range of the sentences after that take the group's place; widen the group until
    both ranges begin and end at the same places of the text.
    """
    while True:
        start = (
            min([group.edits[0].span.start, *old.starts[group.lo : group.lo + (group.lo < group.hi)]])
            + group.ahead
        )
        end = (
            max([group.edits[-1].span.end, *old.ends[group.hi - 1 : group.hi][: group.lo < group.hi]])
            + group.behind
        )
        lo, hi = new.over(Span(start, max(start, end)))
        if lo < hi and new.starts[lo] < start and group.lo > 0:
            group.lo -= 1
        elif lo < hi and new.ends[hi - 1] > end and group.hi < len(old.sentences):
            group.hi += 1
        else:
            return lo, hi
