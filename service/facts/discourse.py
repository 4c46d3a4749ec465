"""What the sentences before leave in view: whom "she" and "they", a surname, "it" and "the film" mean.

Nothing is guessed. "She" is read only where the sentence before leaves one person in view, "they" only
where it leaves one list of persons; after a sentence about another work, "it" and "the film" are that
work's until the film is named again. A new paragraph forgets the pronouns, not the surnames.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from service.facts.credit_finder import find_credits
from service.facts.in_view import InView
from service.facts.mentions import Mention, MentionKind
from service.facts.reading import FILM, NAME, OTHER, Reading
from service.facts.role_words import Role
from service.films.names import nearest, read_name

WRITTEN = r"(?:novel|book|play|memoir|novella|short story|comic|graphic novel|manga|poem)"
WORK = (
    rf"(?:film|movie|picture|documentary|{WRITTEN}|series|show|album|soundtrack|song|single|game|sequel"
    r"|prequel|remake|original|feature)"
)
ANOTHER = re.compile(
    rf"{OTHER}|{NAME} \((?:18|19|20)\d\d\)|^(?:the|his|her|their|an?|this) (?:[a-z0-9-]+ ){{0,4}}?{WORK}\b"
    rf"|\b{WORK} (?:is |was |are |were |called |titled )?{NAME}"
    rf"|{NAME},? (?:is|was) (?:an?|the) (?:[a-z0-9-]+ ){{0,5}}?{WORK}\b"
    rf"|\b(?:directed|made|wrote|produced|shot|filmed|scored|edited)(?: the| an?)? {NAME}"
)
NO_FILM = re.compile(rf"\b(?:{WRITTEN}|series|show|album|soundtrack|song|single|game)\b")
SOURCE = re.compile(rf"{FILM}.*\b{WRITTEN}\b")
PLACE = re.compile(r"\b(?:in|at|from|near|through|across) (?:the )?$")
COMPANY = re.compile(
    r"\b(?:pictures|films?|studios?|entertainment|productions?|company|inc|media|animation|bros|brothers"
    r"|television|releasing|festival|awards?)\b",
    re.IGNORECASE,
)
IT = frozenset({"it", "its", "it's"})
HEADED_BY_ANOTHER = re.compile(r"\((?:18|19|20)\d\d\)$")


def after(view: InView, reading: Reading) -> InView:
    """Return what is in view after the sentence of `reading`, before which `view` was."""
    people = _people(reading)
    kept = view if people is None else replace(view, people=people, actors=_only_act(reading, people))
    another = _speaks_of_another(view, reading)
    return InView(
        people=kept.people,
        actors=kept.actors,
        another=another,
        another_film=another and (view.another_film or NO_FILM.search(reading.skeleton) is None),
        section=view.section,
        source=SOURCE.search(reading.skeleton) is not None,
        full_names=_full_names(view.full_names, reading),
    )


def paragraph(view: InView) -> InView:
    """Return what is in view at the start of a new paragraph: surnames alone, and the section's work."""
    return InView(
        full_names=view.full_names, another=view.section, another_film=view.section, section=view.section
    )


def section(view: InView, heading: Reading) -> InView:
    """Return what is in view under `heading`: one that names another film with its year is about that."""
    about_film = any(m.kind is MentionKind.FILM for m in heading.mentions)
    another = not about_film and HEADED_BY_ANOTHER.search(heading.skeleton) is not None
    return InView(full_names=view.full_names, another=another, another_film=another, section=another)


def _people(reading: Reading) -> tuple[str, ...] | None:
    """Return whom the next sentence's pronouns can mean; empty where that is unclear, None where the
    sentence names nobody new.
    """
    names = [m for m in reading.mentions if m.kind is MentionKind.NAME]
    if all(m.stands_for for m in names):
        return None
    credited = {p.text for c in reading.once(find_credits) for p in c.people}
    out: list[str] = []
    for k, m in enumerate(reading.mentions):
        if m.kind is not MentionKind.NAME:
            continue
        if m.text in credited or nearest(m.text, reading.lexicon.people).is_person:
            out.append(m.text)
        elif not _is_no_person(reading, k, m) and not _is_part(reading, m):
            return ()  # somebody of whom nothing is known
    return tuple(dict.fromkeys(out))


def _is_no_person(reading: Reading, k: int, m: Mention) -> bool:
    before = reading.skeleton[: reading.skeleton.index(f"⟦n{k}⟧")]
    return PLACE.search(before) is not None or COMPANY.search(m.text) is not None


def _is_part(reading: Reading, m: Mention) -> bool:
    """Tell whether a character of the record is named: whoever plays it is named beside it."""
    return nearest(m.text, reading.lexicon.characters).is_person


def _only_act(reading: Reading, people: tuple[str, ...]) -> bool:
    """Tell whether the sentence names them as actors alone: "he" may then be the character."""
    roles = {c.role for c in reading.once(find_credits) for p in c.people if p.text in people}
    if not roles:
        film = reading.film
        crew = (*film.directors, *film.writers, *film.screenplay, *film.producers, *film.music, *film.editors)
        return not all(nearest(p, crew).is_person for p in people)
    return roles <= {Role.ACTOR}


def _speaks_of_another(view: InView, reading: Reading) -> bool:
    """Tell whether "it" means another work after this sentence. "It" itself does not bring the film back."""
    kinds = [(m.kind, m.stands_for, m.text.casefold() in IT) for m in reading.mentions]
    if any(kind is MentionKind.FILM and not (stands_for and it) for kind, stands_for, it in kinds):
        return False
    if view.another or any(kind is MentionKind.OTHER for kind, _, _ in kinds):
        return True
    return "⟦f" not in reading.skeleton and ANOTHER.search(reading.skeleton) is not None


def _full_names(known: Mapping[str, str], reading: Reading) -> Mapping[str, str]:
    """Return who goes by which surname in the text so far; "" where several do."""
    fresh: dict[str, str] = {}
    for m in reading.mentions:
        if m.kind is MentionKind.NAME and not m.stands_for and " " in m.text:
            surname = read_name(m.text).surname
            old = fresh.get(surname, known.get(surname, m.text))
            same = old == m.text or nearest(m.text, (old,)).is_person
            fresh[surname] = old if old and same else ""
    return MappingProxyType({**known, **fresh}) if fresh else known
