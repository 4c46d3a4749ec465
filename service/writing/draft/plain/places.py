"""Which section each note stands in, so that no pronoun stands before the name it is for.

`section_of` looks at one note alone. Here the notes are looked at together: a note that goes on about
somebody ("his cellmates …") keeps to the note that named him, and a note sorted among the characters
without a word on anybody goes where it says something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.films import Film
from service.reviews import Note, SectionName
from service.writing.draft.plain.names import name_words
from service.writing.draft.plain.people import plain_character
from service.writing.draft.plain.sections import ORDER, of_people, scores, section_of
from service.writing.draft.plain.tagging import tag
from service.writing.draft.plain.tidy import tidy

BACK = 3  # notes that a pronoun may look back over
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_ANYONE = re.compile(
    r"\b(?:they|them|who|every(?:one|body)|nobody|no one|someone|people|cast|acting|performances?|actors?)\b",
    re.IGNORECASE,
)
_PLAYED = re.compile(r"(?P<verb>\bplays|portrays|embodies)\s+(?:him|her)\b")


def places_of(notes: Sequence[Note], film: Film) -> dict[str, SectionName]:
    """Return each note's section by its id. What the writer named a section for stays there."""
    texts = {n.id: tidy(n.text, film) for n in notes}
    places = {n.id: _alone(n, texts[n.id], film) for n in notes}
    for i, note in enumerate(notes):
        named = [n for n in notes[:i] if _named(texts[n.id], film)]
        if note.section is not None or not _looks_back(texts[note.id], film):
            continue
        before = [n for n in notes[max(0, i - BACK) : i] if n in named]
        if not before or any(places[n.id] is places[note.id] for n in named):
            continue
        one, home = before[-1], places[note.id]
        if one.section is None and ORDER.index(home) < ORDER.index(places[one.id]):
            places[one.id] = home
        else:
            places[note.id] = places[one.id]
    return places


def resolved(note: Note, before: Sequence[Note], film: Film) -> str:
    """Return the note's text with the character's name for the pronoun in `ACTOR plays her`, where the
    record knows whom the actor plays and a note before uses that name.

    >>> from service.films import CastMember
    >>> film = Film(id="f", title="F", cast=(CastMember("Mara Lind", ("Ada Kane",)),))
    >>> resolved(Note("n2", "Mara Lind plays her coldly"), [Note("n1", "Ada waits")], film)
    'Mara Lind plays Ada coldly'
    """
    played = _PLAYED.search(note.text)
    if played is None:
        return note.text
    actors = [m for m in film.cast if m.name.casefold() in note.text[: played.start()].casefold()]
    if len(actors) != 1 or len(actors[0].characters) != 1:
        return note.text
    parts = plain_character(actors[0].characters[0]).split()
    said = "\n".join(tidy(n.text, film) for n in before)
    name = " ".join(p for p in parts if p[0].isupper() and re.search(rf"\b{re.escape(p)}\b", said))
    return _PLAYED.sub(rf"\g<verb> {name}", note.text, count=1) if name else note.text


def _alone(note: Note, text: str, film: Film) -> SectionName:
    found = section_of(note, film)
    if note.section is not None or found is not SectionName.CHARACTERS or _on_anyone(text, film):
        return found
    speaks = scores(note.text, film)
    return max((s for s in ORDER if s is not SectionName.CHARACTERS), key=lambda s: speaks[s])


def _on_anyone(text: str, film: Film) -> bool:
    return bool(_PRONOUN.search(text) or _ANYONE.search(text) or of_people(tag(text, name_words(film))))


def _named(text: str, film: Film) -> bool:
    """Tell whether the text has the name of one of the story's people."""
    parts = {p for c in film.characters for p in plain_character(c).split() if len(p) > 2 and p[0].isupper()}
    return any(re.search(rf"(?<![\w-]){re.escape(p)}(?![\w-])", text) for p in parts)


def _looks_back(text: str, film: Film) -> bool:
    """Tell whether the first pronoun for a person is for somebody whom the note has not named."""
    pronoun = _PRONOUN.search(text)
    if pronoun is None:
        return False
    head = text[: pronoun.start()]
    if re.search(r"\b(?:everyone|everybody|nobody|who|one|man|woman)\b", head):
        return False
    words = [w for w in tag(head, name_words(film)) if w.tag != "NN2"] if head.strip() else []
    return not of_people(words)
