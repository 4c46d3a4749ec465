"""One note to one or more plain sentences, by rules: no content word added or lost."""

from __future__ import annotations

import re
from dataclasses import replace

from service.films import Film
from service.reviews import Note, ReviewSentence, SectionName
from service.writing.draft.plain.clause import Shape, main_verb
from service.writing.draft.plain.completion import Draft, Frame, headed, plain, with_article
from service.writing.draft.plain.content import faithful
from service.writing.draft.plain.knitting import knit
from service.writing.draft.plain.names import name_words
from service.writing.draft.plain.rating import rating_in
from service.writing.draft.plain.split import parts
from service.writing.draft.plain.tagging import tag
from service.writing.draft.plain.tidy import tidy

_QUOTED = re.compile(r"""^(["“'‘])[^"”]{3,}(["”'’])[.!]?$""")
_HEADER = re.compile(r"^(?P<head>[^:=?!;]{1,70}?)\s*(?P<mark>:|=|\s–)\s+(?P<rest>\S.*)$")
_LEADING = re.compile(r"^(?:(?:and|but|also|plus|or)\b,?|so,)\s+(?=\w)", re.IGNORECASE)


def sentence_of(note: Note, film: Film) -> ReviewSentence:
    """Return the note as a plain sentence (several where the note has several) with its source.

    >>> film = Film(id="f", title="Heat")
    >>> sentence_of(Note("n1", "visuals stunning, script thin"), film).text
    'The visuals are stunning and the script is thin.'
    >>> sentence_of(Note("n2", "too long by 20 minutes"), film).text
    'The film is too long by 20 minutes.'
    """
    text = " ".join(d.sentence for d in drafts(note.text, film, note.section))
    return ReviewSentence(text, (note.id,))


def drafts(text: str, film: Film, section: SectionName | None = None, he: str = "") -> tuple[Draft, ...]:
    """Return the note's sentences. `he` is the pronoun or name of the person the note before was
    about, for a note that goes on without a subject.
    """
    names = name_words(film)
    made: list[Draft] = []
    for part in parts(tidy(text, film), film):
        answers = bool(made) and made[-1].end == "?" and main_verb(tag(part, names)) is None
        made.append(
            Draft(part.rstrip(" ."), shape=Shape.OTHER) if answers else complete(part, names, section, he)
        )
    return _listed(made)


def _listed(made: list[Draft]) -> tuple[Draft, ...]:
    """Return the sentences; a run of `There is …` in one note becomes one sentence."""
    out: list[Draft] = []
    for draft in made:
        both = bool(out) and draft.frame is Frame.THERE is out[-1].frame
        if both and draft.predicate and out[-1].predicate and out[-1].end == draft.end == ".":
            phrase = f"{out[-1].predicate.replace(' and ', ', ', 1)} and {draft.predicate}"
            verb = out[-1].text.split(" ", 2)[1]
            out[-1] = replace(out[-1], text=f"there {verb} {phrase}", predicate=phrase)
        else:
            out.append(draft)
    return tuple(out)


def complete(text: str, names: frozenset[str], section: SectionName | None = None, he: str = "") -> Draft:
    """Return one sentence's text completed; the tidied words where no completion is faithful."""
    body, end = _end(text)
    tried = _completed(body, end, names, section, he)
    if tried is not None and end == "!" and tried.shape is Shape.NOUN_PHRASE:
        tried = Draft(with_article(body, tag(body, names)), shape=Shape.OTHER)
    if tried is not None:
        knitted = knit(tried.text, names)
        for draft in (replace(tried, text=knitted, end=end), replace(tried, end=end)):
            if faithful(body, draft.sentence.replace(he, "", 1) if he else draft.sentence):
                return draft
    return Draft(body, end=end, shape=Shape.OTHER)


def _end(text: str) -> tuple[str, str]:
    body = text.rstrip(" .;,:–")
    for mark in ("?!", "!?", "?", "!"):
        if body.endswith(mark):
            return body[: -len(mark)].rstrip(), mark[0]
    return body, "."


def _completed(
    text: str, end: str, names: frozenset[str], section: SectionName | None, he: str
) -> Draft | None:
    rating = rating_in(text)
    if rating:
        return Draft.film(f"gets {rating}")
    if _QUOTED.match(text) or end == "?":
        return Draft(text)
    text = _LEADING.sub("", text)
    header = _HEADER.match(text)
    if header:
        found = headed(header["head"], header["rest"], names, section, equal=header["mark"] == "=")
        if found is not None:
            return found
    return plain(text, names, section, he)
