"""A review from notes and record by rules alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.films import Film
from service.reviews import Note, Review, ReviewSentence, Section, SectionName
from service.writing.draft.plain import facts as record
from service.writing.draft.plain.completion import Frame
from service.writing.draft.plain.facts import Fact, facts_for
from service.writing.draft.plain.flow import Item, joined, ordered, placed, varied
from service.writing.draft.plain.mentions import Mentions
from service.writing.draft.plain.people import actors_of
from service.writing.draft.plain.referents import pronoun
from service.writing.draft.plain.screening import Screened, screen
from service.writing.draft.plain.sections import section_of
from service.writing.draft.plain.sentence import drafts
from service.writing.draft.plain.typography import curly

PARAGRAPH = 5  # sentences after which a section is broken where its rank changes
_LENGTH = re.compile(r"\b(?:minutes|hours?|too long|overlong|runtime|length)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the review will say, section by section, before names and openings are made to fit."""

    screened: Screened
    items: dict[SectionName, list[Item]]
    facts: tuple[Fact, ...]


def compose(film: Film, notes: Sequence[Note], *, spoilers: bool = False, words: int | None = None) -> Review:
    """Return the review: the writer's notes as sentences and a few facts of the record.

    `words` is an upper bound that facts give way to; notes never do.
    """
    plan = plan_of(film, notes, spoilers=spoilers)
    items = {name: joined(group) for name, group in plan.items.items()}
    return written(film, plan, items, words=words)


def plan_of(film: Film, notes: Sequence[Note], *, spoilers: bool) -> Plan:
    """Return the usable notes as items in their sections, in order, and the facts to choose from."""
    screened = screen(notes, film, spoilers=spoilers)
    items: dict[SectionName, list[Item]] = {name: [] for name in SectionName}
    he = ""
    for note in screened.used:
        section = section_of(note, film)
        made = drafts(note.text, film, section, he)
        he = pronoun(made, film) or he
        items[section].append(placed(Item((note.id,), made, section), film))
    text = "\n".join(n.text for n in screened.used)
    return Plan(screened, {n: ordered(group) for n, group in items.items()}, facts_for(film, text))


def written(film: Film, plan: Plan, items: dict[SectionName, list[Item]], *, words: int | None = None) -> Review:
    """Return the review of planned items: names in full once, roles at first mention, facts woven in."""
    mentions = Mentions.of(film)
    notes_text = "\n".join(n.text for n in plan.screened.used)
    said = sum(len(i.text.split()) for group in items.values() for i in group)
    room = None if words is None else words - said
    facts = list(_within(_fitting(plan.facts, items), room))
    sections = []
    for name in SectionName:
        own = [f for f in facts if f.section is name]
        if name is SectionName.CHARACTERS:
            told = mentions.roles | _told(film, items[name])
            cast = record.cast(film, notes_text, told=told)
            own += [cast] if cast and (room is None or len(cast.sentence.text.split()) <= room) else []
        sections.append(_section(name, items[name], own, mentions))
    title = f"{film.title} ({film.year})" if film.year else film.title
    used = tuple(n.id for n in plan.screened.used)
    return Review(title, film.id, tuple(sections), used, plan.screened.left_out)


def _told(film: Film, items: Sequence[Item]) -> set[str]:
    """Return the characters that the section's own sentences will introduce with their actors."""
    probe = Mentions.of(film)
    for item in items:
        probe.pass_through(ReviewSentence(item.text, ()))
    return {c for c in actors_of(film) if c in probe.roles}


def _fitting(facts: Sequence[Fact], items: dict[SectionName, list[Item]]) -> list[Fact]:
    """Return the facts without those that only stand beside a topic that no note has."""
    plot = " ".join(i.text for i in items[SectionName.PLOT])
    return [f for f in facts if f.topic != "length" or _LENGTH.search(plot)]


def _within(facts: Sequence[Fact], room: int | None) -> tuple[Fact, ...]:
    kept: list[Fact] = []
    for fact in facts:
        cost = len(fact.sentence.text.split())
        if room is None or cost <= room or fact.opens:
            kept.append(fact)
            room = None if room is None else room - cost
    return tuple(kept)


def _section(name: SectionName, items: Sequence[Item], facts: Sequence[Fact], mentions: Mentions) -> Section:
    paragraphs: list[list[ReviewSentence]] = [[]]
    before = [f for f in facts if name in {SectionName.PLOT, SectionName.CHARACTERS} and not f.topic]
    for fact in before:
        paragraphs[-1].append(mentions.pass_through(fact.sentence, weave=False))
    after_film = name is SectionName.PLOT and bool(before)
    rank = items[0].rank if items else 0
    flat = varied([d for i in items for d in i.drafts], after_film=after_film)
    for item in items:
        own, flat = flat[: len(item.drafts)], flat[len(item.drafts) :]
        if item.rank != rank and len(paragraphs[-1]) >= 3:
            paragraphs.append([])
        rank = item.rank
        for fact in [f for f in facts if f.topic == "length" and _LENGTH.search(item.text)]:
            paragraphs[-1].append(mentions.pass_through(fact.sentence, weave=False))
            facts = [f for f in facts if f is not fact]
        text = " ".join(d.sentence for d in own)
        paragraphs[-1].append(mentions.pass_through(ReviewSentence(text, item.sources)))
    last = [f for f in facts if f not in before and not f.topic]
    if last and len(paragraphs[-1]) >= 4:
        paragraphs.append([])
    paragraphs[-1] += [mentions.pass_through(f.sentence, weave=False) for f in last]
    return Section(name, tuple(tuple(map(curly, p)) for p in paragraphs if p))
