"""One note to one or more plain sentences, by rules: no content word added or lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.document import fold
from service.films import Film
from service.reviews import Note, ReviewSentence, SectionName
from service.writing.draft.plain.clause import Shape, analyse, is_plural, main_verb
from service.writing.draft.plain.completion import plain
from service.writing.draft.plain.content import faithful
from service.writing.draft.plain.frames import Draft, Frame, lowered
from service.writing.draft.plain.headers import headed
from service.writing.draft.plain.jottings import apart, bare_nouns, jotted, stands, unsound
from service.writing.draft.plain.knitting import knit
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.names import name_words
from service.writing.draft.plain.phrases import POINTED, with_article, with_inner_articles
from service.writing.draft.plain.rating import rating_in
from service.writing.draft.plain.referents import pronoun
from service.writing.draft.plain.split import parts
from service.writing.draft.plain.subjects import by_writer, of_another
from service.writing.draft.plain.tagging import Word, tag
from service.writing.draft.plain.telegraphic import asks, placed_in_time, second_clause, telegraphic
from service.writing.draft.plain.tense import present
from service.writing.draft.plain.tidy import tidy

_AFTERTHOUGHT = re.compile(r"(?:\S+ ){1,4}\S+, (?:though|anyway|again|still|always|please|sorry)", re.I)
_INVERTED = re.compile(r"^[^,;:]*\b(?:who|what|where|why) (?:are|is|were|was) (?:you|he|she|they|we|it)$")
SHORT = 4  # words of an afterthought
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
    found = parts(placed_in_time(tidy(text, film), film), film)
    bare = bare_nouns(found, names)
    made += [Draft(part.rstrip("."), shape=Shape.OTHER) for part in found[:bare]]
    for at, sentence in enumerate(found[bare:] if found else (text.strip(),)):
        for part in apart(sentence, names):
            draft = _going_on(part, made, names, film) or complete(part, names, section, he)
            leans = at > 0 and part == sentence and bool(made) and stands(draft, made[-1])
            made.append(_as_it_is(part) if leans else _even(draft, film, section))
    return _listed(made)


def _as_it_is(part: str) -> Draft:
    body, end = _end(part)
    return Draft(body, end=end, shape=Shape.OTHER)


def _even(draft: Draft, film: Film, section: SectionName | None) -> Draft:
    """Return the sentence with what it tells of the film in the present."""
    if draft.frame is Frame.WRITER or draft.end != ".":
        return draft
    text = present(draft.text, film, section)
    if not draft.predicate or text == draft.text:
        return replace(draft, text=text)
    return replace(draft, text=text, predicate=text.removeprefix(draft.text.removesuffix(draft.predicate)))


def _going_on(part: str, made: Sequence[Draft], names: frozenset[str], film: Film) -> Draft | None:
    """Return what a later part of a note says, where it leans on the part before: an answer, an
    afterthought such as `Way too much.`, or a verb whose subject stands there.
    """
    body, end = _end(part)
    words = tag(body, names)
    if not made or not words:
        return None
    before, shape = made[-1], analyse(words).shape
    answers = before.end == "?" and main_verb(words) is None
    answers = answers or before.predicate.startswith("gets ") or (before.end == "!" and len(words) == 1)
    answers = answers or words[0].low == "being"  # what the part before asked for or denied
    if answers or (before.frame is Frame.OWN and _afterthought(words, shape)):
        return Draft(body, end=end, shape=Shape.OTHER)
    exclaimed = (
        before.end == "!" and before.shape is Shape.OTHER and not by_writer(words, main_verb(words) or 0)
    )
    if exclaimed and shape is Shape.VERB_PHRASE:
        return Draft(f"it {lowered(body, words)}", end=end)  # `shower!!! still works`
    if before.frame is Frame.OWN and before.shape is Shape.CLAUSE and shape is Shape.VERB_PHRASE:
        return _of_the_same(body, end, before, words, film)
    return None


def _afterthought(words: Sequence[Word], shape: Shape) -> bool:
    """Tell whether the words are no sentence and are none to be made, as `Way too much`."""
    verbless = shape in {Shape.ADJECTIVE_PHRASE, Shape.SMALL_CLAUSE, Shape.OTHER}
    return verbless and len(words) <= SHORT and (words[0].among("AV0") or words[0].low in {"way", "again"})


def _of_the_same(body: str, end: str, before: Draft, words: Sequence[Word], film: Film) -> Draft | None:
    """Return a verb phrase with the subject of the part before, as a pronoun; None where it is unsure, and
    its own words where it leans on the part before and no pronoun is sure.
    """
    verb = main_verb(words) or 0
    if words[0].tag == "VVN":
        return None
    if by_writer(words, verb):
        return Draft(body, end=end, shape=Shape.OTHER) if of_another(words, verb) else None
    subject = pronoun((before,), film)
    first = tag(before.text)[0]
    if not subject and (first.among("NP") or first.low in {"i", "you", "we"} or is_plural(tag(before.text))):
        return None
    if not subject and words[0].low in {"ca", "can", "could"} and any(w.low == "it" for w in words):
        return Draft(f"I {lowered(body, words)}", end=end, frame=Frame.WRITER)  # `can't stop looking at it`
    return Draft(f"{subject or 'it'} {lowered(body, words)}", end=end)


def _listed(made: list[Draft]) -> tuple[Draft, ...]:
    """Return the sentences; a run of `There is …` in one note becomes one sentence."""
    out: list[Draft] = []
    for draft in made:
        both = bool(out) and draft.frame is Frame.THERE is out[-1].frame
        both = both and bool(POINTED.match(draft.predicate)) == bool(POINTED.match(out[-1].predicate))
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
    body = re.sub(r"^(?=(?:bit|tad|touch) [a-z])", "a ", body)
    body = with_inner_articles(body, tag(body, names))
    words = tag(body, names)
    if fold(body) in column("interjections.tsv") or not words or _AFTERTHOUGHT.fullmatch(body):
        return Draft(body, end=end, shape=Shape.OTHER)
    rating = rating_in(body)
    if rating:
        return Draft.film(f"gets {rating}")  # its label is said by the verb
    end = "?" if end == "." and (asks(words) or _INVERTED.search(body)) else end
    tried = jotted(body, words, names) or _completed(body, end, names, section, he)
    if tried is not None and unsound(tried, names):
        tried = None
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
    if _QUOTED.match(text) or end == "?":
        return Draft(text)
    text = _LEADING.sub("", text)
    both = second_clause(text, names)
    if both is not None:
        first = plain(both[0], names, section, he)
        return replace(first, text=f"{first.text}, {both[1]}", predicate="") if first else None
    short = telegraphic(text, names)
    if short is not None:
        return short
    header = _HEADER.match(text)
    if header:
        found = headed(header["head"], header["rest"], names, section, equal=header["mark"] == "=")
        if found is not None:
            return found
    return plain(text, names, section, he)
