"""The outline: which note and which field goes where. A model may propose one; these rules settle it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.reviews import Note, SectionName
from service.writing.draft.asks import Plan
from service.writing.draft.record import facts_of, section_of
from service.writing.draft.request import DraftRequest

WORDS_A_NOTE = 1.35  # how much longer a note is as part of a text, counted in words
WORDS_A_FACT = 9
LENGTHS = (120, 1500)  # words of a review whose length nobody asked for
TIGHT = 0.75  # share of the notes' own words below which the length asked for cannot hold them all
FACTS_AS_RULED = ("film.directors", "film.year", "film.cast", "film.based_on", "film.awards", "film.related")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to be: what it argues, the ids of its notes and of its fields."""

    argues: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs of each section, in order, and the notes that have no place, with reasons."""

    sections: Mapping[SectionName, tuple[Paragraph, ...]]
    left_out: tuple[tuple[str, str], ...] = ()

    def notes(self, name: SectionName) -> tuple[str, ...]:
        """Return the ids of the notes of a section."""
        return tuple(n for p in self.sections[name] for n in p.notes)

    def facts(self, name: SectionName) -> tuple[str, ...]:
        """Return the ids of the fields of a section."""
        return tuple(f for p in self.sections[name] for f in p.facts)


def length_of(request: DraftRequest, notes: Sequence[Note]) -> int:
    """Return the number of words to aim at: what was asked for, else what the notes are worth."""
    if request.words is not None:
        return request.words
    worth = sum(len(n.text.split()) for n in notes) * WORDS_A_NOTE + 5 * WORDS_A_FACT
    return int(min(max(worth, LENGTHS[0]), LENGTHS[1]))


def is_tight(request: DraftRequest, notes: Sequence[Note]) -> bool:
    """Tell whether the words asked for will not hold all notes."""
    return sum(len(n.text.split()) for n in notes) * TIGHT > length_of(request, notes)


def by_rules(request: DraftRequest, notes: Sequence[Note], places: Mapping[str, SectionName]) -> Outline:
    """Return the outline that needs no model: each note in its section, in the order given, and the
    fields that a review always names.
    """
    known = facts_of(request.film)
    facts = [f for f in FACTS_AS_RULED if f in known]
    sections = {}
    for name in SectionName:
        ids = tuple(n.id for n in notes if places[n.id] is name)
        own = tuple(f for f in facts if section_of(f) is name)
        sections[name] = (Paragraph("", ids, own),) if ids or own else ()
    return Outline(sections)


def settled(
    plan: Plan, request: DraftRequest, notes: Sequence[Note], places: Mapping[str, SectionName]
) -> Outline:
    """Return the outline that `plan` proposes, made sound.

    Ids that don't exist go; a note stands once, where it was put first, or in the section that the
    writer named; a note that the plan forgot goes to its section by rule. A plan may leave notes out
    only where the words asked for cannot hold them.
    """
    known = facts_of(request.film)
    free = {n.id: n for n in notes}
    sections: dict[SectionName, list[Paragraph]] = {name: [] for name in SectionName}
    for proposed in plan.sections:
        for p in proposed.paragraphs:
            ids = [i for i in dict.fromkeys(p.notes) if i in free and _belongs(free[i], proposed.name)]
            for i in ids:
                del free[i]
            facts = tuple(f for f in dict.fromkeys(p.facts) if f in known)
            if ids or facts:
                sections[proposed.name].append(Paragraph(p.argues, tuple(ids), facts))
    left_out: list[tuple[str, str]] = []
    if is_tight(request, notes):
        left_out = [
            (x.note, x.reason or "It does not fit the length.") for x in plan.left_out if x.note in free
        ]
    for note in (n for i, n in free.items() if i not in dict(left_out)):
        _append(sections[places[note.id]], note.id)
    return Outline({n: tuple(p) for n, p in sections.items()}, tuple(left_out))


def _belongs(note: Note, name: SectionName) -> bool:
    return note.section is None or note.section is name


def _append(paragraphs: list[Paragraph], note_id: str) -> None:
    if not paragraphs:
        paragraphs.append(Paragraph())
    paragraphs[-1] = replace(paragraphs[-1], notes=(*paragraphs[-1].notes, note_id))


def shares(outline: Outline, notes: Iterable[Note], words: int) -> dict[SectionName, int]:
    """Return each section's share of `words`, by what it has to say."""
    lengths = {n.id: len(n.text.split()) for n in notes}
    weight = {
        name: sum(lengths[i] * WORDS_A_NOTE for p in ps for i in p.notes)
        + sum(WORDS_A_FACT for p in ps for _ in p.facts)
        for name, ps in outline.sections.items()
    }
    whole = sum(weight.values()) or 1
    return {name: round(words * w / whole) for name, w in weight.items()}
