"""A review from notes and record by rules alone."""

from __future__ import annotations

from collections.abc import Sequence

from service.document import fold
from service.films import Film
from service.reviews import Note, Review, ReviewSentence, Section, SectionName
from service.writing.draft.plain.facts import Fact, facts_for
from service.writing.draft.plain.sections import section_of
from service.writing.draft.plain.sentence import sentence_of


def compose(film: Film, notes: Sequence[Note], *, spoilers: bool = False, words: int | None = None) -> Review:
    """Return the review: the writer's notes as sentences and a few facts of the record.

    `words` is an upper bound that facts give way to; notes never do.
    """
    used, left_out = _usable(notes, film, spoilers=spoilers)
    text = " ".join(n.text for n in used)
    placed = {name: [n for n in used if section_of(n, film) is name] for name in SectionName}
    spoken = {name: tuple(sentence_of(n, film) for n in placed[name]) for name in SectionName}
    said = sum(len(s.text.split()) for group in spoken.values() for s in group)
    facts = _within(facts_for(film, text), None if words is None else words - said)
    sections = tuple(_section(name, spoken[name], facts) for name in SectionName)
    title = f"{film.title} ({film.year})" if film.year else film.title
    return Review(title, film.id, sections, tuple(n.id for n in used), tuple(left_out))


def _usable(notes: Sequence[Note], film: Film, *, spoilers: bool) -> tuple[list[Note], list[tuple[str, str]]]:
    used: list[Note] = []
    out: list[tuple[str, str]] = []
    seen: dict[str, str] = {}
    for note in notes:
        key = " ".join(fold(note.text).split())
        if not any(c.isalnum() for c in note.text):
            out.append((note.id, "It holds no words."))
        elif key in seen:
            out.append((note.id, f"It says the same as {seen[key]}."))
        else:
            seen[key] = note.id
            used.append(note)
    return used, out


def _within(facts: Sequence[Fact], room: int | None) -> tuple[Fact, ...]:
    kept: list[Fact] = []
    for fact in facts:
        cost = len(fact.sentence.text.split())
        if room is None or cost <= room or fact.opens:
            kept.append(fact)
            room = None if room is None else room - cost
    return tuple(kept)


def _section(name: SectionName, spoken: Sequence[ReviewSentence], facts: Sequence[Fact]) -> Section:
    own = [f for f in facts if f.section is name and not f.topic]
    before = [f.sentence for f in own if name in {SectionName.PLOT, SectionName.CHARACTERS}]
    after = [f.sentence for f in own if f.sentence not in before]
    every = (*before, *spoken, *after)
    return Section(name, (every,) if every else ())
