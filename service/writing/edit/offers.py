"""Proposals kept from round to round: those of a sentence are made again only where something changed
that they depend on. Between two rounds of a long text nearly nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from service.document import Edit, Span
from service.writing.edit.place import Place, Proposal, Target
from service.writing.edit.proposals import proposed
from service.writing.edit.rounds import Contest

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Offer:
    """The proposals of a sentence, with where it began and the ids of its findings then."""

    proposals: tuple[Proposal, ...]
    start: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """The proposals made so far in an edit, by all that they depend on."""

    _made: dict[Key, _Offer] = field(default_factory=dict)

    def contests(self, sites: Sequence[Place], *, eager: bool, whole: bool = True) -> list[Contest]:
        """Return a contest for each sentence that something can be done about. `eager` looks for empty
        frames in sentences that nothing flags, too; without `whole` no sentence is dropped or turned round.
        """
        found = []
        for place in sites:
            if place.open_targets or eager:
                proposals = self._of(place, whole=whole)
                if proposals:
                    found.append(Contest(proposals, (place.block,), place))
        return found

    def _of(self, place: Place, *, whole: bool) -> tuple[Proposal, ...]:
        key = _key(place, whole=whole)
        start, ids = place.sentence.span.start, tuple(t.finding.id for t in place.targets)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _Offer(tuple(proposed(place, whole=whole)), start, ids)
        if (made.start, made.ids) == (start, ids):
            return made.proposals
        now = dict(zip(made.ids, ids, strict=True))
        return tuple(replace(p, edit=_moved(p.edit, start - made.start, now)) for p in made.proposals)


def _moved(edit: Edit, by: int, now: dict[str, str]) -> Edit:
    """Return the edit of a text in which its sentence stands elsewhere and its findings have other ids."""
    span = Span(edit.span.start + by, edit.span.end + by)
    return replace(edit, span=span, answers=tuple(dict.fromkeys(now[a] for a in edit.answers)))


def _key(place: Place, *, whole: bool) -> Key:
    """Return all that a place's proposals depend on in the course of an edit."""
    names = place.known.intersection([t.fold.removesuffix("'s") for t in place.sentence.tokens])
    targets = tuple(map(_about, place.targets))
    return _around(place), names, place.named, targets, whole


def _around(place: Place) -> Key:
    """Return the sentence with those next to it; of one that is a paragraph by itself, the paragraphs' kinds
    and what lies between them.
    """
    source, block, i = place.document.source, place.block, place.index
    ahead, behind = block.sentences[max(0, i - 1) : i], block.sentences[i + 1 : i + 2]
    start = ahead[0].span.start if ahead else place.sentence.span.start
    end = behind[0].span.end if behind else place.sentence.span.end
    here = (block.kind, len(ahead), len(behind), place.sentence.span.start - start, source[start:end])
    if ahead or behind:
        return here
    before, after = place.around
    return (
        *here,
        before and (before.kind, source[before.span.end : block.span.start]),
        after and (after.kind, source[block.span.end : after.span.start]),
    )


def _about(target: Target) -> Key:
    finding = target.finding
    film = bool(finding.evidence.get("film"))
    return finding.kind, finding.level, film, target.start, target.end, target.frozen
