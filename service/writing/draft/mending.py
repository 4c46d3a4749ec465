"""The one round of mending: the gaps of all sections go to the model together, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from service.reviews import ReviewSentence, SectionName
from service.writing.draft import asks
from service.writing.draft.asking import Asking
from service.writing.draft.checks import Place
from service.writing.draft.gaps import Gap, Piece, mend
from service.writing.draft.grounds import Grounds
from service.writing.draft.shown import facts_shown, forbidden, notes_shown

MOST = 40  # gaps that one answer has room for; those beyond take the notes' own words


@dataclass(frozen=True, slots=True)
class Unmended:
    """A section as the model wrote it: its place, its pieces, its gaps, and whether there was an answer."""

    name: SectionName
    place: Place
    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]
    answered: bool = True

    @property
    def standing(self) -> list[ReviewSentence]:
        """Return the sentences that passed their checks."""
        return [p.sentence for p in self.pieces if p.stands]

    @property
    def failed(self) -> bool:
        """Tell whether the model may be asked again: it answered, and something of it did not pass."""
        return self.answered and any(g.reasons for g in self.gaps)


async def mended(
    sections: Mapping[SectionName, Unmended], grounds: Grounds, brief: asks.Brief, asking: Asking
) -> dict[SectionName, tuple[Piece, ...]]:
    """Return each section's pieces with its gaps filled.

    The model is asked once, for all sections; what it does not mend takes the notes' own words.
    """
    sections = _numbered(sections)
    gaps = [(s.name, g) for s in sections.values() if s.failed for g in s.gaps][:MOST]
    mends = None
    if gaps:
        inputs = asks.MendInputs(
            **brief.model_dump(),
            standing=tuple(
                asks.Standing(section=s.name, sentences=tuple(p.text for p in s.standing))
                for s in sections.values()
                if any(name is s.name for name, _ in gaps)
            ),
            faults=tuple(_fault(name, gap, grounds) for name, gap in gaps),
            forbidden=forbidden(),
        )
        mends = await asking.ask(asks.MEND, inputs, about="mending")
    filled: dict[SectionName, tuple[Piece, ...]] = {n: s.pieces for n, s in sections.items()}
    for name, section in sections.items():
        others = tuple(p.sentence for n, ps in filled.items() if n is not name for p in ps if p.stands)
        place = replace(section.place, said=others)
        answers = mends if section.failed else None
        filled[name] = mend(section.pieces, section.gaps, answers, place, grounds)
    return filled


def _numbered(sections: Mapping[SectionName, Unmended]) -> dict[SectionName, Unmended]:
    """Return the sections with their gaps numbered through the review, from 1."""
    out: dict[SectionName, Unmended] = {}
    number = 0
    for name, section in sections.items():
        gaps = tuple(replace(gap, number=number + i) for i, gap in enumerate(section.gaps, 1))
        number += len(gaps)
        out[name] = replace(section, gaps=gaps)
    return out


def _fault(section: SectionName, gap: Gap, grounds: Grounds) -> asks.Fault:
    return asks.Fault(
        number=gap.number,
        section=section,
        text=gap.text,
        notes=notes_shown(gap.notes, grounds),
        facts=facts_shown(gap.facts, grounds),
        reasons=gap.reasons,
    )
