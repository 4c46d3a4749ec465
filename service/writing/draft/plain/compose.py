"""A review from notes and record by rules alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.document import parse
from service.facts import Verdict, check
from service.films import Film
from service.reviews import Note, Review, ReviewSentence, Section, SectionName
from service.writing.draft.plain import facts as record
from service.writing.draft.plain.cohesion import Line, cohere, led
from service.writing.draft.plain.facts import Fact, facts_for
from service.writing.draft.plain.flow import Item, joined, ordered, placed, varied
from service.writing.draft.plain.frames import Draft, Frame
from service.writing.draft.plain.mentions import Mentions
from service.writing.draft.plain.people import actors_of
from service.writing.draft.plain.places import places_of, resolved
from service.writing.draft.plain.rating import is_rating
from service.writing.draft.plain.referents import pronoun
from service.writing.draft.plain.screening import Screened, screen
from service.writing.draft.plain.sentence import drafts
from service.writing.draft.plain.typography import curly

NO_ROOM = "There is no room for it within the length asked for."
TOLERANCE = 0.1  # by so much of the length asked for a review may be longer
PARAGRAPH = 5  # sentences after which a section is broken where its rank changes
_LENGTH = re.compile(
    r"(?:film|it) (?:is|runs|feels|felt) [^.;]*\b(?:long|overlong)\b(?=[.,;]|$| (?:and|but|by|for|or|at)\b)"
    r"|running time|runtime|by \w+ minutes|minutes (?:too|could)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the review will say, section by section, before names and openings are made to fit."""

    screened: Screened
    items: dict[SectionName, list[Item]]
    facts: tuple[Fact, ...]


def compose(film: Film, notes: Sequence[Note], *, spoilers: bool = False, words: int | None = None) -> Review:
    """Return the review: the writer's notes as sentences and a few facts of the record.

    `words` is an upper bound, met within a tenth: facts give way to it first, then the last notes of the
    section that says most, which are listed as left out; a rating and the last note stay.
    """
    given = list(notes)
    left: list[tuple[str, str]] = []
    while True:
        plan = plan_of(film, given, spoilers=spoilers)
        items = {name: joined(group) for name, group in plan.items.items()}
        review = written(film, plan, items, words=words)
        rated = frozenset(n.id for n in given if is_rating(n.text))
        spare = None if words is None else _spare(review, words, rated)
        if spare is None:
            return replace(review, notes_left_out=(*review.notes_left_out, *left))
        left.append((spare, NO_ROOM))
        given = [n for n in given if n.id != spare]


def _spare(review: Review, words: int, rated: frozenset[str]) -> str | None:
    """Return the note that gives way to the length asked for; None where it is kept, or nothing can go."""
    if _length(review) <= words * (1 + TOLERANCE):
        return None
    used = frozenset(review.notes_used) - rated
    longest = sorted(review.sections, key=lambda s: -sum(len(t.text.split()) for t in s.sentences))
    told = (i for s in longest for t in reversed(s.sentences) for i in reversed(t.sources) if i in used)
    return next(told, None) if len(review.notes_used) > 1 else None


def plan_of(film: Film, notes: Sequence[Note], *, spoilers: bool) -> Plan:
    """Return the usable notes as items in their sections, in order, and the facts to choose from."""
    screened = screen(notes, film, spoilers=spoilers)
    items: dict[SectionName, list[Item]] = {name: [] for name in SectionName}
    he = ""
    places = places_of(screened.used, film)
    for i, note in enumerate(screened.used):
        section = places[note.id]
        text = resolved(note, screened.used[:i], film)
        made = drafts(text, film, section, he)
        he = pronoun(made, film) or he
        items[section].append(placed(Item((note.id,), made, section), film))
    notes_text = "\n".join(n.text for n in screened.used)
    return Plan(screened, {n: ordered(group) for n, group in items.items()}, facts_for(film, notes_text))


def written(
    film: Film, plan: Plan, items: dict[SectionName, list[Item]], *, words: int | None = None
) -> Review:
    """Return the review of planned items: names in full once, roles at first mention, facts woven in.

    Facts are left out, the least first, until the review fits into `words`; the opening stays.
    """
    facts = _fitting(plan.facts, items)
    for kept in range(len(facts), -1, -1):
        for with_cast in (True, False):
            review = _assembled(film, plan, items, facts[:kept], with_cast=with_cast)
            if words is None or _length(review) <= words:
                return review
    return _assembled(film, plan, items, facts[:1], with_cast=False)


def _length(review: Review) -> int:
    return sum(len(s.text.split()) for section in review.sections for s in section.sentences)


def _assembled(
    film: Film, plan: Plan, items: dict[SectionName, list[Item]], facts: Sequence[Fact], *, with_cast: bool
) -> Review:
    mentions = Mentions.of(film)
    notes_text = "\n".join(n.text for n in plan.screened.used)
    sections = []
    for name in SectionName:
        own = [f for f in facts if f.section is name]
        if name is SectionName.CHARACTERS and with_cast:
            told = mentions.roles | _told(film, items[name])
            cast = record.cast(film, notes_text, told=told)
            own += [cast] if cast else []
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


def _lines(name: SectionName, items: Sequence[Item], facts: Sequence[Fact]) -> list[Line]:
    """Return a section's sentences in order: its opening facts, the notes, its closing facts."""
    leads = name in {SectionName.PLOT, SectionName.CHARACTERS}
    first = [_line(f, -1) for f in facts if leads and not f.topic]
    last = [_line(f, 1) for f in facts if not leads and not f.topic]
    lengths = [f for f in facts if f.topic == "length"]
    middle: list[Line] = []
    for item in items:
        line = Line(item.drafts, item.sources, item.rank)
        if lengths and _LENGTH.search(item.text):
            fact = lengths.pop()
            whole = led(line, fact.lead, fact.sentence.sources)
            middle += [whole] if whole else [_line(fact, item.rank), line]
        else:
            middle.append(line)
    after = [line for line in middle if line.rank > 1]
    return [*first, *(line for line in middle if line.rank <= 1), *last, *after]


def _sound(text: str, film: Film) -> bool:
    """Tell whether the record contradicts nothing in a sentence."""
    claims = check(parse(text, titles=film.titles), film).claims
    return not any(c.verdict is Verdict.CONTRADICTED for c in claims)


def _line(fact: Fact, rank: int) -> Line:
    text = fact.sentence.text.removesuffix(".")
    draft = (
        Draft.film(fact.predicate) if fact.predicate else Draft(text, Frame.FILM if fact.opens else Frame.OWN)
    )
    return Line((draft,), fact.sentence.sources, rank, fact=True)


def _section(name: SectionName, items: Sequence[Item], facts: Sequence[Fact], mentions: Mentions) -> Section:
    paragraphs = []
    joined_lines = cohere(_lines(name, items, facts), lambda text: _sound(text, mentions.film))
    for lines in _paragraphs(joined_lines):
        flat = varied([d for line in lines for d in line.drafts], mentions.film.title)
        sentences = []
        for line in lines:
            own, flat = flat[: len(line.drafts)], flat[len(line.drafts) :]
            sentence = ReviewSentence(" ".join(d.sentence for d in own), line.sources)
            sentences.append(curly(mentions.pass_through(sentence, weave=not line.fact)))
        paragraphs.append(tuple(sentences))
    return Section(name, tuple(paragraphs))


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    paragraphs: list[list[Line]] = []
    for i, line in enumerate(lines):
        if not paragraphs or _breaks(lines, i, len(paragraphs[-1])):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def _breaks(lines: Sequence[Line], at: int, written: int) -> bool:
    """Tell whether a paragraph begins here: the rank changes, and both sides have some weight."""
    left = len(lines) - at
    changes = lines[at].rank != lines[at - 1].rank and lines[at - 1].rank >= 0
    return (changes and written >= 3 and left >= 2) or (written >= PARAGRAPH + 2 and left >= 3)
