"""Keeping to a length: whole sentences give way, those that carry least first."""

from __future__ import annotations

from collections import Counter

from service.reviews import SectionName
from service.writing.draft.gaps import Piece
from service.writing.draft.plain.compose import NO_ROOM, TOLERANCE

Pieces = dict[SectionName, tuple[Piece, ...]]


def words_in(pieces: Pieces) -> int:
    """Return the number of words of the sentences that stand."""
    return sum(_length(p) for ps in pieces.values() for p in ps if p.stands)


def trimmed(pieces: Pieces, words: int) -> Pieces:
    """Return the pieces within 10% above `words`: first go sentences that rest on fields alone, then those
    whose notes stand elsewhere too, then the last of the section that says most.
    """
    while words_in(pieces) > words * (1 + TOLERANCE):
        found = _least(pieces)
        if found is None:
            return pieces
        name, at = found
        row = pieces[name]
        pieces = {**pieces, name: (*row[:at], row[at].dropped(NO_ROOM), *row[at + 1 :])}
    return pieces


def _least(pieces: Pieces) -> tuple[SectionName, int] | None:
    uses = Counter(n for ps in pieces.values() for p in ps if p.stands for n in p.notes)
    standing = [(name, i, p) for name, ps in pieces.items() for i, p in enumerate(ps) if p.stands]
    lengths = {name: sum(_length(p) for p in ps if p.stands) for name, ps in pieces.items()}
    if len(standing) <= 1:
        return None
    name, at, _ = min(
        standing,
        key=lambda x: (bool(x[2].notes) + any(uses[n] == 1 for n in x[2].notes), -lengths[x[0]], -x[1]),
    )
    return name, at


def _length(piece: Piece) -> int:
    return len(piece.sentence.text.split())
