"""Which repeated phrases are findings of their own, and which are pieces of a longer one."""

from __future__ import annotations

from collections.abc import Iterable

from service.detectors.phrases import Phrase, Reading

LOOSE = {Reading.TOGETHER: 1, Reading.ROLE: 2}


def without_pieces(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Return the phrases, the longest first, without pieces of those before them.

    Where a piece also stands elsewhere ("universal themes" beside "universal themes of love and hope"),
    its further places join the longer phrase as `pieces`, so that a reader sees one finding.
    """
    kept: list[Phrase] = []
    owner: dict[int, int] = {}
    for phrase in sorted(phrases, key=_rank):
        held = [_holder(owner, place) for place in phrase.places]
        free = tuple(p for p, k in zip(phrase.places, held, strict=True) if k is None)
        holders = [k for k in held if k is not None]
        if not holders:
            index = len(kept)
            kept.append(phrase)
        elif phrase.reading is not Reading.ROLE and set(phrase.stems) <= set(kept[holders[0]].stems):
            index = holders[0]
            kept[index] = kept[index]._replace(pieces=tuple(sorted((*kept[index].pieces, *free))))
        elif len(free) > 1:
            index = len(kept)
            kept.append(phrase._replace(places=free))
        else:
            continue
        for start, end in free:
            owner.update((i, index) for i in range(start, end))
    return kept


def _rank(phrase: Phrase) -> tuple[int, int, float, tuple[tuple[int, int], ...]]:
    """Return by what phrases are ordered: what stands in one piece first, then the longest."""
    return LOOSE.get(phrase.reading, 0), -len(phrase.stems), -phrase.information, phrase.places


def _holder(owner: dict[int, int], place: tuple[int, int]) -> int | None:
    """Return the phrase that owns half the place or more."""
    owned = [k for k in map(owner.get, range(*place)) if k is not None]
    return owned[0] if 2 * len(owned) >= place[1] - place[0] else None
